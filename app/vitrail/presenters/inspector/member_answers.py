"""What the probe says of members, as values."""

from typing import Any

import msgspec

from vitrail_widgets.objects.members import Group, Inside, Mark, Member
from vitrail_widgets.objects.target import Step

_Row = tuple[str, str | int, str, str, str, str, str, str, str, Mark, bool, int]
"""step, at, text, name, kind, type, size, preview, origin, mark, expands, identity."""

_Result = tuple[str, str, str, str, bool, int]
"""kind, type, size, preview, expands, identity."""

ITERATED = "⟨items⟩"


class _Answer(msgspec.Struct):
    groups: list[tuple[str, int, list[_Row]]]
    type: str = ""
    made_up: bool = False
    identity: int = 0


def inside_of(answer: Any) -> Inside | None:
    """Return what an answer says an object holds; None for what is no answer."""
    try:
        told = msgspec.convert(answer, _Answer)
    except msgspec.ValidationError:
        return None
    groups = tuple(
        Group(name, total, tuple(map(_member, rows))) for name, total, rows in told.groups
    )
    return Inside(groups, told.type, told.made_up, told.identity)


def _member(row: _Row) -> Member:
    kind_of_step, at, text, name = row[:4]
    if kind_of_step == "items":
        text, name = ITERATED, "items"
    step = Step(kind_of_step, at, text or name)
    return Member(step, name, *row[4:])


def result_of(row: Any, number: int, member: Step) -> Member | None:
    """Return what running a member gave, reached by its number; None for what is no row."""
    try:
        kind, type_name, size, preview, expands, identity = msgspec.convert(row, _Result)
    except msgspec.ValidationError:
        return None
    step = Step("kept", number, member.text)
    return Member(step, "", kind, type_name, size, preview, expands=expands, identity=identity)


def error_of(told: Any) -> tuple[str, str, str]:
    """Return the type of an error, what it said, and where it came from."""
    try:
        return msgspec.convert(told, tuple[str, str, str])
    except msgspec.ValidationError:
        return ("Error", "", "")
