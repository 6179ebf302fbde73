"""What stands beside an input or a result: `In [12]`."""

from functools import lru_cache
from typing import Final, NamedTuple

from vitrail_widgets.transcript.cell_width import cell_width


class Prompt(NamedTuple):
    """A text with a number in it.

    Attributes:
        before: What stands before the number; all of it where there is no number.
        after: What stands behind it.
        has_number: Whether there is one.
    """

    before: str
    after: str = ""
    has_number: bool = True

    def number(self, count: int | None) -> str:
        """Return the number as it is shown; a blank while it is not known."""
        if not self.has_number:
            return ""
        return " " if count is None else str(count)

    def columns(self, count: int | None) -> int:
        """Return how many cells it takes."""
        return cell_width(self.before + self.number(count) + self.after)

    def cut(self, count: int | None, columns: int) -> "Prompt":
        """Return it without so much of its beginning that it fits, where anything can be left."""
        before = self.before
        if self.columns(count) > columns:
            while before and self._replace(before=f"…{before}").columns(count) > columns:
                before = before[1:]
            before = f"…{before}" if before else ""
        return self._replace(before=before)


class Prompts(NamedTuple):
    """The prompts of a console.

    Attributes:
        input: Of what is typed now, and of cells that have none of their own.
        output: Of results.
    """

    input: Prompt
    output: Prompt


IN: Final = Prompt("In [", "]")
OUT: Final = Prompt("Out[", "]")
USUAL: Final = Prompts(IN, OUT)


class Piece(NamedTuple):
    """A part of a prompt that is drawn in one ink.

    Attributes:
        column: Where it begins, from the left end of the prompt.
    """

    column: int
    text: str
    is_number: bool


@lru_cache(maxsize=512)  # each painting asks for all that are in sight
def pieces_of(
    prompt: Prompt, count: int | None, columns: int, overhang: int = 0
) -> tuple[int, tuple[Piece, ...]]:
    """Return how many cells a prompt takes, cut to fit, and its parts that are not empty.

    One that is too long by up to `overhang` cells is left whole.
    """
    is_fitting = prompt.columns(count) <= columns + overhang
    fitting = prompt if is_fitting else prompt.cut(count, columns)
    pieces: list[Piece] = []
    column = 0
    parts = ((fitting.before, False), (fitting.number(count), True), (fitting.after, False))
    for text, is_number in parts:
        if text:
            pieces.append(Piece(column, text, is_number))
        column += cell_width(text)
    return column, tuple(pieces)
