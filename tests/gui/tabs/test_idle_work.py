"""What is done once all is idle: a spare kernel for the next tab, and orphans that are offered."""

import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from support.window import WindowSession, in_window
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.process_identity import ProcessIdentity
from vitrail.kernel.registry import Entry, Registry, registry_path
from vitrail.presenters.kernel_words import ADOPTED
from vitrail.shell.idle_work import IdleWork
from vitrail.shell.orphan_offer import OrphanOffer, sentence
from vitrail_widgets.render.ahead import MODULES
from vitrail_widgets.transcript.cells import Notice

pytestmark = [pytest.mark.qasync, pytest.mark.kernel]

LOOK_MS = 20


@in_window
async def test_new_tab_gets_the_spare_kernel_and_the_next_one_is_prepared(
    session: WindowSession,
) -> None:
    desk = session.window.desk
    work = IdleWork(desk, "python3", look_ms=LOOK_MS)
    await session.until(lambda: work.spare.is_ready)
    spare = work.spare._process
    assert spare is not None
    session.window.actions_by_id["tab.new"].trigger()
    tab = session.window.tabs.current
    await session.until(lambda: tab.live is not None and tab.state == "idle")
    assert tab.live is not None
    assert tab.live.process is spare  # docs/performance.md says how long that takes
    await session.until(lambda: work.spare.is_ready)
    assert work.spare._process is not spare


@in_window
async def test_what_the_first_outputs_want_is_loaded_beforehand(session: WindowSession) -> None:
    work = IdleWork(session.window.desk, "python3", look_ms=LOOK_MS)
    await session.until(lambda: work.ahead.is_done)
    assert set(MODULES) <= sys.modules.keys()


@in_window
async def test_without_the_setting_there_is_no_spare_kernel(session: WindowSession) -> None:
    session.settings.change("kernel", "spare", False)
    work = IdleWork(session.window.desk, "python3", look_ms=LOOK_MS)
    await session.until(lambda: work.offer is not None)
    assert not work.spare.is_ready
    assert work.spare._work is None


@in_window
async def test_no_spare_kernel_is_started_while_a_kernel_is_busy(session: WindowSession) -> None:
    session.type("import time; time.sleep(600)")
    await session.until(lambda: session.tab.state == "busy")
    work = IdleWork(session.window.desk, "python3", look_ms=LOOK_MS)
    looks: list[None] = []
    work._timer.timeout.connect(lambda: looks.append(None))
    await session.until(lambda: len(looks) > 4)
    assert work.spare._work is None
    assert work.offer is None


async def orphan(launched: float) -> tuple[KernelProcess, Entry]:
    """Launch a kernel that looks as if its window had crashed."""
    live = LiveKernel(await KernelProcess.launch("python3", is_lasting=True))
    await live.open()  # on other ports, if somebody took one
    process = live.release()
    await live.close()
    assert process is not None
    process.enlist(launched=launched)
    process.let_go()
    entry = Entry(
        connection_file=process.connection_file,
        kernel=ProcessIdentity.of(process.pid),
        owner=ProcessIdentity(1, "another boot"),
        launched_as="python3",
        display_name="Python 3 (ipykernel)",
        directory=Path.cwd(),
        launched=launched,
        pipe=0,
    )
    Registry(registry_path()).enter(entry)
    return process, entry


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@in_window
async def test_orphans_are_offered_one_after_the_other(session: WindowSession) -> None:
    desk = session.window.desk
    orphans = [await orphan(launched) for launched in (3.0, 2.0, 1.0)]
    offer = OrphanOffer(desk, [entry for _, entry in orphans])
    try:
        assert offer.bar.isVisible()
        assert "(1 of 3)" in offer.bar.label.text()
        press(offer.later)
        press(offer.end)
        await session.until(lambda: not orphans[1][1].kernel.is_alive)
        press(offer.adopt)
        assert not offer.bar.isVisible()
        tab = session.window.tabs.current
        await session.until(lambda: tab.live is not None and tab.state == "idle")
        assert tab.live is not None
        assert tab.live.process is not None
        assert tab.live.process.pid == orphans[2][0].pid
        assert tab.kernel.is_ours
        entries = tab.presenter.execution.transcript.entries
        await session.until(lambda: ADOPTED in [e.text for e in entries if isinstance(e, Notice)])
        assert orphans[0][1].kernel.is_alive
    finally:
        os.killpg(orphans[0][0].pid, signal.SIGKILL)
        await desk.end()
        for process, _ in orphans:  # a real orphan is not our child
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process.pid, 0)
        Registry(registry_path()).remove(orphans[0][0].connection_file)
        orphans[0][0].connection_file.unlink()


def test_offer_says_which_kernel_since_when_and_where() -> None:
    entry = Entry(
        connection_file=Path("k.json"),
        kernel=ProcessIdentity(1, ""),
        owner=ProcessIdentity(2, ""),
        launched_as="ir",
        display_name="R",
        directory=Path.home() / "study",
        launched=1000.0,
        pipe=0,
    )
    assert sentence(entry, 1, 1000.0 + 7200) == (
        "A window crashed and left its kernel: R, started 2 h ago in ~/study"
    )
    assert "started just now" in sentence(entry, 2, 1000.0)
