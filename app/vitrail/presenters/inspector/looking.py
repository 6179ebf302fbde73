"""Asking about one object after another: one question at a time, and the last one counts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from vitrail.presenters.console import ConsolePresenter
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

T = TypeVar("T")


class AbsentError(Exception):
    """There is no such object, or nothing can ever be told of it; the message says so."""


class Looking(Generic[T]):
    """Keeps what is known of an object: a page presenter, but for the question.

    What was told stays until something else is, and becomes stale when the kernel cannot say.

    Attributes:
        snapshot: What is known.
        changed: Called when that is something else.
    """

    def __init__(
        self, presenter: ConsolePresenter, ask: Callable[[Target], Awaitable[T | None]]
    ) -> None:
        """Look at nothing yet.

        Args:
            presenter: Of the console.
            ask: Returns what is told of an object, None when nobody can tell now; raises
                `AbsentError` when nobody ever could.
        """
        self.snapshot: Known[T] = Known()
        self.changed: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._ask = ask
        self._target: Target | None = None
        self._is_due = False
        self._asking: asyncio.Task[None] | None = None
        presenter.probed.append(self.refresh)

    @property
    def target(self) -> Target | None:
        """What is looked at."""
        return self._target

    @property
    def _info(self) -> KernelInfoReply | None:
        client = self._presenter.client
        return None if client is None else client.kernel_info

    def show(self, target: Target | None) -> None:
        """Look at an object; at the same one nothing is asked unless it was in vain."""
        is_same = target == self._target
        self._target = target
        if target is None:
            self._take(Known())
        elif not is_same or self.snapshot.freshness is not Freshness.FRESH:
            self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self._is_due = self._target is not None
        if self._is_due and (self._asking is None or self._asking.done()):
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())

    def close(self) -> None:
        """Ask no more."""
        self._target = None
        self._is_due = False
        if self.refresh in self._presenter.probed:
            self._presenter.probed.remove(self.refresh)
        if self._asking is not None:
            self._asking.cancel()

    async def _ask_while_due(self) -> None:
        while self._is_due and (target := self._target) is not None:
            self._is_due = False
            answer = await self._answer(target)
            if target == self._target:
                self._take(answer)

    async def _answer(self, target: Target) -> Known[T]:
        count = self._presenter.execution.last_count
        try:
            about = await self._ask(target)
        except AbsentError as reason:
            return Known(target, None, Freshness.UNABLE, count, str(reason))
        if about is not None:
            return Known(target, about, Freshness.FRESH, count)
        before = self.snapshot
        if before.target == target and before.about is not None:
            return Known(target, before.about, Freshness.STALE, before.count)
        return Known(target, None, Freshness.STALE, None)

    def _take(self, known: Known[T]) -> None:
        if known != self.snapshot:
            self.snapshot = known
            self.changed()
