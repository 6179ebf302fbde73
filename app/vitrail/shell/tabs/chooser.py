"""The chooser: every kernel there is or could be, found by typing."""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMainWindow

from vitrail.kernel.discovery import KernelSpec, kernelspecs
from vitrail.kernel.environments import find_environments, here, unlisted
from vitrail.kernel.running import running_kernels
from vitrail.presenters.console_kernel import Source
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import attaching, launching
from vitrail.shell.tabs.monogram import SIZE, paint_monogram
from vitrail.shell.tabs.offers import (
    RUNNING,
    KernelOffer,
    offers_of_environments,
    offers_of_running,
    offers_of_specs,
)
from vitrail_resources.translation import tr
from vitrail_widgets.commands.palette import CommandPalette, PaletteWords
from vitrail_widgets.keys.choices import Choice, Recent
from vitrail_widgets.keys.command import Command

WORDS: Final = PaletteWords(
    name=tr("Kernels"),
    field=tr("Kernel"),
    hint=tr("Which kernel"),
    nothing=tr("No kernel is called that."),
)

Take = Callable[[Source], object]


class KernelChooser(QObject):
    """Lets the user choose a kernel.

    Installed kernels and environments are listed at once, running ones when they have answered.

    Attributes:
        popup: The field and the list.
    """

    def __init__(self, window: QMainWindow, appearance: Appearance, recent: Recent) -> None:
        """Make a chooser that is hidden.

        Args:
            window: What it lies over.
            appearance: Gives the theme.
            recent: What was chosen before, in any window.
        """
        super().__init__(window)
        self._appearance = appearance
        self._recent = recent
        self.popup = CommandPalette(window, WORDS, self._draw_icon)
        self._offers: dict[str, KernelOffer] = {}
        self._take: Take = lambda _: None
        self._looking: asyncio.Task[None] | None = None
        self.popup.chosen.connect(self._on_popup_chosen)
        appearance.theme_changed.connect(self._restyle)
        self._restyle()

    def open(self, take: Take, shown: Sequence[Path] = ()) -> None:
        """Show what there is; call `take` with what gets the chosen one.

        Args:
            take: Is not called when nothing is chosen.
            shown: Connection files of kernels that have a tab already.
        """
        if self.popup.isVisible():
            self.popup.close_again()
            return
        self._take = take
        specs = kernelspecs()
        environments = unlisted(find_environments(here()), specs)
        self._offer([*offers_of_specs(specs), *offers_of_environments(environments)])
        self.popup.open(self._choices())
        self.close()
        self._looking = asyncio.get_running_loop().create_task(self._look(specs, shown))

    def close(self) -> None:
        """Look for running kernels no longer."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look(self, specs: Sequence[KernelSpec], shown: Sequence[Path]) -> None:
        found = offers_of_running(await running_kernels(), specs, time.time(), shown)
        self._offer([*self._offers.values(), *found])
        self.popup.renew(self._choices())

    def _offer(self, offers: Sequence[KernelOffer]) -> None:
        """Keep what there is; what cannot be chosen stands last."""
        possible = sorted(offers, key=lambda offer: bool(offer.why_not))
        self._offers = {offer.id: offer for offer in possible}

    def _choices(self) -> list[Choice]:
        return self._recent.first(_choice(offer) for offer in self._offers.values())

    def _on_popup_chosen(self, offer_id: str) -> None:
        self.close()
        offer = self._offers[offer_id]
        self._recent.note(offer_id)
        source = attaching if offer.kind == RUNNING else launching
        self._take(source(offer.target))

    def _draw_icon(self, painter: QPainter, language: str, x: float, y: float) -> None:
        theme = self._appearance.theme
        rect = QRectF(x, y, SIZE, SIZE)
        paint_monogram(painter, rect, language, ink=theme.text, frame=theme.muted)

    def _restyle(self) -> None:
        self.popup.apply_theme(self._appearance.theme, QApplication.font())


def _choice(offer: KernelOffer) -> Choice:
    command = Command(offer.id, offer.title.replace("&", "&&"), menu=offer.kind)
    return Choice(command, offer.aside, offer.why_not, icon=offer.language or "?")
