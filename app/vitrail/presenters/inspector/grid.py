"""A table of a console's kernel: its shape, and the pages of it that somebody looks at."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.grid_telling import (
    Opened,
    ToldPage,
    columns_in,
    read,
    summary_in,
    table_of,
)
from vitrail.presenters.inspector.sentences import sentence
from vitrail.presenters.probe import speaks_python
from vitrail_resources.translation import tr
from vitrail_widgets.objects.grid.arrangement import PLAIN, Arrangement
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, Page, Pages, Place, places
from vitrail_widgets.objects.grid.summary import Summary
from vitrail_widgets.objects.grid.table import Cell, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

PATIENCE_S: Final = 10.0
ARRANGING_S: Final = 180.0
"""For sorting hundreds of millions of rows."""

MOST_TOLD: Final = 20_000
"""Columns that are asked for by name."""

PAGE: Final = {"budget_ms": 50, "budget_bytes": 400_000}
GATHERED: Final = 8_000
"""Cells that are fetched at once to be copied."""

LONGEST_COPIED: Final = 100_000
COPIED_BYTES: Final = 20_000_000
"""Characters of one of them at most, and of all of them."""

Taken = Callable[[Sequence[Sequence[Cell]] | None], object]
SUMMARY: Final = {"budget_ms": 200, "budget_bytes": 400_000}
LOST: Final = ("forgotten", "changed")


class Grid:
    """Keeps what is known of one table, and fetches the pages that are looked at.

    Questions go aside and run nothing of the user's. While they cannot be put, what was told
    stays and is called stale.

    Attributes:
        snapshot: What is known of the table.
        pages: What is known of its cells.
        changed: Called when the snapshot is another one.
        arrived: Called when cells have come.
        summaries: What is known of columns as a whole.
        cost_ms: Of the kernel's time that the last question took.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.snapshot: Known[Table] = Known()
        self.summaries: dict[int, Summary] = {}
        self.cost_ms = 0.0
        self.pages = Pages()
        self.changed: Callable[[], object] = lambda: None
        self.arrived: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._view = secrets.token_hex(8)
        self._target: Target | None = None
        self._rows, self._columns = range(0), tuple[int, ...]()
        self._arrangement = PLAIN
        self._refusal = ""  # what was said of an order that the table does not have
        self._slice: dict[str, Any] = {}
        self._due_summaries: list[int] = []
        self._finding: asyncio.Task[None] | None = None
        self._gathering: set[asyncio.Task[None]] = set()
        self._is_due = self._is_wanted = self._is_kept = False
        self._is_other = False  # than what is shown: what the kernel has opened for us
        self._asking: asyncio.Task[None] | None = None
        presenter.probed.append(self.refresh)

    def show(self, target: Target | None) -> None:
        """Show another object, or the same again."""
        if target == self._target:
            self.refresh()
            return
        self._target = target
        self._rows, self._columns = range(0), ()
        self._arrangement, self._refusal = PLAIN, ""
        self._slice = {}
        self.pages.clear()
        self.summaries.clear()
        self._take(Known(target))
        self.refresh()

    def refresh(self) -> None:
        """Ask again; what is shown stays until the answer is there."""
        self._is_due = self._target is not None
        self._ask_soon()

    def look(self, rows: range, columns: Sequence[int]) -> None:
        """Fetch what is not there yet of these cells; what was looked at before can wait."""
        self._rows, self._columns = rows, tuple(columns)
        if self.pages.lacking(rows, columns):
            self._ask_soon()

    def find(
        self, text: str, column: int, first: int, step: int, found: Callable[[int | None], object]
    ) -> None:
        """Look for a text in a column from a row on; hand over the row, None for none.

        What was looked for before is given up.

        Args:
            text: In any case.
            column: Where.
            first: The first row that is looked at.
            step: 1 looks downwards, -1 upwards.
            found: Takes the row.
        """
        if self._finding is not None:
            self._finding.cancel()
        task = self._finding = asyncio.get_running_loop().create_task(
            self._find(text, column, first, step, found)
        )
        self._gathering.add(task)
        task.add_done_callback(self._gathering.discard)

    async def _find(
        self, text: str, column: int, first: int, step: int, found: Callable[[int | None], object]
    ) -> None:
        at: int | None = first
        while at is not None:
            told = await self._ask(
                "grid_find", PATIENCE_S, text=text, column=column, first=at, step=step
            )
            row, at = told.get("row"), told.get("next")
            if isinstance(row, int):
                found(row)
                return
        found(None)

    def summarize(self, columns: Sequence[int]) -> None:
        """Find out about columns as a whole, once cells have come; those asked before can wait."""
        self._due_summaries = [each for each in columns if each not in self.summaries]
        if self._due_summaries:
            self._ask_soon()

    def gather(self, rows: range, columns: Sequence[int], taken: Taken) -> None:
        """Fetch cells of any length, and hand them over; None if the kernel cannot tell."""
        task = asyncio.get_running_loop().create_task(self._gather(rows, columns, taken))
        self._gathering.add(task)
        task.add_done_callback(self._gathering.discard)

    async def _gather(self, rows: range, columns: Sequence[int], taken: Taken) -> None:
        cells: list[list[Cell]] = [[] for _ in columns]
        table = self.snapshot.about
        step = max(1, GATHERED // max(1, len(columns)))
        for first in range(rows.start, rows.stop, step):
            count = min(step, rows.stop - first)
            page = await self._cells(
                first, count, columns, longest=LONGEST_COPIED, budget_bytes=COPIED_BYTES
            )
            is_whole = isinstance(page, Page) and all(len(each) == count for each in page.cells)
            if not isinstance(page, Page) or not is_whole or self.snapshot.about is not table:
                taken(None)
                return
            for column, found in zip(cells, page.cells, strict=True):
                column.extend(found)
        taken(cells)

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and sift the rows; those that are seen stay until the others are there."""
        table = self.snapshot.about
        if table is not None:
            self._arrangement = arrangement
            self._take(replace(self.snapshot, about=replace(table, wanted=arrangement)))
            self.refresh()

    def slice(self, changes: dict[str, Any]) -> None:
        """Look at another plane of an array; that of before stays until it is there.

        Args:
            changes: `axes` or `at`, as in `Plane`.
        """
        self._slice = self._slice | changes
        self.refresh()

    def close(self) -> None:
        """Ask no more; the kernel forgets the order of the rows."""
        if self.refresh in self._presenter.probed:
            self._presenter.probed.remove(self.refresh)
        self._target, self._is_due = None, False
        for task in (*self._gathering, *([self._asking] if self._asking else [])):
            task.cancel()
        if self._is_kept and self._presenter.probe is not None:
            self._presenter.probe.let_go("grid_close", view=self._view)

    # -- asking

    def _ask_soon(self) -> None:
        self._is_wanted = True
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())

    async def _ask_while_due(self) -> None:
        """Ask one thing after another; what is wanted while an answer is awaited counts too."""
        while self._target is not None:
            self._is_wanted = False
            if self._is_due:
                self._is_due = False
                await self._open(self._target)
            elif not await self._tell_more() and not self._is_wanted:
                return

    async def _tell_more(self) -> bool:
        """Ask for what is most wanted of the table; say whether to go on."""
        if lacking := self._lacking() or self._lacking(ROWS):
            return await self._fetch(lacking[0])
        if self._due_summaries:
            await self._summarize(self._due_summaries.pop(0))
            return True
        return await self._name_columns()

    def _lacking(self, around: int = 0) -> list[Place]:
        """Return the pages that are not there of what is looked at, and so many rows around."""
        table = self.snapshot.about
        if table is None or not self._rows:
            return []
        first, last = self._rows.start - around, min(self._rows.stop + around, table.shown)
        return self.pages.lacking(range(max(0, first), last), self._columns)

    async def _open(self, target: Target) -> None:
        """Look at the object anew: it may be another one, or none."""
        client = self._presenter.client
        if client is None or client.kernel_info is None:
            return
        if not speaks_python(client.kernel_info):
            self._take(Known(target, None, Freshness.UNABLE))
            return
        wanted = self._arrangement
        patience = PATIENCE_S if wanted == PLAIN else ARRANGING_S
        self._is_kept = True
        fields = {"sort": wanted.sort, "filters": wanted.filters, "slice": self._slice}
        told = await self._ask("grid_open", patience, path=target.path, **fields)
        if target != self._target:
            return
        opened = read(told, Opened)
        if opened is not None:
            await self._take_table(opened, target, wanted)
        elif told:
            self._leave(told)
        else:
            self._lose("")

    def _asks_again(self, before: Table | None, table: Table, wanted: Arrangement) -> bool:
        """Ask for another order if the one of a table is for another, or was refused."""
        if before is None or wanted == PLAIN:
            return False
        if not table.continues(before):
            self._arrangement = PLAIN  # its columns were those of another table
        elif table.refused and before.arrangement not in (PLAIN, wanted):
            if self._arrangement == wanted:
                self._arrangement, self._refusal = before.arrangement, table.refused
        else:
            return False
        self._is_due = True
        return True

    async def _take_table(self, opened: Opened, target: Target, wanted: Arrangement) -> None:
        """Show a table, with the cells that are looked at: not one without the other."""
        before, table = self.snapshot.about, table_of(opened, wanted)
        self._is_other = self._is_other or not opened.again
        if self._asks_again(before, table, wanted):
            return
        table, self._refusal = replace(table, refused=table.refused or self._refusal), ""
        seen = self._rows if before is not None else range(ROWS)
        fetched: dict[Place, Page] = {}
        for place in places(seen[: max(0, table.shown - seen.start)], self._told(table)):
            page = await self._page(table, place)
            if target is not self._target:
                return
            if not isinstance(page, Page):
                self._lose(page)
                return
            fetched[place] = page
        if self._is_due:
            return  # another arrangement is wanted already
        if opened.refused and self._arrangement == wanted:
            self._arrangement = table.arrangement
        if before is None or not table.continues(before):
            self.summaries.clear()
        self._due_summaries = [*self.summaries]
        self.pages.keep(fetched)
        differs = [self.pages.put(place, page) for place, page in fetched.items()]
        if before is not None and not self._is_other and table.continues(before):
            table = replace(table, columns=before.columns)  # further ones were told since
        self._is_other = False
        self._take(Known(target, table, Freshness.FRESH, self._presenter.execution.last_count))
        if any(differs):
            self.arrived()

    def _told(self, table: Table) -> list[int]:
        """Return the columns that are looked at; at first the first ones."""
        if self.snapshot.about is None:
            return list(range(min(COLUMNS, table.width)))
        return [each for each in self._columns if each < table.width]

    async def _fetch(self, place: Place) -> bool:
        """Fetch a page; say whether it is worth while to go on."""
        table = self.snapshot.about
        if table is None:
            return False
        page = await self._page(table, place)
        if table is not self.snapshot.about:
            return True
        if isinstance(page, Page):
            self.pages.put(place, page)
            self.arrived()
            return True
        return self._lose(page)

    async def _page(self, table: Table, place: Place) -> Page | str:
        """Return a page, or the state of a table that has none."""
        last = min(table.width, place.first_column + COLUMNS)
        return await self._cells(place.first_row, ROWS, range(place.first_column, last))

    async def _cells(
        self, first: int, count: int, columns: Sequence[int], **fields: Any
    ) -> Page | str:
        where = {"first": first, "count": count, "columns": [*columns]}
        told = await self._ask("grid_page", PATIENCE_S, **where, **fields)
        page = read(told, ToldPage)
        return Page(page.cells, page.labels) if page is not None else str(told.get("state", ""))

    async def _summarize(self, column: int) -> None:
        """Find out about a column; where nobody can tell now, what was known stays."""
        table = self.snapshot.about
        if table is None or column >= table.width:
            return
        told = await self._ask("grid_summary", ARRANGING_S, column=column)
        summary = summary_in(told)
        if summary is not None and table.continues(self.snapshot.about or table):
            self.summaries[column] = summary
            self.arrived()

    async def _name_columns(self) -> bool:
        """Ask for the names of more columns; say whether there were some."""
        table = self.snapshot.about
        if table is None or len(table.columns) >= min(table.width, MOST_TOLD):
            return False
        told = await self._ask("grid_columns", PATIENCE_S, after=len(table.columns))
        more = columns_in(told)
        if table is self.snapshot.about and more:
            columns = (*table.columns, *more)
            self._take(replace(self.snapshot, about=replace(table, columns=columns)))
        return bool(more)

    async def _ask(self, op: str, timeout_s: float, **fields: Any) -> dict[str, Any]:
        probe = self._presenter.probe
        if probe is None:
            return {}
        budget = SUMMARY if op == "grid_summary" else PAGE
        told = await probe.ask(op, timeout_s, view=self._view, **(budget | fields))
        self.cost_ms = told.get("ms", self.cost_ms)
        return told

    # -- taking

    def _lose(self, state: str) -> bool:
        """Keep what is shown where there was no answer; say whether asking again may bring one."""
        self._is_due = self._is_due or state in LOST
        if not self._is_due and self.snapshot.freshness is not Freshness.UNABLE:
            self._take(replace(self.snapshot, freshness=Freshness.STALE))
        return self._is_due

    def _leave(self, told: dict[str, Any]) -> None:
        """Say why there is no table; what was shown of one that is gone stays."""
        known = self.snapshot
        if told.get("state") == "gone":
            reason = tr("There is no {name} now.", name=known.target.text) if known.target else ""
            freshness = Freshness.UNABLE if known.about is None else Freshness.STALE
            self._take(replace(known, freshness=freshness, reason=reason))
            return
        self.pages.clear()
        self._take(Known(known.target, None, Freshness.UNABLE, None, sentence(told.get("why"))))

    def _take(self, snapshot: Known[Table]) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()
