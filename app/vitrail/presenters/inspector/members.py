"""What an object holds, asked for while somebody looks, level by level and page by page."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.member_answers import inside_of
from vitrail.presenters.inspector.member_runs import MemberRuns
from vitrail.presenters.probe import ANSWER_S, speaks_python
from vitrail_resources.translation import tr
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import OPEN, Inside, Members
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

PAGE: Final = 200
"""Rows that are asked for at once."""

RENEWED_MOST: Final = 2000
"""Rows of a group that are asked for again after a cell."""


OTHER_LANGUAGE: Final = tr("This kernel cannot tell what an object holds.")

Work = Callable[[], Awaitable[None]]


class MembersPresenter:
    """Asks what a target holds, and whatever one opens below it.

    Questions go aside, one after the other, and run nothing of the user's. While they cannot be
    put, what is known stays and is called stale.

    Attributes:
        snapshot: What is known.
        changed: Called when that is something else.
        runs: Runs what the user clicks, between two cells.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.snapshot: Known[Members] = Known()
        self.changed: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._is_renewal_due = False
        self._members = Members()
        self.runs = MemberRuns(presenter, self._take_runs)
        presenter.probed.append(self.refresh)

    def show(self, target: Target | None) -> None:
        """Look at another target, or at none."""
        if target == self.snapshot.target:
            if self.snapshot.freshness is not Freshness.FRESH:
                self.refresh()
            return
        self._stop()
        self.runs.leave()
        self._members = Members(target or Target(""))
        self._take(Known(target))
        if target is not None:
            self._begin(partial(self._look, target, OPEN))

    def refresh(self) -> None:
        """Ask again for all that is known; it stays until the answers are there."""
        if self.snapshot.target is not None and not self._is_renewal_due:
            self._is_renewal_due = True
            self._begin(self._renew)

    def open(self, target: Target) -> None:
        """Look into what a row stands for."""
        place = self._members.place_of(target)
        if place not in self._members.inside:
            self._begin(partial(self._look, place, OPEN))

    def open_group(self, place: Target, group: str) -> None:
        """Ask for further rows of a group: the first ones, or those behind the ones there are.

        Args:
            place: What holds them, as `Members.place_of` says.
            group: One of `TITLES`.
        """
        self._begin(partial(self._page, place, group))

    def sift(self, typed: str) -> None:
        """Have names looked for in the kernel where not all of them are here."""
        known, match = self._members, typed.strip()
        if self.snapshot.target is None or match == known.match:
            return
        inside = known.inside.get(known.target, Inside())
        is_partial = any(each.missing for each in inside.groups if each.name in OPEN)
        if is_partial or known.match:
            self._members = replace(known, match=match)
            self._begin(partial(self._look, known.target, OPEN))

    def close(self) -> None:
        """Ask no more; what was kept in the kernel is let go."""
        if self.refresh in self._presenter.probed:
            self._presenter.probed.remove(self.refresh)
        self._stop()
        self.runs.close()

    # Asking

    async def _look(self, place: Target, groups: Iterable[str]) -> None:
        found = await self._ask(place, groups)
        if found is not None:
            self._put({place: found})

    async def _page(self, place: Target, group: str) -> None:
        known = self._members.inside.get(place, Inside())
        before = known.group(group)
        found = await self._ask(place, (group,), after=len(before.rows))
        if found is not None and self._members.inside.get(place) == known:
            self._put({place: known.extended(found.group(group))})

    async def _renew(self) -> None:
        """Ask again, from the target down; what is gone takes along what was below it."""
        self._is_renewal_due = False
        before = self._members
        renewed: dict[Target, Inside] = {}
        known = dict(before.inside) or {before.target: Inside()}
        for place in sorted(known, key=lambda each: len(each.steps)):
            found = await self._ask_again(place, known[place])
            if found is not None:
                renewed[place] = found
            elif place == before.target or self.snapshot.freshness is not Freshness.FRESH:
                return
        self._put(renewed, only=True)

    async def _ask_again(self, place: Target, known: Inside) -> Inside | None:
        groups = {*OPEN, *(each.name for each in known.groups if each.rows)}
        longest = max((len(each.rows) for each in known.groups), default=0)
        return await self._ask(place, groups, most=min(max(PAGE, longest), RENEWED_MOST))

    async def _ask(
        self, place: Target, groups: Iterable[str], *, after: int = 0, most: int = PAGE
    ) -> Inside | None:
        """Return what the kernel tells; None for nothing, which is noted."""
        probe, client = self._presenter.probe, self._presenter.client
        if client is not None and client.kernel_info and not speaks_python(client.kernel_info):
            self._take(Known(self.snapshot.target, None, Freshness.UNABLE, reason=OTHER_LANGUAGE))
            return None
        told: dict[str, Any] = {}
        if probe is not None:
            match = self._members.match if place == self._members.target else ""
            fields = {"path": place.path, "groups": list(groups), "match": match}
            told = await probe.told("members", ANSWER_S, after=after, most=most, **fields)
        found = inside_of(told.get("ok"))
        if found is None:
            self._note_nothing(place, is_unknown="unknown" in told)
        return found

    def _note_nothing(self, place: Target, *, is_unknown: bool) -> None:
        """Keep what was told before: the kernel cannot say now, or what it was about is gone."""
        target = self._members.target
        if not is_unknown:
            self._take(replace(self.snapshot, freshness=Freshness.STALE))
        elif place == target:
            reason = tr("The kernel knows no {name}.", name=target.text)
            self._take(Known(target, None, Freshness.UNABLE, self._count, reason))
        else:
            self._put({place: Inside()})

    def _put(self, told: dict[Target, Inside], *, only: bool = False) -> None:
        inside = told if only else {**self._members.inside, **told}
        self._members = replace(self._members, inside=inside)
        self._take(Known(self._members.target, self._members, Freshness.FRESH, self._count))

    def _take_runs(self) -> None:
        self._members = replace(self._members, runs=dict(self.runs.known))
        if self.snapshot.about is not None:
            self._take(replace(self.snapshot, about=self._members))

    def _take(self, snapshot: Known[Members]) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()

    @property
    def _count(self) -> int | None:
        return self._presenter.execution.last_count

    # Work

    def _begin(self, work: Work) -> None:
        task = asyncio.get_running_loop().create_task(self._in_turn(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, work: Work) -> None:
        async with self._turn:
            await work()

    def _stop(self) -> None:
        self._is_renewal_due = False
        for task in self._tasks:
            task.cancel()
