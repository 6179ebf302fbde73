"""The value of an object: asked for as it is looked at, no more of it than is seen."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import msgspec

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.branches import Branches
from vitrail.presenters.inspector.help import why_absent
from vitrail.presenters.inspector.looking import AbsentError, Looking
from vitrail.presenters.inspector.seeking import SilentError, place_of
from vitrail.presenters.inspector.value_answer import shown_in, value_in
from vitrail.presenters.probe import speaks_python
from vitrail_resources.translation import tr
from vitrail_widgets.objects.look import DEFAULT, Look
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Items, Shown, ShownState, Value
from vitrail_widgets.transcript.mime import mapping

MOST_LOOKS: Final = 50
"""Objects of which it is remembered how they were looked at."""

SHOW_S: Final = 30.0
SHOW_BYTES: Final = 20_000_000
UNABLE: Final = tr("Only Python kernels can tell values.")


class ValuePresenter(Looking[Value]):
    """Asks one console's kernel for the value of an object.

    Attributes:
        shown: What the object wrote of itself when it was asked to; None before.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        super().__init__(presenter, self._told)
        self.shown: Shown | None = None
        self._branches = Branches(presenter, self._on_branches_changed)
        self._looks: OrderedDict[Target, Look] = OrderedDict()
        self._last = DEFAULT
        self._aside: set[asyncio.Task[None]] = set()
        self._seeking: asyncio.Task[None] | None = None

    @property
    def look(self) -> Look:
        """How the object is looked at; as it was when it was shown before."""
        return self._look_at(self._target)

    @property
    def branches(self) -> Mapping[Target, Items]:
        """What was opened below it, and what that holds."""
        return self._branches.known

    def open_item(self, place: Target) -> None:
        """Find out what stands below an item, or more of that."""
        self._branches.open(place)

    def show(self, target: Target | None) -> None:
        """Look at an object."""
        if target != self._target:
            self.shown = None
            self._branches.clear()
        super().show(target)

    def look_at(self, look: Look) -> None:
        """Look at it in another way."""
        before = self.look
        if self._target is None or look == before:
            return
        self._looks[self._target] = self._last = look
        self._looks.move_to_end(self._target)
        if len(self._looks) > MOST_LOOKS:
            self._looks.popitem(last=False)
        if replace(before, colours=look.colours) == look:
            self.changed()  # the kernel tells the same for it
        else:
            self.refresh()

    def tell_element(
        self, at: tuple[int, ...], tell: Callable[[tuple[int, ...], str], object]
    ) -> None:
        """Have an element written in full; `tell` hears it, if the kernel can say."""
        self._begin(self._tell_element(at, tell))

    def seek(
        self, typed: str, after: int | None, tell: Callable[[str, int | None], object]
    ) -> None:
        """Have the place of a key told; see `place_of`. What was looked for before is given up."""
        if self._seeking is not None:
            self._seeking.cancel()
        self._seeking = self._begin(self._seek(typed, after, tell))

    def show_itself(self) -> None:
        """Have the object write itself, as in the console: this runs its own code."""
        if self._target is not None:
            self.shown = Shown(ShownState.ASKED)
            self.changed()
            self._begin(self._show_itself(self._target))

    def forget_shown(self) -> None:
        """Forget what the object wrote of itself."""
        self.shown = None
        self.changed()

    def close(self) -> None:
        """Ask no more."""
        super().close()
        self._branches.clear()
        for task in self._aside:
            task.cancel()

    def _look_at(self, target: Target | None) -> Look:
        plain = replace(DEFAULT, width=self._last.width, height=self._last.height)
        return plain if target is None else self._looks.get(target, plain)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task

    async def _told(self, target: Target) -> Value | None:
        client, probe = self._presenter.client, self._presenter.probe
        info = None if client is None else client.kernel_info
        if info is None or probe is None:
            return None
        if not speaks_python(info):
            raise AbsentError(UNABLE)
        question = self._look_at(target).question
        told = await probe.told("picture", path=target.path, look=question)
        if "unknown" in told:
            raise AbsentError(why_absent(target, str(told["unknown"])))
        if "error" in told:
            raise AbsentError(_unread(target, ": ".join(map(str, told["error"]))))
        answer = mapping(told.get("ok"))
        try:
            value = value_in(answer) if answer else None
        except msgspec.ValidationError as error:
            raise AbsentError(_unread(target, str(error))) from error
        if value is not None and isinstance(value.body, Items) and self.branches:
            await self._renew_branches(target, value.body)
        return value

    def _on_branches_changed(self) -> None:
        self.changed()  # whoever hears that at the time

    async def _renew_branches(self, target: Target, body: Items) -> None:
        before = self.branches
        await self._branches.renew(target, body)
        if self.branches != before:
            self.changed()

    async def _tell_element(
        self, at: tuple[int, ...], tell: Callable[[tuple[int, ...], str], object]
    ) -> None:
        target, probe = self._target, self._presenter.probe
        if target is None or probe is None:
            return
        told = await probe.ask("element", path=target.path, at=at, part=self.look.part)
        if told and target == self._target:
            tell(at, str(told.get("text", "")))

    async def _seek(
        self, typed: str, after: int | None, tell: Callable[[str, int | None], object]
    ) -> None:
        target, probe = self._target, self._presenter.probe
        if target is not None and probe is not None:
            with suppress(SilentError):  # as the page says
                place = await place_of(probe, target, typed, after)
                if target == self._target:
                    tell(typed, place)

    async def _show_itself(self, target: Target) -> None:
        probe, told = self._presenter.probe, dict[str, Any]()
        if probe is not None:
            fields = {"path": target.path, "budget_bytes": SHOW_BYTES}
            told = await probe.ask("show", SHOW_S, **fields)
        if target == self._target:
            self.shown = shown_in(told)
            self.changed()


def _unread(target: Target, error: str) -> str:
    return tr("{name} could not be read: {error}.", name=target.text, error=error)
