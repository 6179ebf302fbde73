"""Closing tabs and windows: the plan asks, the answer is carried out here."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.closing_box import ClosingBox
from vitrail.shell.tabs.closing_plan import Choice, closing_plan
from vitrail.shell.tabs.stakes import kernel_of, stake_of

if TYPE_CHECKING:
    from vitrail.shell.desk import Desk


class Closing:
    """Closes what the user wants closed, after the questions that are due."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.box: ClosingBox | None = None
        self._saving: asyncio.Task[None] | None = None

    def ask(
        self,
        leaving: Sequence[KernelTab],
        parent: QWidget,
        then: Callable[[], object],
        what: str = "tab",
    ) -> None:
        """Close tabs, at once or after a question.

        Args:
            leaving: What is closed.
            parent: The window that asks.
            then: Is called when it is settled; not when the answer is to cancel, nor when what was
                to be saved before could not be.
            what: What is closed, in a word.
        """
        if self.box is not None:
            self.box.activateWindow()
            return
        if self._saving is not None and not self._saving.done():
            return
        everything = self._desk.tabs
        staying = {kernel_of(tab) for tab in everything if tab not in leaving} - {None}
        stakes = [stake_of(tab, everything) for tab in leaving]
        plan = closing_plan(stakes, staying, what=what)
        if not plan.is_asked:
            self._settle(leaving, then, Choice.CLOSE, saves=False)
            return
        self.box = ClosingBox(plan, partial(self._on_box_answered, leaving, then), parent)
        self.box.finished.connect(self._on_box_finished)
        self.box.open()

    def _on_box_answered(
        self, leaving: Sequence[KernelTab], then: Callable[[], object], choice: Choice, saves: bool
    ) -> None:
        self._settle(leaving, then, choice, saves=saves)

    def _on_box_finished(self) -> None:
        self.box = None

    def _settle(
        self,
        leaving: Sequence[KernelTab],
        then: Callable[[], object],
        choice: Choice,
        *,
        saves: bool,
    ) -> None:
        modified = [
            each for each in leaving if each.file.path is not None and each.file.is_modified
        ]
        if saves and modified:
            work = self._save_first(modified, leaving, then, choice)
            self._saving = asyncio.get_running_loop().create_task(work)
        else:
            self._leave(leaving, then, choice)

    async def _save_first(
        self,
        modified: Sequence[KernelTab],
        leaving: Sequence[KernelTab],
        then: Callable[[], object],
        choice: Choice,
    ) -> None:
        """Close once all is written; what cannot be stays open, and says why."""
        unwritten = [tab for tab in modified if not await tab.file.save_and_wait()]
        there = self._desk.tabs
        if any(tab.has_ended or tab not in there for tab in leaving):  # closed meanwhile
            return
        for tab in unwritten:
            tabs = next(each.tabs for each in self._desk.windows if tab in each.tabs.all)
            tabs.show_tab(tab)
        if not unwritten:
            self._leave(leaving, then, choice)

    def _leave(
        self, leaving: Sequence[KernelTab], then: Callable[[], object], choice: Choice
    ) -> None:
        staying = [tab for tab in self._desk.tabs if tab not in leaving]
        for tab in leaving:
            if choice is Choice.KEEP:
                tab.keeps_kernel = True
            _hand_over(tab, staying)
        then()


def _hand_over(tab: KernelTab, staying: Sequence[KernelTab]) -> None:
    """Give the kernel to another tab that shows it, if there is one: then it goes on there."""
    kernel = kernel_of(tab)
    if kernel is None or not tab.kernel.is_ours:
        return
    heir = next((each for each in staying if kernel_of(each) == kernel), None)
    if heir is not None:
        tab.kernel.hand_over(heir.kernel)
