"""What a kernel before protocol 5 knows about an object: fields, where later ones send a page."""

import re
from collections.abc import Iterator
from typing import Any, Final

from vitrail.protocol.content import Content

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


class ObjectInfo(Content, frozen=True, kw_only=True):
    """All that an object_info_reply says, as it says it; null for what does not apply.

    ``definition``, ``init_definition`` and ``call_def`` hold colour escapes and end with a
    newline. Of a class in IPython 1, ``definition`` is that of its ``__call__``, ``argspec`` that
    of its ``__init__``: trust ``argspec``. Its ``defaults`` belong to the last ``args``; a null
    list is not a list of null; ``args`` may nest (tuple parameters of Python 2). ``length`` is
    text in IPython, a number in the specification. At level 1 ``source`` is there and
    ``docstring`` is null when there is a source.

    Source:
        Messaging specification of IPython 1.0, "Object information"; ``isclass`` is not in it.
    """

    name: str = ""
    found: bool = False
    ismagic: bool | None = None
    isalias: bool | None = None
    isclass: bool | None = None
    namespace: str | None = None
    type_name: str | None = None
    string_form: str | None = None
    base_class: str | None = None
    length: int | str | None = None
    file: str | None = None
    definition: str | None = None
    argspec: dict[str, Any] | None = None
    init_definition: str | None = None
    docstring: str | None = None
    init_docstring: str | None = None
    class_docstring: str | None = None
    call_def: str | None = None
    call_docstring: str | None = None
    source: str | None = None


def help_text(info: ObjectInfo) -> str:
    """Write the page that a kernel of protocol 5 would have sent: ``Title: value`` lines."""
    return "\n".join(f"{title}:{_value(text)}" for title, text in _rows(info) if text)


def _rows(info: ObjectInfo) -> Iterator[tuple[str, str]]:
    if info.isclass:
        yield "Init signature", _plain(info.init_definition)
    elif info.call_def:
        yield "Call signature", _plain(info.call_def)
    else:
        yield "Signature", _plain(info.definition)
    if info.source:
        yield "Source", _plain(info.source)
    else:
        yield "Docstring", info.docstring or "<no docstring>"
    yield "Class docstring", info.class_docstring or ""
    yield "Init docstring", info.init_docstring or ""
    yield "Call docstring", info.call_docstring or ""
    if not (info.isclass or info.argspec):
        yield "String form", info.string_form or ""
    yield "Length", "" if info.length is None else str(info.length)
    yield "File", info.file or ""
    yield "Type", info.type_name or ""
    yield "Namespace", info.namespace or ""


def _plain(text: str | None) -> str:
    return _COLOURS.sub("", text or "").strip("\n")


def _value(text: str) -> str:
    return f"\n{text}" if "\n" in text else f" {text}"
