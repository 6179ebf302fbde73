"""Signatures from the text of an inspect_reply (Jupyter messaging 5.x) and from completions."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from vitrail_widgets.signature.documentation import signature_of_docstring, summary_of
from vitrail_widgets.signature.foreign import foreign_signature
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.parameter_list import parse_signature
from vitrail_widgets.signature.plain_text import plain_text

_TITLES: Final = "|".join(
    (
        "Init signature|Call signature|Signature",
        "Init definition|Call def|Call definition|Definition",
        "Repr|Docstring|Init docstring|Class docstring|Call docstring|Source|File|Type|Base Class",
        "Subclasses|String form|String Form|Length|Namespace|Constructor information",
    )
)
_COLOUR: Final = r"\x1b\[[\d;]*m"
_COLOURED: Final = re.compile(rf"^(?:{_COLOUR})+({_TITLES}):[ \t]*(?:{_COLOUR})*", re.MULTILINE)
_PLAIN: Final = re.compile(rf"^({_TITLES}):[ \t]*", re.MULTILINE)
_SIGNATURES: Final = ("Init signature", "Init definition", "Signature", "Definition")
_CALLS: Final = ("Call signature", "Call def", "Call definition")
_DOCSTRINGS: Final = ("Call docstring", "Init docstring", "Docstring", "Class docstring")
_RECEIVER: Final = "self"


def signature_of_inspection(
    text: str, language: str = "python", name: str = ""
) -> Signature | None:
    """Return the signature in the text/plain of an `inspect_reply`; None where it carries none.

    Args:
        text: As it came, with its escape sequences.
        language: As `kernel_info_reply.language_info` names it.
        name: What was asked about, where it is known; replies in other languages often do not say.
    """
    fields = fields_of(text)
    if not fields:
        plain = plain_text(text)
        return foreign_signature(plain, language, name) or _documented(plain, plain, name)
    docstring = _first(fields, _DOCSTRINGS)
    signature = _defined(fields)
    if signature is None or signature.says_nothing:
        own_name = signature.name if signature else name
        signature = _documented(fields.get("Docstring", ""), docstring, own_name) or signature
    return signature and replace(signature, summary=summary_of(docstring))


def signature_of_completion(item: Mapping[str, Any]) -> Signature | None:
    """Return the signature of one of a completion's `_jupyter_types_experimental`.

    That of ipykernel is `(a, b=2)`, empty for what is no function.
    """
    text, signature = item.get("text"), item.get("signature")
    if not isinstance(signature, str):
        return None
    return parse_signature(signature, text if isinstance(text, str) else "")


def fields_of(text: str) -> dict[str, str]:
    """Return the plain text under each title of an inspection by IPython; none of another page.

    Titles are coloured where anything is; a docstring can hold lines that look like them.

    Args:
        text: As it came, with its escape sequences.
    """
    pattern = _COLOURED if _COLOURED.search(text) else _PLAIN
    _, *parts = pattern.split(text)
    found: dict[str, str] = {}
    for title, content in zip(parts[::2], parts[1::2], strict=True):
        found.setdefault(title, plain_text(content).strip())
    return found


def _defined(fields: Mapping[str, str]) -> Signature | None:
    """Return what the title says that fits a call of the object itself.

    A class is called through `__init__`. `Call signature` comes last: that of a `partial` is
    `(*args, **kwargs)` while its `Signature` is what it takes.
    """
    for title in (*_SIGNATURES, *_CALLS):
        signature = parse_signature(fields.get(title, ""))
        if signature is not None:
            return _without_receiver(signature) if title.startswith("Init") else signature
    return None


def _without_receiver(signature: Signature) -> Signature:
    """Drop the `self` of an `__init__`: classes written in C have it, and all in Python 2."""
    parameters = signature.parameters
    has_one = bool(parameters) and parameters[0].name == _RECEIVER
    return replace(signature, parameters=parameters[has_one:])


def _documented(signed: str, docstring: str, name: str) -> Signature | None:
    signature = signature_of_docstring(signed, name)
    return signature and replace(signature, summary=summary_of(docstring))


def _first(fields: Mapping[str, str], titles: tuple[str, ...]) -> str:
    return next((fields[title] for title in titles if summary_of(fields.get(title, ""))), "")
