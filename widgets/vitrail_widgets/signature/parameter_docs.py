"""What a docstring says of each parameter: numpydoc's, Google's and reStructuredText's way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from vitrail_widgets.signature.docstring import Kind, Paragraph, paragraphs

MOST_PARAGRAPHS: Final = 400
_SECTIONS: Final = frozenset(
    ("parameters", "other parameters", "args", "arguments", "keyword args", "attributes")
)
_GOOGLE: Final = re.compile(r"^(?P<names>\*{0,2}[\w.]+)(?: \((?P<type>[^)]*)\))?: (?P<text>.*)$")
_SENTENCE: Final = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class ParameterDoc:
    """What is said of a parameter.

    Attributes:
        type: As the docstring says it; may be empty.
        text: Its first sentence; may be empty.
    """

    type: str = ""
    text: str = ""


def parameter_docs(docstring: str) -> Mapping[str, ParameterDoc]:
    """Return what a docstring says of parameters, by their names without stars.

    Args:
        docstring: Without the indentation that all of its lines have in common.
    """
    found: dict[str, ParameterDoc] = {}
    for names, doc in _told(islice(paragraphs(docstring), MOST_PARAGRAPHS)):
        for name in names.replace("*", "").split(","):
            found.setdefault(name.strip(), doc)
    return found


def _told(pieces: Iterator[Paragraph]) -> Iterator[tuple[str, ParameterDoc]]:
    is_inside, waiting, depth = False, "", 0
    for piece in pieces:
        if piece.kind is Kind.HEADING:
            is_inside = piece.text.lower() in _SECTIONS
        google = _GOOGLE.match(piece.text) if is_inside and piece.kind is Kind.ITEM else None
        if google is not None:
            yield google["names"], ParameterDoc(google["type"] or "", _sentence(google["text"]))
        elif waiting:
            is_its_text = piece.kind is Kind.PROSE and piece.depth > depth
            yield _split(waiting, _sentence(piece.text) if is_its_text else "")
            waiting = ""
        if piece.kind is Kind.TERM:
            waiting, depth = piece.text, piece.depth
    if waiting:
        yield _split(waiting, "")


def _split(term: str, text: str) -> tuple[str, ParameterDoc]:
    names, _, kind = term.partition(" : ")
    if " " in names and "," not in names:  # `:param int count:`
        kind, _, names = names.rpartition(" ")
    return names, ParameterDoc(kind.strip(), text)


def _sentence(text: str) -> str:
    end = _SENTENCE.search(text)
    return text[: end.end()] if end else text
