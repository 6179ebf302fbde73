"""The chooser: every kernel there is or could be, found by typing."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMainWindow

from vitrail.kernel.discovery import KernelSpec, kernelspecs
from vitrail.kernel.environments import (
    Environment,
    environment_at,
    find_environments,
    here,
    unlisted,
)
from vitrail.kernel.meant import is_place, meant_by
from vitrail.kernel.running import connection_files, running_kernels
from vitrail.presenters.console_kernel import Source
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import attaching, launching
from vitrail.shell.tabs.monogram import SIZE, paint_monogram
from vitrail.shell.tabs.offers import (
    ENVIRONMENT,
    RUNNING,
    KernelOffer,
    offer_of_typed,
    offers_of_environments,
    offers_of_running,
    offers_of_specs,
    targets_of,
)
from vitrail.shell.tabs.recent_kernels import RecentKernels
from vitrail.threads import in_thread
from vitrail_resources.translation import tr
from vitrail_widgets.commands.palette import CommandPalette, PaletteWords
from vitrail_widgets.keys.choices import Choice
from vitrail_widgets.keys.command import Command

WORDS: Final = PaletteWords(
    name=tr("Kernels"),
    field=tr("Kernel"),
    hint=tr("Name of a kernel, or path of a connection file or environment"),
    nothing=tr("No kernel is called that."),
)

Take = Callable[[Source], object]


class KernelChooser(QObject):
    """Lets the user choose a kernel.

    What there is is looked for in a thread: directories may lie on a network. Installed kernels and
    environments are listed first, running ones when they have answered; what was typed is looked
    up as ``--existing`` and ``--kernel`` would.

    Attributes:
        popup: The field and the list.
    """

    def __init__(self, window: QMainWindow, appearance: Appearance, recent: RecentKernels) -> None:
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
        self._specs: tuple[KernelSpec, ...] = ()
        self._typed: KernelOffer | None = None
        self._problem = ""
        self._looking: asyncio.Task[None] | None = None
        self._looking_up: asyncio.Task[None] | None = None
        self._take: Take = lambda _: None
        self._tasks: set[asyncio.Task[None]] = set()
        self.popup.chosen.connect(self._on_popup_chosen)
        self.popup.typed.connect(self._on_popup_typed)
        self.popup.closed.connect(self.close)
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
        self._forget_typed()
        self.popup.open(self._choices(), is_waiting=True)  # what there was the last time
        self._looking = self._spawn(self._look(shown))

    def close(self) -> None:
        """Look for kernels no longer."""
        for task in self._tasks:
            task.cancel()

    async def _look(self, shown: Sequence[Path]) -> None:
        await self._recent.load()
        found = await in_thread(partial(_found, tuple(self._recent.recent.ids)))
        self._specs = found.specs
        there = [*offers_of_specs(found.specs), *offers_of_environments(found.environments)]
        was_running = [each for each in self._offers.values() if each.kind == RUNNING]
        self._offer([*there, *was_running])
        kernels = await running_kernels(found.files)
        self._offer([*there, *offers_of_running(kernels, found.specs, time.time(), shown)])

    async def _look_up(self, text: str) -> None:
        """Say what was typed means, where it is no name in the list."""
        if self._looking is not None and not is_place(text):
            await asyncio.wait((self._looking,))
            if self.popup.shown:
                return
        meant = await in_thread(lambda: meant_by(text, here()))
        self._typed, self._problem = offer_of_typed(text, meant, self._specs), meant.problem
        self._show()

    def _offer(self, offers: Sequence[KernelOffer]) -> None:
        """Keep and show what there is; what cannot be chosen stands last."""
        possible = sorted(offers, key=lambda offer: bool(offer.why_not))
        self._offers = {offer.id: offer for offer in possible}
        self._show()

    def _show(self) -> None:
        self.popup.renew(self._choices(), self._problem)

    def _choices(self) -> list[Choice]:
        choices = self._recent.recent.first(_choice(offer) for offer in self._offers.values())
        return choices if self._typed is None else [_choice(self._typed), *choices]

    def _on_popup_typed(self, text: str) -> None:
        self._forget_typed()
        text = text.strip()
        if text and (is_place(text) or not self.popup.shown):
            self._looking_up = self._spawn(self._look_up(text))

    def _forget_typed(self) -> None:
        self._typed, self._problem = None, ""
        if self._looking_up is not None:
            self._looking_up.cancel()
            self._looking_up = None

    def _on_popup_chosen(self, offer_id: str) -> None:
        is_typed = self._typed is not None and self._typed.id == offer_id
        offer = self._typed if self._typed is not None and is_typed else self._offers[offer_id]
        self._spawn(self._recent.note(offer.lasting_id))
        source = attaching if offer.kind == RUNNING else launching
        self._take(source(offer.target))

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _draw_icon(self, painter: QPainter, language: str, x: float, y: float) -> None:
        theme = self._appearance.theme
        rect = QRectF(x, y, SIZE, SIZE)
        paint_monogram(painter, rect, language, ink=theme.text, frame=theme.muted)

    def _restyle(self) -> None:
        self.popup.apply_theme(self._appearance.theme, QApplication.font())


class _Found(NamedTuple):
    """What a look at the disk brings; `files` are those of kernels that may run."""

    specs: tuple[KernelSpec, ...]
    environments: tuple[Environment, ...]
    files: list[Path]


def _found(recent: Sequence[str]) -> _Found:
    """Look for kernels where they usually are, and where those were that were chosen before."""
    specs, places = kernelspecs(), here()
    before = (environment_at(path, places) for path in targets_of(ENVIRONMENT, recent))
    environments = {each.path: each for each in before if each is not None}
    environments |= {each.path: each for each in unlisted(find_environments(places), specs)}
    files = connection_files()
    former = (file for file in targets_of(RUNNING, recent) if file.is_file())
    return _Found(specs, tuple(environments.values()), [*dict.fromkeys([*files, *former])])


def _choice(offer: KernelOffer) -> Choice:
    command = Command(offer.id, offer.title.replace("&", "&&"), menu=offer.kind)
    return Choice(command, offer.aside, offer.why_not, icon=offer.language or "?")
