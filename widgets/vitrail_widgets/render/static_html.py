"""HTML of a kernel made harmless: nothing that runs, nothing that is fetched."""

import re

import nh3

from vitrail_widgets.render.links import is_followed

TAGS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd",
    "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
ATTRIBUTES = {
    "*": frozenset({"align", "dir", "lang", "style", "title", "valign"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
}
PROPERTIES = frozenset({
    "background", "background-color", "border", "border-bottom", "border-collapse", "border-color",
    "border-left", "border-radius", "border-right", "border-style", "border-top", "border-width",
    "color", "font-size", "font-style", "font-variant", "font-weight", "height", "line-height",
    "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width",
    "min-width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top",
    "text-align", "text-decoration", "text-indent", "vertical-align", "white-space", "width",
})  # fmt: skip
"""What a `style` may set; none of them takes an address."""

UNSEEN = frozenset({
    "audio", "canvas", "iframe", "noscript", "object", "script", "select", "style", "template",
    "textarea", "title", "video",
})  # fmt: skip
"""Whose content is code, or a word for browsers that cannot do it."""

PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
EMPTY_PICTURE = re.compile(r"<img(?![^>]*\bsrc=)[^>]*>")
TAG = re.compile(r"<[^>]*>")


HIDDEN = re.compile(r"<div [^>]*\bxr-wrap\b[^>]*display:\s*none")
"""What xarray hides until its style sheet shows it; without one it means its text to be read."""


def static_html(html: str) -> str:
    """Return the part of HTML that only shows something; empty where nothing is left of it.

    Scripts, styles for the whole page, frames, forms and events are gone; pictures stay where they
    are in the text itself, links where they lead to a page or a mail address.
    """
    if HIDDEN.search(html):
        return ""
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(UNSEEN),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        filter_style_properties=set(PROPERTIES),
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )
    clean = EMPTY_PICTURE.sub("", clean)
    shows = "<img" in clean or TAG.sub("", clean).strip()
    return clean if shows else ""


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value; None where it would fetch or run something."""
    if name == "src":
        return value if PICTURE.fullmatch(value) else None
    if name == "href":
        return value if is_followed(value) else None
    if name == "style" and re.search(r"url|expression|image-set|@|\\", value, re.IGNORECASE):
        return None
    return value
