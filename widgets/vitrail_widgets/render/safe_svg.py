"""SVG without what could run, load, or never end.

QtSvg reads files that an image names, follows references round in circles and draws a nest of
`use` elements to the end. What is given to it has been read by expat, without entities, and written
anew from the elements and attributes that only draw.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from vitrail_resources.translation import tr
from vitrail_widgets.render.svg_references import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    Element,
    References,
    UnsafeSvgError,
)

MAX_BYTES: Final = 20_000_000
HREFS: Final = ("href", "xlink:href")
DROPPED: Final = frozenset(
    (
        *("script", "foreignObject", "iframe", "audio", "video", "feImage", "tref", "handler"),
        *("animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath"),
    )
)
_PICTURE = re.compile(r"\s*data:image/(png|jpe?g|gif|webp|bmp)[;,]", re.IGNORECASE)
_URL = re.compile(r"url\(\s*['\"]?\s*(?!#)[^)]*\)?", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][-+]?[0-9]+)?)\s*([a-z%]*)\s*$")
_UNITS: Final = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54}
_UNITS_SMALL: Final = {"mm": 96 / 25.4, "em": 16.0, "ex": 8.0, "rem": 16.0}


@dataclass(frozen=True)
class SafeSvg:
    """A picture that may be given to QtSvg.

    Attributes:
        source: The document.
        width: In CSS pixels.
        height: In CSS pixels.
        elements: How many are drawn; the time it takes goes with it.
    """

    source: bytes
    width: float
    height: float
    elements: int


def safe_svg(source: str) -> SafeSvg:
    """Return a document with all that only draws.

    Raises:
        UnsafeSvgError: Nothing can be drawn of it.
    """
    root = _Reader().read(source)
    if root.local_name != "svg":
        raise UnsafeSvgError(
            tr("its outermost element is {local_name}", local_name=f"{root.local_name!r}")
        )
    elements = References(root).count()
    width, height = _size(root.attributes)
    parts: list[str] = []
    _write(root, parts.append)
    return SafeSvg("".join(parts).encode("utf-8"), width, height, elements)


def stated_size(source: str) -> tuple[float, float]:
    """Return the size in CSS pixels that a document states; reads no further than its beginning.

    Raises:
        UnsafeSvgError: It has no beginning.
    """
    found: list[dict[str, str]] = []

    def note(_name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = note
    for start in range(0, len(source), 4096):
        try:
            parser.Parse(source[start : start + 4096].encode("utf-8", "replace"))
        except expat.ExpatError as error:
            if not found:
                raise UnsafeSvgError(tr("it is not XML: {error}", error=error)) from error
        if found:
            return _size(found[0])
    raise UnsafeSvgError(tr("there is nothing in it"))


class _Reader:
    """Builds the tree of what may stay."""

    def __init__(self) -> None:
        self._stack: list[Element] = []
        self._root: Element | None = None
        self._skipped = self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text
        self._parser.EntityDeclHandler = self._on_entity
        self._parser.buffer_text = True

    def read(self, source: str) -> Element:
        if not source.strip():
            raise UnsafeSvgError(tr("there is nothing in it"))
        if len(source) > MAX_BYTES:
            raise UnsafeSvgError(tr("it has {size} MB", size=f"{len(source) / 1e6:.0f}"))
        try:
            self._parser.Parse(source.encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            raise UnsafeSvgError(tr("it is not XML: {error}", error=error)) from error
        if self._root is None:
            raise UnsafeSvgError(tr("nothing in it may be drawn"))
        return self._root

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._stack) >= MAX_DEPTH:
            raise UnsafeSvgError(tr("it has too many elements, or too deep a nest of them"))
        element = Element(name, _safe_attributes(attributes))
        if self._skipped or _is_dropped(element, attributes):
            self._skipped += 1
            return
        if self._stack:
            self._stack[-1].content.append(element)
        elif self._root is None:
            self._root = element
        self._stack.append(element)

    def _on_end(self, name: str) -> None:
        del name
        if self._skipped:
            self._skipped -= 1
        else:
            self._stack.pop()

    def _on_text(self, text: str) -> None:
        if self._stack and not self._skipped:
            holder = self._stack[-1]
            holder.content.append(_safe_css(text) if holder.local_name == "style" else text)

    def _on_entity(self, *_declaration: object) -> None:
        raise UnsafeSvgError(tr("it declares entities"))


def _is_dropped(element: Element, given: Mapping[str, str]) -> bool:
    name = element.local_name
    if name in DROPPED:
        return True
    hrefs = [given[key] for key in given if key in HREFS or key.endswith(":href")]
    if name == "image":
        return not hrefs or not all(_PICTURE.match(href) for href in hrefs)
    return name == "use" and not all(href.strip().startswith("#") for href in hrefs)


def _safe_attributes(given: Mapping[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in given.items():
        local = name.rpartition(":")[2].lower()
        if local.startswith("on") or local == "base":
            continue
        if local == "href":
            if value.strip().startswith("#") or _PICTURE.match(value):
                kept[name] = value
            continue
        kept[name] = _safe_css(value) if "url" in value.lower() or "\\" in value else value
    return kept


def _safe_css(text: str) -> str:
    """Drop what a style would load; an escape could hide it, so those are resolved first."""
    return _URL.sub("none", _IMPORT.sub("", _ESCAPE.sub(_resolved, text)))


def _resolved(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(code) if 32 <= code < 0xD800 else ""


def _write(element: Element, write: Callable[[str], None]) -> None:
    pairs = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes.items())
    if not element.content:
        write(f"<{element.name}{pairs}/>")
        return
    write(f"<{element.name}{pairs}>")
    for each in element.content:
        if isinstance(each, Element):
            _write(each, write)
        else:
            write(escape(each))
    write(f"</{element.name}>")


def _size(attributes: Mapping[str, str]) -> tuple[float, float]:
    """Return the stated size, else that of the view box, else CSS's own for nothing."""
    width, height = _length(attributes.get("width")), _length(attributes.get("height"))
    box = [_number(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[3] / box[2]
        if width and not height:
            height = width * ratio
        elif height and not width:
            width = height / ratio
        elif not width:
            width, height = box[2], box[3]
    return width or 300.0, height or 150.0


def _length(text: str | None) -> float:
    """Return CSS pixels, 0 where there is no length of its own (percentages, nonsense)."""
    match = _LENGTH.match(text or "")
    if match is None:
        return 0.0
    return _number(match[1]) * (_UNITS | _UNITS_SMALL).get(match[2], 0.0)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
