"""Code and terminal text as HTML."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from vitrail.presenters.files.colours import colours
from vitrail_widgets.highlight.lexing import Colouring, lexer_for
from vitrail_widgets.highlight.spans import Span
from vitrail_widgets.render.links import is_followed
from vitrail_widgets.transcript.styles import StyledLine, TextStyle, Underline

DECORATIONS = (
    ("bold", "bo"),
    ("italic", "it"),
    ("underline", "un"),
    ("strike", "st"),
    ("overline", "ov"),
    ("conceal", "co"),
)
SHAPES = {
    Underline.DOUBLE: "ud",
    Underline.CURLY: "uc",
    Underline.DOTTED: "ut",
    Underline.DASHED: "ua",
}


def text(plain: str) -> str:
    """Return text as HTML."""
    return escape(plain, quote=False)


def line_html(line: StyledLine) -> str:
    """Return a line of terminal text with its colours; links only where they may be followed."""
    if not line.runs:
        return text(line.text)
    parts: list[str] = []
    at = 0
    for start, end, style in line.runs:
        opening, closing = tags(style)
        parts += (text(line.text[at:start]), opening, text(line.text[start:end]), closing)
        at = end
    parts.append(text(line.text[at:]))
    return "".join(parts)


@lru_cache(maxsize=4096)
def tags(style: TextStyle) -> tuple[str, str]:
    """Return what begins and what ends text of a style."""
    names = [css for field, css in DECORATIONS if getattr(style, field)]
    names += [SHAPES[Underline(style.underline)]] if style.underline in SHAPES else []
    variables: list[str] = []
    for theme in ("light", "dark"):
        for what, colour in zip("fg", colours(style, theme), strict=True):
            if colour:
                variables.append(f"--{theme[0]}{what}:{colour}")
                names += [f"c{what}"] if f"c{what}" not in names else []
    attributes = f' class="{" ".join(names)}"' if names else ""
    attributes += f' style="{";".join(variables)}"' if variables else ""
    opening, closing = (f"<span{attributes}>", "</span>") if attributes else ("", "")
    if style.link is not None and is_followed(style.link):
        href = escape(style.link)
        return f'<a href="{href}" rel="noopener noreferrer">{opening}', f"{closing}</a>"
    return opening, closing


def code_html(code: str, lexer: str) -> Iterator[str]:
    """Yield code with the colours of its language, in pieces that take some milliseconds each."""
    lines = code.split("\n")
    colouring = Colouring(lexer_for(lexer), code)
    done = 0
    while done < len(lines):
        if not colouring.is_done:
            colouring.go_on()
        stop = len(lines) if colouring.is_done else len(colouring.lines)
        spans = colouring.lines[done:stop]
        spans += [()] * (stop - done - len(spans))
        yield "\n".join(map(_code_line, lines[done:stop], spans)) + "\n" * (stop < len(lines))
        done = stop


def _code_line(line: str, spans: tuple[Span, ...]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, name in spans:
        parts += (text(line[at:start]), f'<span class="{name}">', text(line[start:end]), "</span>")
        at = end
    parts.append(text(line[at:]))
    return "".join(parts)
