"""Offers the kernels that windows left when they crashed: to adopt each in a tab, or to end it."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vitrail.kernel.orphans import end
from vitrail.kernel.registry import Entry
from vitrail.shell.desk import Desk, attaching
from vitrail.shell.tabs.offers import ago
from vitrail_resources.translation import tr
from vitrail_widgets.qt.offer_bar import OfferBar

A_MINUTE_S = 60


class OrphanOffer(QObject):
    """A bar below the tabs of the first window, with one orphan after the other.

    Attributes:
        bar: Where they are offered.
        left: Those that are not decided about, the one that is offered first.
    """

    def __init__(self, desk: Desk, found: Sequence[Entry]) -> None:
        window = desk.windows[0]
        super().__init__(window)
        self._desk, self._tabs = desk, window.tabs
        self._endings: set[asyncio.Task[None]] = set()
        self.left = list(found)
        self.bar = OfferBar(self._tabs)
        self.bar.setAccessibleName(tr("Kernels of a window that crashed"))
        self.adopt, self.end, self.later = (
            self.bar.add_button(text) for text in (tr("Adopt"), tr("End"), tr("Not now"))
        )
        self.adopt.setToolTip(tr("Show it in a tab; it belongs to this program then"))
        self.end.setToolTip(tr("End it; what it has computed is lost"))
        self.later.setToolTip(tr("It is offered again by the next start"))
        self.adopt.clicked.connect(self._on_adopt_clicked)
        self.end.clicked.connect(self._on_end_clicked)
        self.later.clicked.connect(self._next)
        layout = self._tabs.layout()
        assert layout is not None
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        desk.appearance.theme_changed.connect(self._restyle)
        desk.at_end.append(self._wait)
        self._restyle()
        self._show()

    def _on_adopt_clicked(self) -> None:
        orphan = self.left[0]
        self._next()
        tab = self._desk.new_tab()
        self._tabs.add(tab)
        self._desk.begin(tab, attaching(str(orphan.connection_file)))

    def _on_end_clicked(self) -> None:
        ending = asyncio.get_running_loop().create_task(end(self.left[0]))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
        self._next()

    def _next(self) -> None:
        if any(button.hasFocus() for button in (self.adopt, self.end, self.later)):
            self._tabs.current.setFocus()  # a button that goes would take it along
        del self.left[:1]
        self._show()

    def _show(self) -> None:
        self.bar.setVisible(bool(self.left))
        if self.left:
            self.bar.label.setText(sentence(self.left[0], len(self.left), time.time()))

    def _restyle(self) -> None:
        self.bar.apply_theme(self._desk.appearance.theme)

    async def _wait(self) -> None:
        await asyncio.gather(*self._endings, return_exceptions=True)


def sentence(orphan: Entry, count: int, now: float) -> str:
    """Say what is offered: which kernel, since when and where, and how many there are."""
    directory = orphan.directory
    if directory.is_relative_to(Path.home()):
        directory = Path("~") / directory.relative_to(Path.home())
    seconds = now - orphan.launched
    when = ago(seconds) if seconds >= A_MINUTE_S else tr("just now")
    kernel = tr(
        "{name}, started {when} in {directory}",
        name=orphan.display_name,
        when=when,
        directory=directory,
    )
    if count > 1:
        return tr(
            "A window crashed and left its kernel (1 of {count}): {kernel}",
            count=count,
            kernel=kernel,
        )
    return tr("A window crashed and left its kernel: {kernel}", kernel=kernel)
