"""What a value holds, and what was opened below it, as the members of a tree; pure."""

from collections.abc import Mapping
from typing import Final

from vitrail_widgets.objects.members import ITEMS, Group, Inside, Mark, Member, Members
from vitrail_widgets.objects.target import Step, Target
from vitrail_widgets.objects.value import Item, Items

ABSENT: Final = "absent"
"""Kind of a step to what is not there: a field without a value."""

MOST_BELOW: Final = 1000
"""Items that stand below another one; of a longer one they are paged through by themselves."""


def tree_of(
    target: Target, identity: int, body: Items, branches: Mapping[Target, Items]
) -> Members:
    """Return the items of a page, and those of what was opened below.

    Args:
        target: What holds them.
        identity: Of that.
        body: The page of its items that is looked at.
        branches: The first items of what was opened, by where it stands.
    """
    inside = {place: _inside(items.rows, items.total, 0) for place, items in branches.items()}
    inside[target] = _inside(body.rows, len(body.rows), identity)
    return Members(target, inside)


def _inside(rows: tuple[Item, ...], total: int, identity: int) -> Inside:
    groups = (Group(ITEMS, total, tuple(map(_member, rows))),) if total else ()
    return Inside(groups, identity=identity)


def step_of(item: Item) -> Step:
    """Return what leads to an item from what holds it."""
    if not item.kind:
        return Step(ABSENT, item.label, item.label)
    return Step(item.kind, item.at, item.code or item.label)


def _member(item: Item) -> Member:
    return Member(
        step_of(item),
        item.label,
        "",
        item.type,
        item.size,
        item.preview,
        mark=Mark.KNOWN if item.kind else Mark.EMPTY,
        expands=item.opens,
        identity=item.identity,
    )
