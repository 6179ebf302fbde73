"""The forms of a value that an exported page does not show, folded away below the one it shows."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final

from vitrail.presenters.files.forms import NAMELESS, PICTURES, Picture, json_text, picture_as
from vitrail.presenters.files.html_text import text
from vitrail.presenters.files.typeset import formula_html, markdown_html
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.transcript.mime import LongJson, MimeBundle, is_binary
from vitrail_widgets.transcript.terminal_text import TerminalText

LARGEST: Final = 2_000_000
"""Characters of a form that is carried; of a larger one the page says how large it is."""

DRAWN: Final[Mapping[str, Callable[[MimeBundle], str]]] = {
    "text/latex": formula_html,
    "text/markdown": markdown_html,
}
"""What is drawn from a source that people read, too."""

DESCRIPTION: Final = 200
"""Characters of the `text/plain` of a picture that a browser is given to describe it."""


def other_forms(bundle: MimeBundle, shown: str) -> Iterator[str]:
    """Yield what a page holds of a value besides the form that it shows; a form in each piece.

    Args:
        shown: The MIME type of that form.
    """
    others = [mime for mime in bundle.data if _says_more(bundle, mime, shown)]
    if not others:
        return
    names = ", ".join(others)
    yield (
        f'<details class="forms"><summary title="{escape(names)}" aria-label="Other forms:'
        f' {escape(names)}"></summary>'
    )
    for mime in others:
        yield f'<p class="form">{text(mime)}</p>{_form(bundle, mime, draws=mime != shown)}'
    yield "</details>"


def description(bundle: MimeBundle) -> str:
    """Return what describes a picture to those who do not see it."""
    return bundle.text("text/plain")[:DESCRIPTION] or "picture"


def picture_html(picture: Picture, described: str) -> str:
    """Return a picture at its stated size."""
    size = "".join(
        f' {name}="{pixels}"'
        for name, pixels in (("width", picture.width), ("height", picture.height))
        if pixels is not None
    )
    source = f'src="{picture.address}" alt="{escape(described)}"'
    return f'<div class="picture"><img {source}{size}></div>'


def _says_more(bundle: MimeBundle, mime: str, shown: str) -> bool:
    """Whether there is anything in a form that the page does not have already."""
    written = bundle.text(mime)
    if mime == shown:
        return mime in DRAWN
    if not written or mime != "text/plain":
        return bool(written)
    is_description = shown in PICTURES and len(written) <= DESCRIPTION
    return not is_description and NAMELESS.fullmatch(written.strip()) is None


def _form(bundle: MimeBundle, mime: str, *, draws: bool) -> str:
    """Return a form: drawn where a page can, if it is to be; and its text where it has one."""
    written = bundle.text(mime)
    if len(written) > LARGEST:
        return f'<p class="muted">{len(written) / 1e6:.1f} MB, which this page does not carry.</p>'
    if mime in PICTURES:
        picture = picture_as(bundle, mime)
        return _nothing("is broken") if picture is None else picture_html(picture, mime)
    if mime == "text/html":
        html = static_html(written)
        return f'<div class="html">{html}</div>' if html else _nothing("needs a browser")
    if is_binary(mime):
        return _nothing(f"{len(written) * 3 // 4000} kB, which a page does not show")
    drawn = DRAWN[mime](bundle) if draws and mime in DRAWN else ""
    figure = f'<div class="html prose">{drawn}</div>' if drawn else ""
    return f'{figure}<pre class="text">{text(_source(bundle, mime))}</pre>'


def _source(bundle: MimeBundle, mime: str) -> str:
    """Return the text of a form; of terminal text what it comes to."""
    value, written = bundle.data[mime], bundle.text(mime)
    if mime == "text/plain":
        terminal = TerminalText()
        terminal.feed(written)
        return "\n".join(terminal.buffer[at].text for at in range(len(terminal.buffer)))
    is_json = mime.endswith("json") and not isinstance(value, LongJson)
    return json_text(value) if is_json else written


def _nothing(why: str) -> str:
    return f'<p class="muted">{text(why[0].upper() + why[1:])}.</p>'
