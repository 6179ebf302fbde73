"""Which parameter an argument is for; Python's own rules, as `inspect.Signature.bind_partial`."""

from collections.abc import Iterator
from dataclasses import dataclass

from vitrail_widgets.signature.call import Argument, Call, Spelling
from vitrail_widgets.signature.enclosing import enclosing_call
from vitrail_widgets.signature.lexicon import lexicon_of
from vitrail_widgets.signature.model import Kind, Signature

_BY_NAME = (Kind.POSITIONAL_OR_KEYWORD, Kind.KEYWORD_ONLY)
_BY_POSITION = (Kind.POSITIONAL_ONLY, Kind.POSITIONAL_OR_KEYWORD)


@dataclass(frozen=True, slots=True)
class Current:
    """Where the cursor is.

    Attributes:
        call: The call it is in.
        parameter: Index in the signature of the parameter meant; None where none can be, or where
            an unpacked argument before it hides which one it is.
    """

    call: Call
    parameter: int | None


def current_parameter(
    code: str, cursor: int, signature: Signature | None, language: str = "python"
) -> Current | None:
    """Return the call that the cursor is in and which parameter of it; None outside of calls.

    Args:
        code: Anything that is being typed.
        cursor: Offset in code points; beyond the ends counts as there.
        signature: Of the call's callee; None while nobody knows it.
        language: As `kernel_info_reply.language_info` names it.
    """
    call = enclosing_call(code, cursor, language)
    if call is None:
        return None
    named_first = lexicon_of(language).named_first
    return Current(call, _Binding(call, signature, named_first).index() if signature else None)


class _Binding:
    def __init__(self, call: Call, signature: Signature, named_first: bool) -> None:
        self._arguments = call.arguments
        self._current = call.current
        self._parameters = signature.parameters
        self._named_first = named_first

    def index(self) -> int | None:
        """Return the index of the parameter that the current argument is for."""
        argument = self._arguments[self._current]
        if argument.spelling is Spelling.KEYWORD:
            return self._named(argument.name)
        if argument.spelling is Spelling.UNPACKED_MAPPING:
            return self._first(Kind.VAR_KEYWORD)
        if argument.spelling is Spelling.UNPACKED:
            return self._next_slot()
        return self._positional(argument)

    def _positional(self, argument: Argument) -> int | None:
        before = self._arguments[: self._current]
        after_names = not self._named_first and any(
            one.spelling in (Spelling.KEYWORD, Spelling.UNPACKED_MAPPING) for one in before
        )
        slot = None if after_names else self._next_slot()
        if slot is not None or not (argument.is_empty or argument.name):
            return slot
        return self._keyword_to_be(argument.name)

    def _next_slot(self) -> int | None:
        """Return what the next positional argument fills, if what was unpacked lets one know."""
        before = self._arguments[: self._current]
        skipped = sum(one.spelling is Spelling.POSITIONAL for one in before)
        slots = list(self._slots())
        left = slots[skipped:]
        rest = self._first(Kind.VAR_POSITIONAL)
        if not left:
            return rest
        hidden = any(one.spelling is Spelling.UNPACKED for one in before)
        return None if hidden else left[0]

    def _slots(self) -> Iterator[int]:
        """Yield the parameters that positional arguments fill, one each."""
        taken = self._names() if self._named_first else set[str]()
        for index, parameter in enumerate(self._parameters):
            if parameter.kind in _BY_POSITION and parameter.name not in taken:
                yield index

    def _names(self) -> set[str]:
        others = (*self._arguments[: self._current], *self._arguments[self._current + 1 :])
        return {one.name for one in others if one.spelling is Spelling.KEYWORD}

    def _named(self, name: str) -> int | None:
        for index, parameter in enumerate(self._parameters):
            if parameter.kind in _BY_NAME and parameter.name == name:
                return index
        if not self._named_first:
            return self._first(Kind.VAR_KEYWORD)
        partly = [i for i in self._slots() if name and self._parameters[i].name.startswith(name)]
        return partly[0] if len(partly) == 1 else self._first(Kind.VAR_POSITIONAL)

    def _keyword_to_be(self, beginning: str) -> int | None:
        """Return the first parameter that a name may be about to be given for."""
        taken = self._names()
        filled = sum(
            one.spelling is Spelling.POSITIONAL for one in self._arguments[: self._current]
        )
        free = [
            index
            for index, parameter in enumerate(self._parameters)
            if parameter.kind in _BY_NAME
            and parameter.name not in taken
            and (parameter.kind is Kind.KEYWORD_ONLY or index >= filled)
        ]
        exact = [index for index in free if self._parameters[index].name == beginning]
        begun = [index for index in free if self._parameters[index].name.startswith(beginning)]
        found = exact or begun
        if found:
            return found[0]
        return None if beginning else self._first(Kind.VAR_KEYWORD)

    def _first(self, kind: Kind) -> int | None:
        kinds = (parameter.kind for parameter in self._parameters)
        return next((index for index, one in enumerate(kinds) if one is kind), None)
