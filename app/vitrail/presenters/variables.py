"""The variables of a console's kernel, asked for after each cell while somebody looks."""

import asyncio
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

import msgspec

from vitrail.kernel.client import KernelClient
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.probe import speaks_python
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.variables.variable import Freshness, Snapshot, Variable, changed_names, filled

MOST: Final = 20_000
"""Variables that are asked for; who has more wants a search in the kernel."""

PAGE_MS: Final = 50.0
"""Of the kernel's time, for one answer."""

COST_MS: Final = 50.0
"""Of the kernel's time that a list may take unless the user asked for it; what there is no time for
is told in brief, or left out."""

DETAILS_MOST: Final = 200
"""Brief rows that are asked for at once, in full."""

Row = tuple[str, str, str, str, int | None, str | None, int]
"""What the probe tells of a variable, in the order of `Variable`; no preview in a brief row."""


class Variables:
    """Keeps a list of the variables.

    A question goes aside and runs nothing of the user's. While it cannot be put, the last
    list stays and is called stale.

    Attributes:
        snapshot: What is known.
        changed: Called when that is something else.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.snapshot = Snapshot()
        self.changed: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._is_watched = self._is_due = self._is_thorough = False
        self._lacking: list[str] = []
        self._asking: asyncio.Task[None] | None = None
        presenter.followers.append(self._follow)
        presenter.probed.append(self._ask_soon)

    def watch(self, *, watched: bool) -> None:
        """Begin to follow the kernel, or leave it alone."""
        if watched != self._is_watched:
            self._is_watched = watched
            self._ask_soon()

    def refresh(self) -> None:
        """Ask now, whatever it costs; also while a cell runs, where the kernel can answer then."""
        self._is_thorough = True
        self._ask_soon()

    def complete(self, names: Iterable[str]) -> None:
        """Ask for all that is to be told of variables of which rows are brief."""
        if self._is_watched and self.snapshot.freshness is Freshness.FRESH:
            self._lacking = list(names)[:DETAILS_MOST]
            self._start()

    def lost(self) -> None:
        """Take note that the kernel is gone; the list is of what it was."""
        self._take_nothing()

    def close(self) -> None:
        """Ask no more."""
        self._is_watched = self._is_due = False
        if self._asking is not None:
            self._asking.cancel()

    def _follow(self, changes: Iterable[Change]) -> None:
        if self._is_watched and any(map(self._ended, changes)):
            self._ask_soon()
        elif self._is_watched and self._presenter.probe and self._presenter.probe.is_deaf:
            self._take_nothing()

    def _ended(self, change: Change) -> bool:
        if not isinstance(change, EntryChanged):
            return False
        cell = self._presenter.execution.transcript.cell(change.entry_id)
        return isinstance(cell, Cell) and cell.status.is_finished

    def _ask_soon(self) -> None:
        self._is_due = self._is_watched
        if self._is_due:
            self._start()

    def _start(self) -> None:
        if self._asking is None:
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())
            self._asking.add_done_callback(self._on_asking_done)

    def _on_asking_done(self, _: asyncio.Task[None]) -> None:
        self._asking = None
        if self._is_due:  # it was asked for after the last answer, and before this
            self._ask_soon()

    async def _ask_while_due(self) -> None:
        while self._is_due or self._lacking:
            if self._is_due:
                self._is_due = False
                self._lacking = []
                await self._ask()
            else:
                names, self._lacking = self._lacking, []
                await self._ask_in_full(names)

    async def _ask(self) -> None:
        probe, client = self._presenter.probe, self._presenter.client
        if probe is None or client is None or client.kernel_info is None:
            return
        if not speaks_python(client.kernel_info):
            await self._ask_another(client, client.kernel_info.language_info.name)
            return
        left_ms = math.inf if self._is_thorough else COST_MS
        self._is_thorough = False
        rows: list[Variable] = []
        cost_ms, is_complete = 0.0, False
        while not is_complete and len(rows) < MOST and cost_ms < left_ms:
            budget_ms = min(PAGE_MS, left_ms - cost_ms)
            answer = await probe.ask("variables", after=len(rows), budget_ms=budget_ms)
            page = _variables(answer)
            if not page and not answer.get("complete"):
                self._take_nothing()
                return
            rows += page
            cost_ms += answer.get("ms", 0.0)
            is_complete = bool(answer.get("complete"))
        if any(row.is_brief for row in rows):
            rows = filled(rows, self.snapshot.rows)
            await asyncio.sleep(0)  # ten thousand take a while; the window has its turn between
        self._take_rows(rows, round(cost_ms, 2), is_cut=not is_complete)

    async def _ask_another(self, client: KernelClient, language: str) -> None:
        """Ask a kernel of another language by what it has, if anything."""
        if language.lower() != "r":
            reason = tr("Kernels of {language} do not tell their variables.", language=language)
            self._take(Snapshot(freshness=Freshness.UNABLE, reason=reason if language else ""))
            return
        from vitrail.presenters.r_variables import r_variables

        rows = await r_variables(client)
        if rows is None:
            self._take_nothing()
        else:
            self._take_rows(rows, None, is_cut=False)

    async def _ask_in_full(self, names: list[str]) -> None:
        probe, before = self._presenter.probe, self.snapshot
        answer = await probe.ask("previews", names=names) if probe is not None else {}
        told = {row.name: row for row in _variables(answer)}
        if told and self.snapshot is before:
            rows = tuple(told.get(row.name, row) for row in before.rows)
            cost_ms = round((before.cost_ms or 0.0) + answer.get("ms", 0.0), 2)
            self._take(replace(before, rows=rows, cost_ms=cost_ms))

    def _take_rows(self, rows: list[Variable], cost_ms: float | None, *, is_cut: bool) -> None:
        before = self.snapshot
        had_some = before.freshness in (Freshness.FRESH, Freshness.STALE)
        self._take(
            Snapshot(
                tuple(rows),
                Freshness.FRESH,
                changed_names(before.rows, rows) if had_some else frozenset(),
                self._presenter.execution.last_count,
                cost_ms,
                is_cut,
            )
        )

    def _take_nothing(self) -> None:
        """Keep what was told before: the kernel cannot say now."""
        if self.snapshot.freshness is Freshness.FRESH:
            stale = Freshness.STALE
            self._take(replace(self.snapshot, freshness=stale, changed=frozenset()))

    def _take(self, snapshot: Snapshot) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()


def _variables(answer: dict[str, Any]) -> list[Variable]:
    """Return the rows of the probe's answer, without what is none."""
    found: list[Variable] = []
    for told in answer.get("variables", ()):
        try:
            name, kind, type_name, size, memory, preview, identity = msgspec.convert(told, Row)
        except msgspec.ValidationError:
            continue
        is_brief, text = preview is None, preview or ""
        found.append(Variable(name, kind, type_name, size, memory, text, identity, is_brief))
    return found
