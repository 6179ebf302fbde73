"""Code drawn in pieces: each stretch in its colour, the letters that were looked for in bold."""

from collections.abc import Collection, Iterator

from vitrail_widgets.highlight.spans import Span
from vitrail_widgets.qt.pieces import Piece, shown
from vitrail_widgets.qt.theme import Theme


def pieces(
    line: str, spans: tuple[Span, ...], bold: Collection[int], theme: Theme
) -> Iterator[Piece]:
    """Cut a line of code.

    Args:
        line: Without its end.
        spans: Its colours.
        bold: Offsets of the letters that were looked for.
        theme: Gives the colours.
    """
    looks = [("", at in bold) for at in range(len(line))]
    for start, end, name in spans:
        looks[start:end] = [(name, is_bold) for _, is_bold in looks[start:end]]
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or looks[at] != looks[start]:
            name, is_bold = looks[start]
            colour = theme.accent if is_bold else theme.syntax.get(name, theme.text)
            yield Piece(shown(line[start:at]), colour, is_bold)
            start = at
