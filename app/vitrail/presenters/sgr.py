"""Styled lines as text with escape sequences, the way kernels send them."""

from vitrail_widgets.transcript.styles import TRUE_COLOUR, StyledLine, TextStyle
from vitrail_widgets.transcript.text_buffer import TextBuffer

ATTRIBUTES = (
    ("bold", 1),
    ("dim", 2),
    ("italic", 3),
    ("underline", 4),
    ("reverse", 7),
    ("strike", 9),
)


def with_sgr(buffer: TextBuffer) -> str:
    """Return a buffer's text with its colours as SGR sequences (ECMA-48, 8.3.117)."""
    lines = [_line(line) if line.runs else line.text for line in buffer]
    ended = buffer.row_total > len(buffer)
    return "\n".join(lines) + ("\n" if ended and lines else "")


def _line(line: StyledLine) -> str:
    parts: list[str] = []
    at = 0
    for start, end, style in line.runs:
        parts += (line.text[at:start], _sgr(style), line.text[start:end], "\x1b[0m")
        at = end
    parts.append(line.text[at:])
    return "".join(parts)


def _sgr(style: TextStyle) -> str:
    codes = [str(code) for name, code in ATTRIBUTES if getattr(style, name)]
    codes += _colour(style.fg, 30, 38) + _colour(style.bg, 40, 48)
    return f"\x1b[{';'.join(codes)}m"


def _colour(colour: int | None, base: int, extended: int) -> list[str]:
    if colour is None:
        return []
    if colour & TRUE_COLOUR:
        return [f"{extended};2;{colour >> 16 & 255};{colour >> 8 & 255};{colour & 255}"]
    if colour < 8:
        return [str(base + colour)]
    if colour < 16:
        return [str(base + 60 + colour - 8)]
    return [f"{extended};5;{colour}"]
