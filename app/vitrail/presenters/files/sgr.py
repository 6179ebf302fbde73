"""Styled lines as text with escape sequences, the way kernels send them."""

from vitrail_widgets.transcript.styles import PLAIN, TRUE_COLOUR, StyledLine, TextStyle
from vitrail_widgets.transcript.text_buffer import TextBuffer

ATTRIBUTES = (
    ("bold", 1),
    ("dim", 2),
    ("italic", 3),
    ("blink", 5),
    ("reverse", 7),
    ("conceal", 8),
    ("strike", 9),
    ("overline", 53),
)


def with_sgr(buffer: TextBuffer) -> str:
    """Return a buffer's text with its colours as SGR sequences (ECMA-48, 8.3.117)."""
    lines = map(sgr_line, buffer)
    return "\n".join(lines) + ("\n" if buffer.ends_with_newline else "")


def sgr_line(line: StyledLine) -> str:
    """Return a line with its colours as SGR sequences."""
    if not line.runs:
        return line.text
    parts: list[str] = []
    at = 0
    for start, end, style in line.runs:
        opening, closing = _sequences(style)
        parts += (line.text[at:start], opening, line.text[start:end], closing)
        at = end
    parts.append(line.text[at:])
    return "".join(parts)


def _sequences(style: TextStyle) -> tuple[str, str]:
    """Return what begins a style and what ends it; links are OSC 8."""
    opening = "" if style._replace(link=None) == PLAIN else _sgr(style)
    closing = "\x1b[0m" if opening else ""
    if style.link:
        return f"{opening}\x1b]8;;{style.link}\x1b\\", f"\x1b]8;;\x1b\\{closing}"
    return opening, closing


def _sgr(style: TextStyle) -> str:
    codes = [str(code) for name, code in ATTRIBUTES if getattr(style, name)]
    if style.underline:
        codes.append("4" if style.underline == 1 else f"4:{int(style.underline)}")
    codes += _underline_colour(style.underline_colour)
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


def _underline_colour(colour: int | None) -> list[str]:
    """Return the code of an underline's colour, which has no short form."""
    if colour is not None and colour < 16:
        return [f"58;5;{colour}"]
    return _colour(colour, 0, 58)
