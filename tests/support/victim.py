"""A tab whose kernel is killed at any moment, and must tell of it and lose nothing."""

import asyncio
import os
import signal
import time
from collections.abc import Sequence

from support.window import WindowSession
from vitrail.kernel.process import KernelProcess
from vitrail.presenters.execution import Execution
from vitrail.shell.desk import launching
from vitrail.shell.kernel_tab import KernelTab
from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    Notice,
    Output,
    RichOutput,
    StreamOutput,
)

EPITAPH = "killed by SIGKILL"
FLOOD = "n = 0\nwhile True: print(n); n += 1"
RUNNING = {
    "busy": "import time; print('begun', flush=True); time.sleep(60)",
    "computing": "print('begun', flush=True)\nwhile True: pass",
    "flooding": FLOOD,
    "reading input": "print('begun', flush=True); input('name? ')",
    "bursting": "print('begun', flush=True); big = 'x' * 50_000_000; big",
}


class Victim:
    """A tab whose kernel is killed, again and again.

    Attributes:
        told_s: How long after each of its deaths that was said.
    """

    def __init__(self, session: WindowSession, tab: KernelTab) -> None:
        self._session, self._tab = session, tab
        self.until = session.until
        self.told_s: list[float] = []

    @property
    def _execution(self) -> Execution:
        return self._tab.presenter.execution

    @property
    def process(self) -> KernelProcess:
        assert self._tab.live is not None
        assert self._tab.live.process is not None
        return self._tab.live.process

    @property
    def cells(self) -> list[Cell]:
        entries = self._execution.transcript.entries
        return [entry for entry in entries if isinstance(entry, Cell)]

    def notices(self) -> list[str]:
        self._tab.presenter.flush()
        entries = self._execution.transcript.entries
        return [entry.text for entry in entries if isinstance(entry, Notice)]

    async def ready(self) -> None:
        await self.until(lambda: self._tab.state == "idle" and self._execution.is_ready)

    async def run(self, code: str) -> Cell:
        self._tab.presenter.submit(code)
        cell = self.cells[-1]
        await self.until(lambda: cell.status.is_finished)
        return cell

    async def begin(self, state: str) -> None:
        """Bring a kernel that can be used into a state."""
        if state in RUNNING:
            self._tab.presenter.submit(RUNNING[state])
            await self.until(lambda: self.cells[-1].outputs)
        elif state == "restarting":
            former = self.process.pid
            self._tab.restart()
            await self.until(lambda: self.process.pid != former)
        elif state == "starting":
            former = self.process.pid
            self._session.desk.change(self._tab, launching("python3"))
            await self.until(lambda: self._tab.kernel.is_ours and self.process.pid != former)
        elif state == "dead":
            await self.kill(state)
        elif state == "stopped":
            os.kill(self.process.pid, signal.SIGSTOP)
        else:
            assert state == "idle"

    async def kill(self, state: str) -> None:
        """Kill the kernel with -9; it must be told, and once."""
        deaths = self._deaths()
        killed_s = time.monotonic()
        os.kill(self.process.pid, signal.SIGKILL)
        await self.until(lambda: self._tab.state == "dead" and self._deaths() == deaths + 1)
        self.told_s.append(time.monotonic() - killed_s)

    def _deaths(self) -> int:
        return sum(EPITAPH in words for words in self.notices())

    async def suffer(self, moments: list[tuple[str, float]]) -> None:
        """Die at each of these moments, and go on."""
        for number, (state, wait_s) in enumerate(moments):
            await self.run(f"'kept {number}'")
            await self.begin(state)
            last = self.cells[-1]
            await asyncio.sleep(wait_s)
            await self.kill(state)
            if state in RUNNING:
                assert last.status in (CellStatus.LOST, CellStatus.DONE), state
            if state == "flooding":
                assert counts_up(last.outputs), f"after {wait_s} s"
            self._tab.restart()
            await self.ready()
        kept = [cell for cell in self.cells if cell.code.startswith("'kept")]
        assert [shown(cell) for cell in kept] == [f"'kept {n}'" for n in range(len(moments))]


def tabs_of(session: WindowSession, count: int) -> list[KernelTab]:
    """Open tabs until a window has so many."""
    while len(session.window.tabs.all) < count:
        session.window.actions_by_id["tab.new"].trigger()
    return session.window.tabs.all


def counts_up(outputs: Sequence[Output]) -> bool:
    """Whether a flood is there from its beginning, without a gap."""
    [text] = outputs
    assert isinstance(text, StreamOutput)
    lines = text.text.buffer.plain_text().splitlines()[:-1]  # the last may be cut
    return lines == [str(n) for n in range(len(lines))]


def shown(cell: Cell) -> str:
    """Return a cell's result; ipykernel 7.4 may add on stderr what troubles it at its end."""
    [result] = [output for output in cell.outputs if isinstance(output, RichOutput)]
    return result.bundle.text("text/plain")
