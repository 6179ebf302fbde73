from support.transcripts import INFO, session
from vitrail.presenters.files.formats import FORMATS, format_named
from vitrail.presenters.files.source import ExportSource
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.copying import transcript_text
from vitrail_widgets.transcript.transcript import Transcript

LONGEST_PIECE = 200_000
"""Characters; a megabyte of lines takes some tens of milliseconds."""


def test_text_is_what_copying_everything_gives() -> None:
    transcript = session()
    pieces = format_named(".txt").pieces(ExportSource(transcript.entries, INFO))
    assert "".join(str(piece) for piece in pieces) == transcript_text(transcript) + "\n"


def test_a_hundred_thousand_lines_come_in_small_pieces() -> None:
    transcript = Transcript()
    transcript.append_cell("a", "flood()", status=CellStatus.DONE, at=1.0)
    transcript.append_stream("a", "stdout", "".join(f"{n:09}\n" for n in range(100_000)))
    for each in FORMATS:
        each.prepare(ExportSource(transcript.entries, INFO))
        sizes = [
            len(piece) if isinstance(piece, str) else len(piece[1])
            for piece in each.pieces(ExportSource(transcript.entries, INFO))
        ]
        assert max(sizes) < LONGEST_PIECE, each.id
        assert sum(sizes) > 1_000_000 or each.suffix == ".py", each.id  # which is cut
