"""Styles between texts made into the runs of lines."""

from vitrail_widgets.transcript.open_line import add_run
from vitrail_widgets.transcript.sgr import apply_sgr
from vitrail_widgets.transcript.styles import PLAIN, Run, TextStyle


class RunLayer:
    """Places styled text, line by line.

    Attributes:
        runs: Of each line that has some.
        style: Of what comes next.
    """

    def __init__(self, style: TextStyle, line: int, column: int) -> None:
        self.runs: dict[int, list[Run]] = {}
        self.style = style
        self._line = line
        self._column = column

    def lay(self, texts: list[str], styles: list[str | None]) -> None:
        """Place *texts*; ``styles[n]`` are SGR parameters that come before ``texts[n + 1]``."""
        for text, params in zip(texts, [None, *styles], strict=True):
            if params is not None:
                self.style = apply_sgr(self.style, params)
            if self.style != PLAIN:
                self._lay_styled(text)
            elif "\n" in text:
                self._line += text.count("\n")
                self._column = len(text) - text.rindex("\n") - 1
            else:
                self._column += len(text)

    def _lay_styled(self, text: str) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                self._line, self._column = self._line + 1, 0
            if part:
                run = Run(self._column, self._column + len(part), self.style)
                self._column = run.end
                if self._line in self.runs:
                    add_run(self.runs[self._line], run)
                else:
                    self.runs[self._line] = [run]
