"""The variables of a Python kernel, kept up to date by what its probe says has changed."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import msgspec

from vitrail.presenters.probe import Probe
from vitrail_widgets.variables.variable import Variable, changed_names

MOST: Final = 20_000
"""Variables that are asked for; who has more wants a search in the kernel."""

PAGE_MS: Final = 50.0
"""Of the kernel's time, for one answer."""

ASKED_SHARE: Final = 0.8
"""Of the time that is left, for the next answer; what is seen is asked for in full after it."""

STEP: Final = 500
"""Rows that are read before the window has its turn."""

_Row = tuple[str, str, str, str, int | None, str | None, int]
"""What the probe tells of a variable, in the order of `Variable`; no preview in a brief row."""


class PythonVariables:
    """Asks for what has changed, and keeps the whole.

    Attributes:
        rows: What is known, by name.
        changed: Names that were new or stood for something else in the last answers.
        cost_ms: Of the kernel's time that these took.
        is_cut: Whether there are variables that were never told.
    """

    def __init__(self) -> None:
        self.rows: dict[str, Variable] = {}
        self.changed: set[str] = set()
        self.cost_ms = 0.0
        self.is_cut = False
        self._listener = secrets.token_hex(8)
        self._stamp = 0
        self._before: dict[str, Variable] = {}
        self._unseen: frozenset[str] = frozenset()

    async def ask(self, probe: Probe, most_ms: float) -> bool:
        """Ask what has changed; say whether it was told.

        Args:
            probe: Of the kernel.
            most_ms: Of its time that the answers may take; what there is no time for comes next
                time.
        """
        self.changed, self.cost_ms, self._before = set(), 0.0, {}
        self.is_cut, left = True, None
        while self.is_cut or left:
            if len(self.rows) >= MOST or self.cost_ms > most_ms / 2:
                break
            answer = await probe.ask(
                "variables",
                listener=self._listener,
                since=self._stamp,
                budget_ms=min(PAGE_MS, ASKED_SHARE * (most_ms - self.cost_ms)),
            )
            if not answer:
                return False
            self.cost_ms += answer["ms"]
            left = await self._take(answer, left)
        return True

    async def complete(self, probe: Probe, names: list[str]) -> bool:
        """Ask for all that is to be told of some variables; say whether something was."""
        answer = await probe.ask("previews", names=names)
        self.changed = set()
        self.cost_ms += answer.get("ms", 0.0)
        await self._take_rows(answer.get("variables", []))
        return bool(answer.get("variables"))

    def close(self, probe: Probe) -> None:
        """Let the kernel forget what it told."""
        if self._stamp:
            probe.let_go("variables_close", listener=self._listener)

    async def _take(self, answer: dict[str, Any], left: frozenset[str] | None) -> frozenset[str]:
        """Take an answer; return the names of which not all is known.

        Args:
            answer: What was told.
            left: Those names after the answer before; None for the first one of a refresh.
        """
        if answer.get("whole"):
            self._before, self.rows = self.rows, {}
        for name in answer.get("gone", ()):
            self.rows.pop(name, None)
        unseen = frozenset[str](answer.get("unseen", ()))
        unseen = unseen if left is None else unseen & left
        await self._mark(self._unseen - unseen, is_brief=False)
        await self._mark(unseen, is_brief=True)
        self._unseen = unseen
        brief = await self._take_rows(answer.get("variables", []))
        self._stamp = answer.get("stamp", 0)
        self.is_cut = not answer.get("complete")
        return unseen | brief

    async def _mark(self, names: frozenset[str], *, is_brief: bool) -> None:
        """Note of rows that they may be of before, or that they are not."""
        for some in _steps(list(names)):
            for row in [self.rows[name] for name in some if name in self.rows]:
                if row.is_brief != is_brief:
                    self.rows[row.name] = replace(row, is_brief=is_brief)
            await asyncio.sleep(0)

    async def _take_rows(self, told: list[Any]) -> frozenset[str]:
        """Take rows; return the names of the brief ones."""
        brief: set[str] = set()
        for some in _steps(told):
            found = _variables(some)
            names = [row.name for row in found]
            known = {name: self.rows.get(name) or self._before.get(name) for name in names}
            rows = [_continued(row, known[row.name]) for row in found]
            self.changed |= changed_names(filter(None, known.values()), rows)
            self.rows.update(zip(names, rows, strict=True))
            brief.update(row.name for row in rows if row.is_brief)
            await asyncio.sleep(0)
        return frozenset(brief)


def _steps(found: list[Any]) -> Iterator[list[Any]]:
    return (found[at : at + STEP] for at in range(0, len(found), STEP))


def _continued(row: Variable, before: Variable | None) -> Variable:
    """Return a row that says what was known of the same object where it is brief itself."""
    if not row.is_brief or before is None:
        return row
    is_same = (before.identity, before.kind) == (row.identity, row.kind)
    return replace(before, is_brief=True) if is_same else row


def _variables(told: list[Any]) -> list[Variable]:
    """Return the rows that were told, without what is none."""
    try:
        return [_variable(row) for row in msgspec.convert(told, list[_Row])]
    except msgspec.ValidationError:
        return [row for each in told if len(told) > 1 for row in _variables([each])]


def _variable(told: _Row) -> Variable:
    name, kind, type_name, size, memory, preview, identity = told
    return Variable(
        name, kind, type_name, size, memory, preview or "", identity, is_brief=preview is None
    )
