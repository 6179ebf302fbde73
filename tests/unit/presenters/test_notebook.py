import json
from typing import Any

import nbformat
import pytest

from vitrail.presenters.notebook import notebook_of
from vitrail.protocol.replies import KernelInfoReply, LanguageInfo
from vitrail_widgets.transcript.cells import CellStatus, NoticeLevel
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

INFO = KernelInfoReply(language_info=LanguageInfo(name="python", version="3.11.7"))


def with_cell(cell_id: str = "a", count: int | None = 3) -> Transcript:
    transcript = Transcript()
    transcript.append_cell(cell_id, "6*7", status=CellStatus.DONE, at=1.0)
    if count is not None:
        transcript.set_count(cell_id, count)
    return transcript


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
