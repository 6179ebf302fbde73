"""Runs what the user clicked: a property, a descriptor, an iterator; one after the other."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.member_answers import error_of, result_of
from vitrail_widgets.objects.members import Run, RunState
from vitrail_widgets.objects.target import Target
from vitrail_widgets.transcript.changes import Change


class MemberRuns:
    """Runs members on the main shell, between two cells, and keeps what came of it.

    The kernel keeps the latest results under numbers until `close`.

    Attributes:
        known: What was run, and what is to be.
    """

    def __init__(self, presenter: ConsolePresenter, changed: Callable[[], object]) -> None:
        """Wait to be asked.

        Args:
            presenter: Of the console.
            changed: Called when `known` is something else.
        """
        self.known: dict[Target, Run] = {}
        self._presenter, self._changed = presenter, changed
        self._waiting: list[Target] = []
        self._numbers: list[int] = []
        self._running: asyncio.Task[None] | None = None
        presenter.followers.append(self._follow)

    def run(self, member: Target) -> None:
        """Run a member once no cell runs."""
        known = self.known.get(member)
        if member.parent is None or (known is not None and known.is_under_way):
            return
        self._waiting.append(member)
        self._note(member, Run(RunState.WAITING))
        self._go_on()

    def stop(self, member: Target) -> None:
        """Withdraw what waits, interrupt what runs."""
        if member in self._waiting:
            self._waiting.remove(member)
            self.known.pop(member, None)
            self._changed()
        elif self.known.get(member, Run(RunState.LOST)).state is RunState.RUNNING:
            self._presenter.stop_question()

    def leave(self) -> None:
        """Run nothing more of what is looked at, for something else will be.

        Its results stay, for who follows them.
        """
        if any(run.state is RunState.RUNNING for run in self.known.values()):
            self._presenter.stop_question()
        self._waiting.clear()
        self.known.clear()

    def close(self) -> None:
        """Run nothing more, and let go what the kernel keeps."""
        if self._follow in self._presenter.followers:
            self._presenter.followers.remove(self._follow)
        self.leave()
        if self._numbers and self._presenter.probe is not None:
            self._presenter.probe.let_go("forget", numbers=self._numbers)
        self._numbers = []

    def _follow(self, _: Iterable[Change]) -> None:
        self._go_on()

    def _go_on(self) -> None:
        is_running = self._running is not None and not self._running.done()
        if self._waiting and self._is_free() and not is_running:
            self._running = asyncio.get_running_loop().create_task(self._run_waiting())

    def _is_free(self) -> bool:
        client = self._presenter.client
        return client is not None and not client.is_busy and not self._presenter.execution.is_busy

    async def _run_waiting(self) -> None:
        while self._waiting and self._is_free():
            member = self._waiting.pop(0)
            self._note(member, Run(RunState.RUNNING))
            await self._run(member)

    async def _run(self, member: Target) -> None:
        probe = self._presenter.probe
        answer = {} if probe is None else await probe.run("run", path=member.path)
        count = self._presenter.execution.last_count
        run = replace(_run_of(answer, member), count=count)
        if "number" in answer:
            self._numbers.append(answer["number"])
        if member in self.known:
            self._note(member, run)

    def _note(self, member: Target, run: Run) -> None:
        self.known[member] = run
        self._changed()


def _run_of(answer: dict[str, Any], member: Target) -> Run:
    took_ms = float(answer.get("took_ms", 0.0))
    if "raised" in answer:
        return Run(RunState.RAISED, None, error_of(answer["raised"]), took_ms)
    result = result_of(answer.get("row"), int(answer.get("number", 0)), member.steps[-1])
    if result is None:
        return Run(RunState.LOST)
    return Run(RunState.DONE, result, took_ms=took_ms)
