"""What is copied is what the screen shows."""

import pytest

from vitrail_widgets.transcript.cells import CellStatus, NoticeLevel
from vitrail_widgets.transcript.copying import cell_text, transcript_text
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript


@pytest.fixture
def transcript() -> Transcript:
    transcript = Transcript()
    transcript.append_cell("1", "for i in range(2):\n    print(i)\ni", count=12, at=0.0)
    transcript.append_stream("1", "stdout", "\x1b[31m0\x1b[0m\n1\n")
    transcript.append_rich("1", MimeBundle({"text/plain": "1"}), execution_count=12)
    return transcript


def test_a_cell_is_copied_with_prompts(transcript: Transcript) -> None:
    cell = transcript.cell("1")
    assert cell is not None
    assert cell_text(cell, prompts=True).splitlines() == [
        "In [12]: for i in range(2):",
        "    ...:     print(i)",
        "    ...: i",
        "0",
        "1",
        "Out[12]: 1",
    ]


def test_a_cell_is_copied_without_prompts(transcript: Transcript) -> None:
    cell = transcript.cell("1")
    assert cell is not None
    assert cell_text(cell, prompts=False).splitlines()[2:] == ["i", "0", "1", "1"]


def test_the_transcript_is_its_entries_with_blank_lines_between(transcript: Transcript) -> None:
    for entry in transcript.entries:
        transcript.set_status(entry.id, CellStatus.DONE, 1.0)
    transcript.append_notice("n", NoticeLevel.INFO, "Kernel restarted")
    transcript.append_cell("2", "f()", at=0.0)
    transcript.append_rich("2", MimeBundle({"image/png": "iVBO", "image/svg+xml": "<svg/>"}))
    transcript.append_rich("2", MimeBundle({"text/plain": "a\nb"}), execution_count=2)
    transcript.append_error("2", "ValueError", "no", ["\x1b[31mValueError\x1b[0m: no"])
    assert transcript_text(transcript).splitlines()[6:] == [
        "",
        "Kernel restarted",
        "",
        "In [ ]: f()",
        "[image/png, image/svg+xml]",
        "Out[2]: ",
        "a",
        "b",
        "ValueError: no",
    ]


def test_a_number_that_no_kernel_gave_is_not_copied() -> None:
    transcript = Transcript()
    transcript.append_cell("1", "x", count=3, at=0.0)
    assert transcript_text(transcript) == "In [3]: x"
    transcript.set_status("1", CellStatus.ABORTED, 1.0)
    assert transcript_text(transcript) == "In [ ]: x"


def test_an_empty_transcript_is_no_text() -> None:
    assert transcript_text(Transcript()) == ""
