"""What is exported, read so that it may change meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vitrail.presenters.language import Language, language_of
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.transcript.cells import Entry
from vitrail_widgets.transcript.chunk import CHUNK_LINES, Chunk
from vitrail_widgets.transcript.styles import StyledLine
from vitrail_widgets.transcript.text_buffer import TextBuffer

PYTHON = Language("python", "ipython3", is_python=True)

Lines = Sequence[StyledLine]


@dataclass(frozen=True)
class KernelName:
    """A kernelspec, as a notebook names it."""

    name: str
    display_name: str


@dataclass(frozen=True)
class ExportSource:
    """A transcript to be written.

    Attributes:
        entries: Cells and notices, top to bottom; a copy of the list, for the export takes time.
        info: What the kernel says of itself; None when it never answered.
        kernel: Its kernelspec, where it was launched from one.
        title: What a reader may call it: the name of a file without its ending.
    """

    entries: Sequence[Entry]
    info: KernelInfoReply | None = None
    kernel: KernelName | None = None
    title: str = "Session"

    @property
    def language(self) -> Language:
        """The language of the code; Python where nothing is known."""
        return PYTHON if self.info is None else language_of(self.info)


def line_blocks(buffer: TextBuffer) -> Iterator[Lines]:
    """Return the lines of a text in blocks of at most 1024, as they are now.

    What is written to the text afterwards is not in them: packed lines never change, and the
    others are copied at once.
    """
    chunks = tuple(buffer.chunks)
    tail = [buffer[index] for index in range(buffer.tail_start, len(buffer))]
    return _blocks(chunks, tail)


def _blocks(chunks: Sequence[Chunk], tail: Lines) -> Iterator[Lines]:
    for chunk in chunks:
        yield chunk.lines()
    for start in range(0, len(tail), CHUNK_LINES):
        yield tail[start : start + CHUNK_LINES]
