import json
from typing import Any

import nbformat
import pytest

from support.transcripts import PNG, SVG
from vitrail.presenters.files.notebook import notebook_pieces
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.protocol.replies import KernelInfoReply, LanguageInfo
from vitrail_widgets.transcript.cells import CellStatus, NoticeLevel
from vitrail_widgets.transcript.mime import LongJson, MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

INFO = KernelInfoReply(language_info=LanguageInfo(name="python", version="3.11.7"))


def with_cell(cell_id: str = "a", count: int | None = 3) -> Transcript:
    transcript = Transcript()
    transcript.append_cell(cell_id, "6*7", status=CellStatus.DONE, at=1.0)
    if count is not None:
        transcript.set_count(cell_id, count)
    return transcript


def notebook_of(transcript: Transcript, info: KernelInfoReply | None) -> str:
    return "".join(notebook_pieces(ExportSource(transcript.entries, info)))


def read(transcript: Transcript, info: KernelInfoReply | None = INFO) -> Any:
    text = notebook_of(transcript, info)
    notebook: Any = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_a_result_keeps_its_number_and_all_its_forms() -> None:
    transcript = with_cell()
    bundle = MimeBundle({"text/plain": "42", "text/html": "<b>42</b>"}, {"text/html": {"x": 1}})
    transcript.append_rich("a", bundle, execution_count=3)
    (cell,) = read(transcript).cells
    assert (cell.source, cell.execution_count) == ("6*7", 3)
    (output,) = cell.outputs
    assert output.output_type == "execute_result"
    assert output.execution_count == 3
    assert output.data == {"text/plain": "42", "text/html": "<b>42</b>"}
    assert output.metadata == {"text/html": {"x": 1}}


def test_a_stream_keeps_its_name_and_colours() -> None:
    transcript = with_cell()
    transcript.append_stream("a", "stderr", "\x1b[31mred\x1b[0m\n")
    (output,) = read(transcript).cells[0].outputs
    assert (output.name, output.text) == ("stderr", "\x1b[31mred\x1b[0m\n")


def test_an_error_keeps_its_traceback_as_it_came() -> None:
    transcript = with_cell()
    transcript.append_error("a", "E", "v", ["\x1b[31mone\x1b[0m", "two"])
    (output,) = read(transcript).cells[0].outputs
    assert (output.ename, output.evalue) == ("E", "v")
    assert output.traceback == ["\x1b[31mone\x1b[0m", "two"]


def test_json_stays_json_and_other_forms_become_text() -> None:
    transcript = with_cell()
    data = {"application/json": {"a": [1]}, "application/x+json": [1], "text/plain": ["a", "b"]}
    transcript.append_rich("a", MimeBundle(data))
    (output,) = read(transcript).cells[0].outputs
    assert output.data["application/json"] == {"a": [1]}
    assert output.data["application/x+json"] == [1]
    assert output.data["text/plain"] == "ab"


def test_a_guessed_number_is_not_written() -> None:
    transcript = Transcript()
    transcript.append_cell("a", "code", count=9, at=1.0)
    assert read(transcript).cells[0].execution_count is None


def test_a_notice_becomes_a_remark() -> None:
    transcript = with_cell()
    transcript.append_notice("n", NoticeLevel.INFO, "Kernel restarted")
    assert read(transcript).cells[1].source == "*Kernel restarted*"


@pytest.mark.parametrize("cell_id", ["x" * 200, "a b/ü", "6f1e_1_2"])
def test_any_id_of_a_client_becomes_a_valid_one(cell_id: str) -> None:
    assert len(read(with_cell(cell_id)).cells) == 1


def test_the_language_is_told_and_nothing_unknown_is_made_up() -> None:
    assert read(with_cell()).metadata.language_info == {"name": "python", "version": "3.11.7"}
    assert json.loads(notebook_of(with_cell(), None))["metadata"] == {}


def test_an_empty_transcript_is_an_empty_notebook() -> None:
    assert read(Transcript()).cells == []


