"""A table of a console's kernel: its shape, and the pages of it that somebody looks at."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import msgspec

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.probe import speaks_python
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, Page, Pages, Place, places
from vitrail_widgets.objects.grid.table import Cell, Column, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

PATIENCE_S: Final = 10.0
MOST_TOLD: Final = 20_000
"""Columns that are asked for by name."""

PAGE: Final = {"budget_ms": 50, "budget_bytes": 400_000}
Told = TypeVar("Told")
LOST: Final = ("forgotten", "changed")


class _Page(msgspec.Struct):
    """What the probe tells of a page."""

    labels: list[list[Cell]]
    cells: list[list[Cell]]


class _Opened(msgspec.Struct):
    """What the probe tells of a table."""

    again: bool
    kind: str
    library: str
    type: str
    rows: int
    columns: int
    levels: tuple[str, ...]
    names: list[tuple[str, str, str, str]]


class Grid:
    """Keeps what is known of one table, and fetches the pages that are looked at.

    Questions go aside and run nothing of the user's. While they cannot be put, what was told
    stays and is called stale.

    Attributes:
        snapshot: What is known of the table.
        pages: What is known of its cells.
        changed: Called when the snapshot is another one.
        arrived: Called when cells have come.
        cost_ms: Of the kernel's time that the last question took.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.snapshot: Known[Table] = Known()
        self.cost_ms = 0.0
        self.pages = Pages()
        self.changed: Callable[[], object] = lambda: None
        self.arrived: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._view = secrets.token_hex(8)
        self._target: Target | None = None
        self._rows, self._columns = range(0), tuple[int, ...]()
        self._is_due = False
        self._asking: asyncio.Task[None] | None = None
        presenter.probed.append(self.refresh)

    def show(self, target: Target | None) -> None:
        """Show another object, or the same again."""
        if target == self._target:
            self.refresh()
            return
        self._target = target
        self._rows, self._columns = range(0), ()
        self.pages.clear()
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

    def close(self) -> None:
        """Ask no more."""
        if self.refresh in self._presenter.probed:
            self._presenter.probed.remove(self.refresh)
        self._target, self._is_due = None, False
        if self._asking is not None:
            self._asking.cancel()

    # -- asking

    def _ask_soon(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())

    async def _ask_while_due(self) -> None:
        while self._target is not None:
            if self._is_due:
                self._is_due = False
                await self._open(self._target)
            elif lacking := self._lacking():
                if not await self._fetch(lacking[0]):
                    return
            elif not await self._name_columns():
                return

    def _lacking(self) -> list[Place]:
        if self.snapshot.about is None:
            return []
        return self.pages.lacking(self._rows, self._columns)

    async def _open(self, target: Target) -> None:
        """Look at the object anew: it may be another one, or none."""
        client = self._presenter.client
        if client is None or client.kernel_info is None:
            return
        if not speaks_python(client.kernel_info):
            self._take(Known(target, None, Freshness.UNABLE))
            return
        told = await self._ask("grid_open", path=target.path)
        if target != self._target:
            return
        opened = _read(told, _Opened)
        if opened is not None:
            await self._take_table(opened, target)
        elif told:
            self._leave(told)
        else:
            self._lose("")

    async def _take_table(self, opened: _Opened, target: Target) -> None:
        """Show a table, with the cells that are looked at: not one without the other."""
        before, table = self.snapshot.about, _table(opened)
        seen = self._rows if before is not None else range(ROWS)
        fetched: dict[Place, Page] = {}
        for place in places(seen[: table.rows - seen.start], self._told(table)):
            page = await self._page(table, place)
            if target is not self._target:
                return
            if not isinstance(page, Page):
                self._lose(page)
                return
            fetched[place] = page
        self.pages.keep(fetched)
        differs = [self.pages.put(place, page) for place, page in fetched.items()]
        if before is not None and opened.again:
            table = replace(table, columns=before.columns)  # further ones were told since
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
        told = await self._ask(
            "grid_page",
            first=place.first_row,
            count=ROWS,
            columns=list(range(place.first_column, last)),
        )
        page = _read(told, _Page)
        return Page(page.cells, page.labels) if page is not None else str(told.get("state", ""))

    async def _name_columns(self) -> bool:
        """Ask for the names of more columns; say whether there were some."""
        table = self.snapshot.about
        if table is None or len(table.columns) >= min(table.width, MOST_TOLD):
            return False
        told = await self._ask("grid_columns", after=len(table.columns))
        try:
            names = msgspec.convert(told.get("names"), list[tuple[str, str, str, str]])
        except msgspec.ValidationError:
            return False
        if table is self.snapshot.about and names:
            columns = (*table.columns, *(Column(*each) for each in names))
            self._take(replace(self.snapshot, about=replace(table, columns=columns)))
        return bool(names)

    async def _ask(self, op: str, **fields: Any) -> dict[str, Any]:
        probe = self._presenter.probe
        if probe is None:
            return {}
        told = await probe.ask(op, PATIENCE_S, view=self._view, **PAGE, **fields)
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
            reason = f"There is no {known.target.text} now." if known.target else ""
            freshness = Freshness.UNABLE if known.about is None else Freshness.STALE
            self._take(replace(known, freshness=freshness, reason=reason))
            return
        self.pages.clear()
        self._take(Known(known.target, None, Freshness.UNABLE, None, str(told.get("why", ""))))

    def _take(self, snapshot: Known[Table]) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()


def _table(opened: _Opened) -> Table:
    columns = tuple(Column(*each) for each in opened.names)
    return Table(
        opened.kind,
        opened.library,
        opened.type,
        opened.rows,
        opened.columns,
        opened.levels,
        columns,
    )


def _read(told: dict[str, Any], kind: type[Told]) -> Told | None:
    """Return the probe's answer as what it should be; None where it is something else."""
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError:
        return None
