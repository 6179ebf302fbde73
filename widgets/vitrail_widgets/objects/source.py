"""The source of an object, as text and as a place."""

from dataclasses import dataclass

from vitrail_resources.translation import tr


@dataclass(frozen=True, slots=True)
class SourceText:
    """Where an object is written down, and what stands there.

    Attributes:
        text: The source; empty where it cannot be had.
        line: The number of its first line, from 1; 0 where nobody knows.
        file: As the kernel names it; empty for none.
        cell: The number of the cell that it stands in; None for a file.
        of: The class whose source it is, if it is not the object's own.
        lexer: A Pygments lexer's name.
        reason: Why there is no text, in a sentence.
        remarks: What is to be known of the text, in sentences.
    """

    text: str
    line: int = 0
    file: str = ""
    cell: int | None = None
    of: str = ""
    lexer: str = "python"
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands, in a few words."""
        if self.cell is not None:
            return tr("In [{cell}], line {line}", cell=self.cell, line=self.line)
        return f"{self.file}:{self.line}" if self.line else self.file
