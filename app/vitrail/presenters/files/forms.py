"""Which of a value's forms a document shows."""

import base64
import json
import re
from typing import Final, NamedTuple, cast

from vitrail_widgets.transcript.mime import LongJson, MimeBundle

PICTURES: Final = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
"""MIME types that documents can show, best first, and how their files end."""

NAMELESS: Final = re.compile(r"<(IPython\.core\.display\.|[\w.]+ object at 0x)[^>]*>")
"""A `text/plain` that says nothing: of `Markdown(...)`, `Latex(...)`, `JSON(...)`."""

BASE64: Final = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")


class Picture(NamedTuple):
    """A picture.

    Attributes:
        mime: Its type.
        content: Its base64 text, without white space.
        width: In device independent pixels, where the kernel says; the same for the height.
    """

    mime: str
    content: str
    width: int | None
    height: int | None

    @property
    def address(self) -> str:
        """The whole picture as an address; a drawing in it can run nothing and fetch nothing."""
        return f"data:{self.mime};base64,{self.content}"

    @property
    def bytes(self) -> bytes:
        """The content of its file."""
        return base64.b64decode(self.content)


def picture_of(bundle: MimeBundle) -> Picture | None:
    """Return the picture among a value's forms, the best where there are several."""
    pictures = (picture_as(bundle, mime) for mime in PICTURES)
    return next((picture for picture in pictures if picture is not None), None)


def picture_as(bundle: MimeBundle, mime: str) -> Picture | None:
    """Return the picture of one type (of `PICTURES`), if there is one that is none but that."""
    text = bundle.text(mime)
    if mime == "image/svg+xml":
        content = base64.b64encode(text.encode("utf-8", "replace")).decode()
    else:
        content = "".join(text.split()) if BASE64.fullmatch(text) else ""
    if not content or len(content) % 4:
        return None
    return Picture(mime, content, *_size(bundle.metadata.get(mime, bundle.metadata)))


def text_of(bundle: MimeBundle) -> tuple[str, str]:
    """Return the MIME type and the text of the form that is best read as text."""
    plain = bundle.text("text/plain")
    others = ("text/markdown", "text/latex")
    if plain and not NAMELESS.fullmatch(plain.strip()):
        return "text/plain", plain
    for mime in others:
        if text := bundle.text(mime):
            return mime, text
    for mime, value in bundle.data.items():
        if mime.endswith("json") and value is not None:
            return mime, json_text(value)
    return "text/plain", plain or f"[{', '.join(bundle.data)}]"


def json_text(value: object) -> str:
    """Return a JSON value as text that is read by people; what is too long for that as it came."""
    is_text = isinstance(value, LongJson)
    return str(value) if is_text else json.dumps(value, ensure_ascii=False, indent=2)


def _size(metadata: object) -> tuple[int | None, int | None]:
    """Return width and height; a number that is none is not heeded."""
    fields = cast("dict[str, object]", metadata) if isinstance(metadata, dict) else {}
    return _pixels(fields.get("width")), _pixels(fields.get("height"))


def _pixels(value: object) -> int | None:
    return round(value) if isinstance(value, int | float) and 0 < value < 100_000 else None