def test_it_is_written_as_nbformat_writes_it() -> None:
    transcript = with_cell()
    for number in range(5000):  # packed lines, open ones, and what nbformat takes for line ends
        transcript.append_stream("a", "stdout", f"\x1b[32m{number}\x1b[0m \x0b\u2028 €\n")
    transcript.append_stream("a", "stderr", "no newline")
    transcript.append_rich("a", MimeBundle({"application/json": {"b": [], "a": {}}}))
    transcript.append_rich("a", MimeBundle({"text/html": "<p>\n</p>\n"}), execution_count=3)
    transcript.append_error("a", "E", "v", ["one", "two"])
    transcript.append_notice("n", NoticeLevel.WARN, "Kernel restarted")
    source = ExportSource(transcript.entries, INFO, KernelName("python3", "Python 3"))
    text = "".join(notebook_pieces(source))
    assert text == nbformat.v4.writes(nbformat.reads(text, as_version=4)) + "\n"
    assert json.loads(text)["metadata"]["kernelspec"]["language"] == "python"


def test_times_are_those_of_jupyterlab() -> None:
    transcript = Transcript()
    transcript.append_cell("a", "1", status=CellStatus.RUNNING, at=1.5)
    transcript.set_status("a", CellStatus.DONE, 3.25)
    assert read(transcript).cells[0].metadata == {
        "execution": {
            "iopub.execute_input": "1970-01-01T00:00:01.500000+00:00",
            "shell.execute_reply": "1970-01-01T00:00:03.250000+00:00",
        }
    }


def test_a_cell_that_did_not_end_says_so() -> None:
    transcript = with_cell()
    transcript.append_cell("b", "2", status=CellStatus.ABORTED, at=1.0)
    transcript.append_cell("c", "3", status=CellStatus.RUNNING, origin="other", at=1.0)
    first, second, third = read(transcript).cells
    assert "vitrail" not in first.metadata
    assert second.metadata.vitrail == {"status": "aborted"}
    assert third.metadata.vitrail == {"status": "running", "foreign": True}


def test_ids_that_look_alike_are_told_apart() -> None:
    transcript = Transcript()
    for cell_id in ("a b", "a/b", "x" * 70, "x" * 80, ""):
        transcript.append_cell(cell_id, "1", at=1.0)
    ids = [cell.id for cell in read(transcript).cells]
    assert len(set(ids)) == 5
    assert ids[:2] == ["a-b", "a-b-2"]


def test_what_comes_during_an_export_may_be_missing_but_does_no_harm() -> None:
    transcript = with_cell()
    transcript.append_stream("a", "stdout", "".join(f"{number}\n" for number in range(4000)))
    pieces = notebook_pieces(ExportSource(list(transcript.entries), INFO))
    begun = [next(pieces) for _ in range(12)]
    transcript.append_stream("a", "stdout", "late\x1b[900A\x1b[J")
    transcript.append_error("a", "E", "v", [])
    transcript.append_cell("b", "2", at=1.0)
    notebook: Any = nbformat.reads("".join([*begun, *pieces]), as_version=4)
    (cell,) = notebook.cells
    assert cell.outputs[0].text == "".join(f"{number}\n" for number in range(4000))


def test_every_form_of_every_type_goes_into_the_notebook() -> None:
    data: dict[str, Any] = {
        "text/plain": "x",
        "text/html": "<script>plot()</script>",
        "text/markdown": "# x",
        "text/latex": "$x$",
        "image/png": PNG,
        "image/jpeg": PNG,
        "image/gif": PNG,
        "image/svg+xml": SVG,
        "audio/wav": "UklGRg==",
        "video/mp4": "AAAA",
        "application/pdf": "JVBERg==",
        "application/javascript": "plot()",
        "application/json": {"a": [1, None]},
        "application/vnd.plotly.v1+json": {"data": [{"y": [1]}]},
        "application/vnd.vegalite.v5+json": {"mark": "bar"},
        "application/vnd.jupyter.widget-view+json": {"model_id": "1", "version_major": 2},
        "application/x-nobody-knows": "?",
    }
    transcript = with_cell()
    transcript.append_rich("a", MimeBundle(data, {"image/png": {"width": 2}}))
    (output,) = read(transcript).cells[0].outputs
    assert output.data == data
    assert output.metadata == {"image/png": {"width": 2}}


def test_json_that_was_left_as_text_is_json_in_the_notebook() -> None:
    transcript = with_cell()
    bundle = MimeBundle({"application/json": LongJson('[{"a": 1},{"b": "]"}]'), "text/plain": "x"})
    transcript.append_rich("a", bundle)
    (cell,) = read(transcript).cells
    assert cell.outputs[0].data["application/json"] == [{"a": 1}, {"b": "]"}]
