"""What is said above an output that is not shown as its kernel meant it."""

import re
from collections.abc import Sequence
from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.browser_only import kind_of, kind_of_html
from vitrail_widgets.render.choices import Choice, ChoiceBlock, ChoiceLine, Content, Verb
from vitrail_widgets.render.raster import NeedsBrowserError, RenderError
from vitrail_widgets.render.sizes import size_in_words
from vitrail_widgets.render.text_block import terminal_block
from vitrail_widgets.transcript.mime import MimeBundle

BEGINNING: Final = 100_000
"""Characters of a very long text that are shown."""

HTML: Final = "text/html"
PLAIN: Final = "text/plain"
FORM_NAMES: Final = {
    PLAIN: tr("Plain text"),
    HTML: "HTML",
    "text/markdown": "Markdown",
    "text/latex": "LaTeX",
    "application/json": "JSON",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/svg+xml": "SVG",
}
_PLACEHOLDER: Final = re.compile(r"<[\w.]+ object(?: at 0x[0-9a-fA-F]+)?>")

Trouble = tuple[str, RenderError]
"""A form (MIME type) and why it could not be drawn."""


def explained(bundle: MimeBundle, mime: str, block: Block, troubles: Sequence[Trouble]) -> Block:
    """Return the block of a bundle, below a line if another form of it was meant to be seen.

    Args:
        bundle: What came.
        mime: The form that `block` shows.
        block: Shows it.
        troubles: The better forms, which could not be drawn.
    """
    told = [trouble for trouble in troubles if trouble[1].is_told]
    needs_browser = any(isinstance(error, NeedsBrowserError) for _, error in troubles)
    is_picture = mime.startswith("image/")
    kind = kind_of(bundle.data)
    if (needs_browser or kind) and not is_picture:
        is_empty = mime == PLAIN and _PLACEHOLDER.fullmatch(bundle.text(PLAIN).strip())
        return browser_wanted(bundle, None if is_empty else block, mime)
    if told:
        failed, error = told[0]
        return ChoiceBlock(ChoiceLine(_sentence(str(error)), _choices(bundle, failed)), block)
    if mime == HTML and not isinstance(block, ChoiceBlock) and kind_of_html(bundle.text(HTML)):
        line = ChoiceLine(tr("What runs in it is left out"), _choices(bundle, HTML))
        return ChoiceBlock(line, block)
    return block


def undrawn(bundle: MimeBundle, troubles: Sequence[Trouble]) -> Block:
    """Return what stands for a bundle of which no form can be drawn."""
    if kind_of(bundle.data) or any(isinstance(error, NeedsBrowserError) for _, error in troubles):
        return browser_wanted(bundle, None, "")
    sentence = "; ".join(str(error) for _, error in troubles)
    if not sentence:
        sentence = f"[{', '.join(bundle.data) or tr('an empty bundle')}]"
    mimes = [mime for mime, _ in troubles] or list(bundle.data)
    choices = _choices(bundle, mimes[0]) if mimes else []
    return ChoiceBlock(ChoiceLine(_sentence(sentence), choices), None)


def shortened(bundle: MimeBundle, text: str) -> Block:
    """Return the beginning of a very long text below a line that says so."""
    sentence = tr(
        "Plain text of {size}, of which this is the beginning",
        size=size_in_words(len(text)),
    )
    line = ChoiceLine(sentence, [Choice(Verb.SAVE, Content.of(bundle, PLAIN))])
    return ChoiceBlock(line, terminal_block(text[:BEGINNING]))


def browser_wanted(bundle: MimeBundle, block: Block | None, mime: str) -> Block:
    """Return a line that says what needs a browser, and below it another form."""
    kind = kind_of(bundle.data) or kind_of_html(bundle.text(HTML)) or tr("This")
    if block is None:
        sentence = tr("{kind} needs a browser", kind=kind)
    else:
        form = _in_words(mime)
        sentence = tr("{kind} needs a browser; this is its {form}", kind=kind, form=form)
    choices = _choices(bundle, HTML if bundle.data.get(HTML) else "")
    return ChoiceBlock(ChoiceLine(sentence, choices), block)


def _choices(bundle: MimeBundle, mime: str) -> list[Choice]:
    """Return what can be done with a form, and the others if there are any."""
    content = Content.of(bundle, mime)
    verbs: list[Verb] = []
    if mime:
        verbs.append(Verb.BROWSER if mime == HTML else Verb.SAVE)
    if len(bundle.data) > 1:
        verbs.append(Verb.FORMS)
    return [Choice(verb, content) for verb in verbs]


def _in_words(mime: str) -> str:
    name = FORM_NAMES.get(mime, mime)
    return name.lower() if mime == PLAIN else name


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] if not text.startswith(("image/", "text/")) else text
