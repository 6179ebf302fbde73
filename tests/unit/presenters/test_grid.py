"""Asking about a table while it changes."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from support.patience import soon
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.grid import Grid
from vitrail_widgets.objects.grid.arrangement import PLAIN, Arrangement, Condition, Key
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

DF = Target("df")
NONSENSE = Condition(0, "=", ("abc",))  # of a column of numbers


class Kernel:
    """Has a table, of which it tells one name at a time; while `gate` is closed it is silent.

    Attributes:
        names: Of its columns.
        mark: Tells one table from another.
        asked: The operations that were asked for.
    """

    def __init__(self, *names: str) -> None:
        self.names, self.mark = names, 0
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._opened = -1

    async def ask(self, op: str, timeout_s: float, **fields: Any) -> dict[str, Any]:
        del timeout_s
        self.asked.append(op)
        await asyncio.sleep(0)
        await self.gate.wait()
        if op == "grid_open":
            again, self._opened = self._opened == self.mark, self.mark
            refused = "What is abc?" if NONSENSE in fields["filters"] else ""
            return self._about() | {"again": again, "refused": refused}
        if self._opened != self.mark:
            return {"state": "changed"}
        if op == "grid_columns":
            return {"state": "open", "names": self._named(fields["after"])}
        cells = [["1", "2"] for _ in fields["columns"]]
        return {"state": "open", "labels": [], "cells": cells}

    def _named(self, after: int) -> list[list[str]]:
        return [[name, "integer", "int64", repr(name)] for name in self.names[after : after + 1]]

    def _about(self) -> dict[str, Any]:
        told = {"kind": "frame", "library": "pandas", "type": "DataFrame", "refused": ""}
        size = {"rows": 2, "shown": 2, "columns": len(self.names)}
        return told | size | {"levels": [], "names": self._named(0)}


def grid_on(kernel: Kernel) -> Grid:
    """Return what asks a kernel, as when the first rows and columns are looked at."""
    client = SimpleNamespace(
        kernel_info=SimpleNamespace(language_info=SimpleNamespace(name="python"))
    )
    presenter = SimpleNamespace(
        execution=SimpleNamespace(last_count=3), probed=[], client=client, probe=kernel
    )
    return Grid(cast("ConsolePresenter", presenter))


def names(grid: Grid) -> list[str]:
    table = grid.snapshot.about
    return [] if table is None else [column.name for column in table.columns]


def shown(grid: Grid) -> Table:
    table = grid.snapshot.about
    assert table is not None
    return table


async def test_all_columns_are_named_in_the_end() -> None:
    grid = grid_on(Kernel("a", "b", "c"))
    grid.show(DF)
    await soon(lambda: names(grid) == ["a", "b", "c"])
    assert grid.snapshot.freshness is Freshness.FRESH


async def test_what_changes_while_names_are_told_is_asked_for_again() -> None:
    kernel = Kernel("a", "b", "c")
    grid = grid_on(kernel)
    grid.show(DF)
    await soon(lambda: kernel.asked[-1:] == ["grid_columns"])
    kernel.gate.clear()
    kernel.names, kernel.mark = ("other",), 1
    grid.refresh()
    kernel.gate.set()
    await soon(lambda: names(grid) == ["other"])


async def test_names_of_another_table_come_though_it_was_opened_twice() -> None:
    kernel = Kernel("a")
    grid = grid_on(kernel)
    grid.show(DF)
    await soon(lambda: names(grid) == ["a"])
    kernel.gate.clear()
    kernel.names, kernel.mark, kernel.asked = ("b", "c"), 1, []
    grid.refresh()
    await soon(lambda: kernel.asked)
    grid.refresh()  # the table that is told of now is not shown: it is asked for again
    kernel.gate.set()
    await soon(lambda: names(grid) == ["b", "c"])


async def test_columns_that_were_renamed_in_place_have_their_new_names() -> None:
    kernel = Kernel("a", "b")
    grid = grid_on(kernel)
    grid.show(DF)
    await soon(lambda: names(grid) == ["a", "b"])
    kernel.names = ("x", "y")
    grid.refresh()
    await soon(lambda: names(grid) == ["x", "y"])


async def test_an_order_that_is_refused_leaves_the_one_before() -> None:
    grid = grid_on(Kernel("a"))
    grid.show(DF)
    await soon(lambda: names(grid) == ["a"])
    order = Arrangement((Key(0),))
    grid.arrange(order)
    await soon(lambda: shown(grid).arrangement == order)
    grid.arrange(order.with_condition(NONSENSE))
    await soon(lambda: shown(grid).refused == "What is abc?")
    assert shown(grid).arrangement == order
    grid.arrange(PLAIN)
    await soon(lambda: not shown(grid).refused)
