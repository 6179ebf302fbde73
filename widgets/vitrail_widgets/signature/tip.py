"""A signature as the text of a call tip, and where in it the current parameter is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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


def fitted(signature: Signature, current: int | None = None, *, columns: int, rows: int) -> Tip:
    """Return the tip on one line if that is short enough, else wrapped, on so many lines at most.

    Of a signature that takes more, only the current parameter keeps its annotation; if that does
    not do, the lines around that parameter are left, between "…".
    """
    tip = one_line(signature, current)
    if len(tip.text) <= columns:
        return tip
    tip = wrapped(signature, current, columns=columns)
    if tip.text.count("\n") >= rows:
        tip = wrapped(_without_types(signature, current), current, columns=columns)
    return _around(tip, rows) if tip.text.count("\n") >= rows else tip


def _without_types(signature: Signature, current: int | None) -> Signature:
    parameters = (
        one if index == current or one.written is not None else replace(one, annotation=None)
        for index, one in enumerate(signature.parameters)
    )
    return replace(signature, parameters=tuple(parameters))


def _around(tip: Tip, rows: int) -> Tip:
    """Return the first line of a tip, and those around the current parameter."""
    lines = tip.text.split("\n")
    at = tip.text.count("\n", 0, tip.start)
    if at < rows - 1:  # the last one kept may be cut
        return replace(tip, text="\n".join([*lines[: rows - 1], f"{_INDENTATION}…"]))
    first = min(at - (rows - 2) // 2, len(lines) - rows + 1)
    kept = lines[first : first + rows - 1]
    if first + len(kept) < len(lines):
        kept[-1] += " …"
    head = f"{lines[0].partition('(')[0]}(…,"
    shift = len(head) - sum(len(line) + 1 for line in lines[:first]) + 1
    return Tip("\n".join([head, *kept]), tip.start + shift, tip.end + shift)


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
