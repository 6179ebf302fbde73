"""What kernels send to be read about an object, taken apart: pages of IPython, and fields of 2013.

What cannot be taken apart is kept as it came, to be shown as it is. The fields of a page have the
names that the fields of 2013 have.
"""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitrail_resources.translation import tr
from vitrail_widgets.objects.inspection import Fact, Inspection, Passage
from vitrail_widgets.signature.argspec import signature_of_object_info
from vitrail_widgets.signature.documentation import NO_DOCSTRING
from vitrail_widgets.signature.inspection import fields_of, signature_of_inspection
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.plain_text import plain_text
from vitrail_widgets.transcript.mime import MimeBundle

_FACTS: Final = {
    "type_name": tr("Type"),
    "base_class": tr("Base class"),
    "subclasses": tr("Subclasses"),
    "string_form": tr("String form"),
    "length": tr("Length"),
    "namespace": tr("Namespace"),
    "file": tr("File"),
    "constructor_information": tr("Constructor"),
    "definition": tr("Definition"),
    "init_definition": tr("Constructor definition"),
    "call_def": tr("Call definition"),
}
PASSAGES: Final = {
    "docstring": "",
    "class_docstring": tr("Class"),
    "init_docstring": tr("Constructor"),
    "call_docstring": tr("Call"),
}
"""Titles of docstrings; the object's own has none."""

_RENAMED: Final = {"type": "type_name", "repr": "string_form", "call_definition": "call_def"}


def inspection_of_page(name: str, page: MimeBundle, language: str = "python") -> Inspection:
    """Return what a page says that answers `inspect_request`, or `name?`.

    Args:
        name: What was asked about.
        page: In the forms that the kernel sent.
        language: As the kernel names it.
    """
    text = page.text("text/plain")
    signature = signature_of_inspection(text, language, name) if text else None
    fields = {_key(title): value for title, value in fields_of(text).items()}
    if not fields:
        return Inspection(name, signature=signature, page=page)
    return _taken_apart(name, _kind(fields.get("type_name", "")), signature, fields)


def inspection_of_fields(fields: Mapping[str, Any]) -> Inspection:
    """Return what the fields of an `object_info_reply` say, all of them.

    Source:
        Messaging specification of IPython 1.0, "Object information".
    """
    told = {key: _text(value) for key, value in fields.items()}
    kind = "class" if fields.get("isclass") else _kind(told.get("type_name", ""))
    kind = "magic" if fields.get("ismagic") else "alias" if fields.get("isalias") else kind
    return _taken_apart(told.get("name", ""), kind, signature_of_object_info(fields), told)


def _taken_apart(
    name: str, kind: str, signature: Signature | None, fields: Mapping[str, str]
) -> Inspection:
    facts = (Fact(title, fields.get(key, "")) for key, title in _FACTS.items())
    return Inspection(
        name,
        kind,
        signature,
        tuple(fact for fact in facts if fact.text),
        tuple(_passages(fields)),
        source=fields.get("source", ""),
    )


def _passages(fields: Mapping[str, str]) -> Iterator[Passage]:
    for key, title in PASSAGES.items():
        text = fields.get(key, "")
        if text and text != NO_DOCSTRING:
            yield Passage(title, inspect.cleandoc(text))


def _key(title: str) -> str:
    key = title.lower().replace(" ", "_")
    return _RENAMED.get(key, key)


def _kind(type_name: str) -> str:
    """Name the kind of what has a type, in the words of the probe."""
    if type_name in ("module", "function", "property", "method"):
        return type_name
    if type_name in ("type", "classobj") or type_name.endswith("Meta"):
        return "class"
    if type_name.endswith(("function", "function_or_method", "descriptor", "instancemethod")):
        return "function"
    return "instance" if type_name else ""


def _text(value: object) -> str:
    return "" if value is None else plain_text(str(value)).strip("\n")
