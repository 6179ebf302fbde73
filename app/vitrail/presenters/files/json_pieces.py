"""JSON written piece by piece, for values that are too long to be made at once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from vitrail_widgets.transcript.mime import LongJson


class LongList:
    """A list of texts that are made while it is written.

    Attributes:
        blocks: Its items, some at a time; read once.
    """

    def __init__(self, blocks: Iterable[Sequence[str]]) -> None:
        self.blocks = blocks


def dumps(value: Any, depth: int = 0) -> str:
    """Return a value as JSON in the layout of nbformat: keys sorted, indented by one blank.

    Args:
        value: Of JSON's types.
        depth: How deep it stands in what it is a part of.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    return text.replace("\n", "\n" + " " * depth) if depth else text


def json_pieces(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield a value as `dumps` has it, in pieces: a `LongList` in it is written as it is made."""
    if isinstance(value, LongList):
        return _long(value, depth)
    if isinstance(value, LongJson):
        return iter((value,))
    if not is_long(value):
        return iter((dumps(value, depth),))
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        pairs = ((f"{dumps(key)}: ", members[key]) for key in sorted(members))
        return joined(pairs, "{}", depth)
    return joined((("", item) for item in value), "[]", depth)


def is_long(value: Any) -> bool:
    """Say whether there is something in a value that `json` would not write as it is meant."""
    if isinstance(value, Mapping):
        return any(map(is_long, cast("Mapping[str, Any]", value).values()))
    if isinstance(value, list):
        return any(map(is_long, cast("list[object]", value)))
    return isinstance(value, LongList | LongJson)


def joined(members: Iterable[tuple[str, Any]], brackets: str, depth: int) -> Iterator[str]:
    """Yield an object or a list, member by member.

    Args:
        members: What stands before each value, and the value; read while it is written.
        brackets: Both of them.
        depth: As for `dumps`.
    """
    before = brackets[0]
    for opening, value in members:
        yield f"{before}\n{' ' * (depth + 1)}{opening}"
        yield from json_pieces(value, depth + 1)
        before = ","
    yield brackets if before == brackets[0] else f"\n{' ' * depth}{brackets[1]}"


def _long(value: LongList, depth: int) -> Iterator[str]:
    before, between = "[", f",\n{' ' * (depth + 1)}"
    for block in value.blocks:
        if block:
            yield f"{before}\n{' ' * (depth + 1)}{between.join(map(_text, block))}"
            before = ","
    yield "[]" if before == "[" else f"\n{' ' * depth}]"


_text = json.JSONEncoder(ensure_ascii=False).encode
