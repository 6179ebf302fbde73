"""A signature as the text of a call tip, and where in it the current parameter is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.transcript.cell_width import cell_width

LONGEST_PART: Final = 60
"""Characters of an annotation or a default; of a longer one the middle is left out."""

_INDENTATION: Final = "    "


@dataclass(frozen=True, slots=True)
class Tip:
    """What to draw.

    Attributes:
        text: One line, or several.
        start: Offset of the current parameter in it.
        end: Offset after it; where there is no current parameter both are 0.
    """

    text: str
    start: int = 0
    end: int = 0


def one_line(signature: Signature, current: int | None = None) -> Tip:
    """Return the tip on one line, `f(a: int, /, b=2, *, c) -> str`.

    Args:
        signature: What to show.
        current: Index of the parameter to point out.
    """
    return _joined(signature, list(_parts(signature, current)), [])


def brief(signature: Signature, longest: int) -> str:
    """Return a signature on one line: whole if it is no longer than that, else names alone.

    Args:
        signature: What to show.
        longest: Characters; of more names than fit the last ones are left out.
    """
    whole = one_line(signature).text
    if len(whole) <= longest:
        return whole
    names = tuple(Parameter(one.name, one.kind) for one in signature.parameters)
    kept = Signature(signature.name, names, signature.returns)
    texts = [part.text for part in _parts(kept, None)]
    while len(", ".join(texts)) > longest:
        texts = [*texts[:-2], "…"]
    return f"{_one_line(signature.name)}({', '.join(texts)}){_returns(signature)}"


def wrapped(signature: Signature, current: int | None = None, *, columns: int) -> Tip:
    """Return the tip with lines of at most `columns` cells, where its parts allow it.

    Lines break between parameters; the ones after the first are indented by four.
    """
    parts = list(_parts(signature, current))
    breaks: list[int] = []
    used = cell_width(signature.name) + 1
    last = len(parts) - 1
    for index, part in enumerate(parts):
        width = cell_width(part.text) + 1  # its comma
        if index == last:
            width += cell_width(_returns(signature))
        used += index > 0  # the space between
        if used + width > columns and used > len(_INDENTATION):
            breaks.append(index)
            used = len(_INDENTATION)
        used += width
    return _joined(signature, parts, breaks)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    is_current: bool = False


def _joined(signature: Signature, parts: Sequence[_Part], breaks: Sequence[int]) -> Tip:
    pieces = [f"{_one_line(signature.name)}("]
    length = len(pieces[0])
    start = end = 0
    breaking = set(breaks)
    for index, part in enumerate(parts):
        gap = ("," if index else "") + (f"\n{_INDENTATION}" if index in breaking else "")
        if index and index not in breaking:
            gap += " "
        if part.is_current:
            start = length + len(gap)
            end = start + len(part.text)
        pieces += [gap, part.text]
        length += len(gap) + len(part.text)
    pieces.append(f"){_returns(signature)}")
    return Tip("".join(pieces), start, end)


def _parts(signature: Signature, current: int | None) -> Iterator[_Part]:
    """Yield the parameters and, where they are written as Python's, the marks between them."""
    parameters = signature.parameters
    marked = all(one.written is None for one in parameters)
    before: Kind | None = None
    for index, one in enumerate(parameters):
        if marked and before is Kind.POSITIONAL_ONLY is not one.kind:
            yield _Part("/")
        if marked and one.kind is Kind.KEYWORD_ONLY and before not in _AFTER_STAR:
            yield _Part("*")
        yield _Part(_written(one), index == current)
        before = one.kind
    if marked and before is Kind.POSITIONAL_ONLY:
        yield _Part("/")


_AFTER_STAR: Final = (Kind.VAR_POSITIONAL, Kind.KEYWORD_ONLY)
_STARS: Final = {Kind.VAR_POSITIONAL: "*", Kind.VAR_KEYWORD: "**"}


def _written(parameter: Parameter) -> str:
    if parameter.written is not None:
        return _shortened(parameter.written)
    text = _STARS.get(parameter.kind, "") + parameter.name
    if parameter.annotation is not None:
        text += f": {_shortened(parameter.annotation)}"
    if parameter.default is not None:
        equals = "=" if parameter.annotation is None else " = "
        text += equals + _shortened(parameter.default)
    return text


def _returns(signature: Signature) -> str:
    return "" if signature.returns is None else f" -> {_shortened(signature.returns)}"


def _shortened(text: str) -> str:
    text = _one_line(text)
    if len(text) <= LONGEST_PART:
        return text
    half = (LONGEST_PART - 3) // 2
    return f"{text[:half]} … {text[-half:]}"


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
