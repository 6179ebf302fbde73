"""The variables of a console's kernel, asked for after each cell while somebody looks."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.probe import speaks_python
from vitrail.presenters.python_variables import PythonVariables
from vitrail.protocol.replies import KernelInfoReply
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.variables.variable import Freshness, Snapshot, Variable, changed_names

COST_MS: Final = 50.0
"""Of the kernel's time that a list may take unless the user asked for it; what there is no time for
is told in brief, or left out."""

DETAILS_MOST: Final = 200
"""Brief rows that are asked for at once, in full."""


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
        self._told = PythonVariables()
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
        """Ask no more; the kernel forgets what it told."""
        self._is_watched = self._is_due = False
        if self._asking is not None:
            self._asking.cancel()
        if self._presenter.probe is not None:
            self._told.close(self._presenter.probe)

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
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())

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
        if not speaks_python(client.kernel_info) or probe.is_refused:
            await self._ask_without_probe(client, client.kernel_info)
            return
        most_ms = math.inf if self._is_thorough else COST_MS
        self._is_thorough = False
        if await self._told.ask(probe, most_ms):
            self._take_rows(self._told)
        else:
            self._take_nothing()

    async def _ask_without_probe(self, client: KernelClient, info: KernelInfoReply) -> None:
        """Ask a kernel by what it has, if anything: its language's own way, or its debugger."""
        ask = _way_of(info)
        rows = None if ask is None else await ask(client)
        if rows is not None:
            self._take_all(rows)
        elif ask is None:
            self._take(Snapshot(freshness=Freshness.UNABLE, reason=_why_unable(info)))
        elif self.snapshot.freshness is Freshness.UNASKED and not client.running():
            reason = tr("This kernel was asked for its variables, and did not tell them.")
            self._take(Snapshot(freshness=Freshness.UNABLE, reason=reason))
        else:
            self._take_nothing()

    async def _ask_in_full(self, names: list[str]) -> None:
        probe, told = self._presenter.probe, self._told
        if probe is not None and await told.complete(probe, names):
            before = self.snapshot
            changed = before.changed | told.changed if told.changed else before.changed
            rows, cost_ms = tuple(told.rows.values()), round(told.cost_ms, 2)
            self._take(replace(before, rows=rows, cost_ms=cost_ms, changed=changed))

    def _take_rows(self, told: PythonVariables) -> None:
        """Show what a Python kernel has told."""
        had_some = self.snapshot.freshness in (Freshness.FRESH, Freshness.STALE)
        changed = frozenset(told.changed) if had_some else frozenset[str]()
        rows, cost_ms = tuple(told.rows.values()), round(told.cost_ms, 2)
        self._take(self._fresh(rows, changed, cost_ms, is_cut=told.is_cut))

    def _take_all(self, rows: list[Variable]) -> None:
        """Show what a kernel of another language has told: each time all of it."""
        had_some = self.snapshot.freshness in (Freshness.FRESH, Freshness.STALE)
        changed = changed_names(self.snapshot.rows, rows) if had_some else frozenset[str]()
        self._take(self._fresh(tuple(rows), changed))

    def _fresh(
        self,
        rows: tuple[Variable, ...],
        changed: frozenset[str],
        cost_ms: float | None = None,
        *,
        is_cut: bool = False,
    ) -> Snapshot:
        count = self._presenter.execution.last_count
        return Snapshot(rows, Freshness.FRESH, changed, count, cost_ms, is_cut)

    def _take_nothing(self) -> None:
        """Keep what was told before: the kernel cannot say now."""
        if self.snapshot.freshness is Freshness.FRESH:
            stale = Freshness.STALE
            self._take(replace(self.snapshot, freshness=stale, changed=frozenset()))

    def _take(self, snapshot: Snapshot) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()


def _why_unable(info: KernelInfoReply) -> str:
    """Return why a kernel cannot be asked; nothing where its language is not known."""
    if speaks_python(info):
        return tr("This kernel ran nothing of what Python kernels are asked for variables by.")
    language = info.language_info.name
    said = tr("Kernels of {language} do not tell their variables.", language=language)
    return said if language else ""


def _way_of(
    info: KernelInfoReply,
) -> Callable[[KernelClient], Awaitable[list[Variable] | None]] | None:
    """Return how a kernel without our probe is asked for its variables; None if it cannot be."""
    match info.language_info.name.lower():
        case "r":
            from vitrail.presenters.r_variables import r_variables

            return r_variables
        case "bash":
            from vitrail.presenters.bash_variables import bash_variables

            return bash_variables
        case _:
            from vitrail.presenters.debugger_variables import can_inspect, debugger_variables

            return debugger_variables if can_inspect(info) else None
