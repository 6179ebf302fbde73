"""What stands below a value: what its items hold, as far as somebody has opened them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import msgspec

from vitrail.presenters.console import ConsolePresenter
from vitrail_widgets.objects.holding import MOST_BELOW, step_of
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Item, Items

PAGE: Final = 200
"""Items that are asked for at once."""

RENEWED_PLACES: Final = 50
"""Objects that are looked into again after a cell; those that were opened last."""


class _Answer(msgspec.Struct):
    rows: tuple[Item, ...]
    offset: int
    total: int


class Branches:
    """Asks what items hold, when they are opened; nothing of the user's is run for it.

    Attributes:
        known: The first items of what was opened, by where it stands.
    """

    def __init__(self, presenter: ConsolePresenter, changed: Callable[[], object]) -> None:
        """Begin with nothing.

        Args:
            presenter: Of the console.
            changed: Called when something else is known because it was opened.
        """
        self.known: Mapping[Target, Items] = {}
        self._presenter = presenter
        self._changed = changed
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, place: Target) -> None:
        """Find out what an object holds, or more of it: `MOST_BELOW` items, and no more."""
        task = asyncio.get_running_loop().create_task(self._open(place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def clear(self) -> None:
        """Forget all."""
        self.known = {}
        for task in self._tasks:
            task.cancel()

    async def renew(self, root: Target, body: Items) -> None:
        """Ask again; what is gone takes along what was below it.

        Args:
            root: What is looked at.
            body: The page of its items that is seen.
        """
        before = self.known
        found = {root: body}
        last = list(before.items())[-RENEWED_PLACES:]
        for place, items in sorted(last, key=lambda each: len(each[0].steps)):
            if _is_held(place, found):
                most = min(max(PAGE, len(items.rows)), MOST_BELOW)
                told = await self._ask(place, 0, most)
                found[place] = items if told is None else replace(told, page=len(told.rows))
        if before.keys() <= self.known.keys():  # it was not cleared meanwhile
            since = {at: one for at, one in self.known.items() if before.get(at) is not one}
            self.known = {at: one for at, one in found.items() if at != root} | since

    async def _open(self, place: Target) -> None:
        before = self.known.get(place)
        after = len(before.rows) if before else 0
        most = min(PAGE, MOST_BELOW - after)
        told = await self._ask(place, after, most) if most > 0 else None
        if told is None or self.known.get(place) != before:
            return
        rows = before.rows + told.rows if before else told.rows
        self.known = {**self.known, place: replace(told, rows=rows, offset=0, page=len(rows))}
        self._changed()

    async def _ask(self, place: Target, after: int, most: int) -> Items | None:
        """Return what the kernel tells; nothing held where it knows no such place."""
        probe = self._presenter.probe
        if probe is None:
            return None
        told = await probe.told("held", path=place.path, after=after, most=most)
        if "unknown" in told:
            return Items((), 0, 0, 0)
        try:
            answer = msgspec.convert(told.get("ok"), _Answer)
        except msgspec.ValidationError:
            return None
        return Items(answer.rows, answer.offset, answer.total, most)


def _is_held(place: Target, known: Mapping[Target, Items]) -> bool:
    """Tell whether an item that was opened still stands where it stood."""
    holder = known.get(place.parent) if place.parent is not None else None
    return holder is not None and any(step_of(row) == place.steps[-1] for row in holder.rows)
