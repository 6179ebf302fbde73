"""One inspector of one console: where it has been, and the page that is looked at."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.page import PagePresenter
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.trail import Trail
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.variables.variable import Freshness

AGAIN_S: Final = 1.0
"""After which a kernel that could not tell is asked again; each time twice as long."""

LONGEST_S: Final = 16.0

PageMaker = Callable[[ConsolePresenter], PagePresenter]


class Inspector:
    """Turns pages, and lets the visible one alone ask, while somebody looks.

    Attributes:
        trail: What was looked at.
        moved: Called when something else is looked at.
    """

    def __init__(self, presenter: ConsolePresenter, makers: Sequence[PageMaker]) -> None:
        """Begin with nothing to look at.

        Args:
            presenter: Of the console.
            makers: Of the pages; each is made when it is first turned to.
        """
        self.trail = Trail()
        self.moved: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._makers = makers
        self._pages: dict[int, PagePresenter] = {}
        self._page = 0
        self._is_watched = False
        self._pause_s = AGAIN_S
        self._again: asyncio.TimerHandle | None = None
        presenter.followers.append(self._follow)

    def page(self, index: int) -> PagePresenter:
        """Return a page."""
        if index not in self._pages:
            self._pages[index] = self._makers[index](self._presenter)
        return self._pages[index]

    def turn_to(self, index: int) -> PagePresenter:
        """Look at another page; return it."""
        self._page = index
        page = self.page(index)
        self._show()
        return page

    def watch(self, *, watched: bool) -> None:
        """Begin to ask the kernel, or leave it alone."""
        was_watched, self._is_watched = self._is_watched, watched
        if watched and not was_watched:
            self._show()
            self.refresh()

    def visit(self, target: Target, *, in_passing: bool = False) -> None:
        """Look at something else; see `Trail.visit`."""
        if self.trail.visit(target, in_passing=in_passing):
            self._show()
            self.moved()

    def go(self, at: int) -> None:
        """Look again at what the trail has at a place."""
        if self.trail.go(at):
            self._show()
            self.moved()

    def refresh(self) -> None:
        """Ask again."""
        if self._is_watched and self.trail.target is not None:
            self.page(self._page).refresh()
            self._look_again(AGAIN_S)

    def close(self) -> None:
        """Ask no more."""
        self._is_watched = False
        if self._again is not None:
            self._again.cancel()
        if self._follow in self._presenter.followers:
            self._presenter.followers.remove(self._follow)
        for page in self._pages.values():
            page.close()

    def _show(self) -> None:
        if self._is_watched:
            self.page(self._page).show(self.trail.target)
            self._look_again(AGAIN_S)

    def _look_again(self, pause_s: float) -> None:
        """See after a pause whether the kernel can tell by then."""
        if self._again is not None:
            self._again.cancel()
        self._pause_s = min(pause_s, LONGEST_S)
        self._again = asyncio.get_running_loop().call_later(self._pause_s, self._ask_the_silent)

    def _ask_the_silent(self) -> None:
        if not self._is_watched:
            return
        page = self.page(self._page)
        is_silent = page.snapshot.freshness is Freshness.STALE
        if is_silent:
            page.refresh()
        if is_silent or self._pause_s < LONGEST_S:  # an answer may be under way
            self._look_again(2 * self._pause_s)

    def _follow(self, changes: Iterable[Change]) -> None:
        if self._is_watched and any(map(self._ended, changes)):
            self.refresh()

    def _ended(self, change: Change) -> bool:
        if not isinstance(change, EntryChanged):
            return False
        cell = self._presenter.execution.transcript.cell(change.entry_id)
        return isinstance(cell, Cell) and cell.status.is_finished
