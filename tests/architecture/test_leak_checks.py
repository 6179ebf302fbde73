"""The checks of conftest.py, run against tests that break them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from support.leaks import GRACE_VARIABLE, descendants

ROOT = Path(__file__).parents[2]

CULPRITS = """
import asyncio, logging, subprocess, sys, threading

import pytest

KEPT = []
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_thread():
    KEPT.append(threading.Event())
    threading.Thread(target=KEPT[-1].wait, args=[10], name="forgotten", daemon=True).start()

def test_process():
    KEPT.append(subprocess.Popen(SLEEPER))

def test_widget(qapp):
    from PySide6.QtWidgets import QLabel
    KEPT.append(QLabel("forgotten"))

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    KEPT.append(QTimer(interval=1000))
    KEPT[-1].start()

async def test_task():
    KEPT.append(asyncio.create_task(asyncio.sleep(60), name="forgotten"))

@pytest.mark.qasync
async def test_task_on_qt():
    KEPT.append(asyncio.create_task(asyncio.sleep(60), name="forgotten on qt"))

def test_log_record():
    logging.getLogger("vitrail").warning("the roof leaks")

def test_expected_log_that_never_comes(expected_log):
    expected_log("the cellar floods")

def test_qt_warning():
    from PySide6.QtCore import qWarning
    qWarning("a complaint of Qt")

def test_python_warning():
    import warnings
    warnings.warn("an old friend")
"""

INNOCENTS = """
import asyncio, logging, os, subprocess, sys, threading
from pathlib import Path

import pytest


def test_ends_what_it_starts(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    thread = threading.Thread(target=lambda: None)
    thread.start()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    widget = QWidget()
    QTimer(widget, interval=1000).start()
    widget.deleteLater()

def test_declares_its_log_record(expected_log):
    expected_log("roof .eaks")
    logging.getLogger("vitrail").warning("the roof leaks")
    logging.getLogger("vitrail").info("it rains")

async def test_waits_for_its_task():
    await asyncio.create_task(asyncio.sleep(0))
    assert type(asyncio.get_running_loop()).__module__.startswith("asyncio")

async def test_cancels_its_task():
    task = asyncio.create_task(asyncio.sleep(60))
    task.cancel()

@pytest.mark.qasync
async def test_marker_brings_qt():
    assert type(asyncio.get_running_loop()).__module__.startswith("qasync")

async def test_qt_timer_fires(qt_loop):
    from PySide6.QtCore import QTimer
    fired = asyncio.Event()
    timer = QTimer(singleShot=True)
    timer.timeout.connect(fired.set)
    timer.start(1)
    await fired.wait()

def test_home_is_private():
    from jupyter_client.kernelspec import KernelSpecManager
    assert "vt-" in os.environ["JUPYTER_RUNTIME_DIR"]
    assert "vt-" in str(Path.home())
    assert "python3" in KernelSpecManager().find_kernel_specs()
"""

ORPHAN_MAKER = """
import subprocess, sys

SLEEPER = "import time; time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}])"

def test_leaves_a_grandchild():
    subprocess.run([sys.executable, "-W", "ignore", "-c", PARENT], check=True)
"""


PARENT_THAT_STAYS = (
    "import subprocess; p = subprocess.Popen({command}); print(1, flush=True); p.wait()"
)


def run_pytest(directory: Path, source: str, grace_s: float | None = None) -> str:
    """Run *source* as a test module under the project's conftest; return what pytest prints.

    Args:
        directory: An empty one.
        source: Of the module.
        grace_s: How long what is about to end may take; None is as long as everywhere.
    """
    shutil.copy(ROOT / "tests" / "conftest.py", directory)
    module = directory / "test_subject.py"
    module.write_text(source)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    command += ["-p", "no:cacheprovider", "-rA", "--color=no", str(module)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if grace_s is not None:
        env[GRACE_VARIABLE] = str(grace_s)
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=directory)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def culprits(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run_pytest(tmp_path_factory.mktemp("culprits"), CULPRITS, 0.1)


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ("test_thread", "left behind: thread 'forgotten'"),
        ("test_process", "left behind: process"),
        ("test_widget", "left behind: widget <PySide6.QtWidgets.QLabel"),
        ("test_timer", "left behind: timer <PySide6.QtCore.QTimer"),
        ("test_task", "left behind: <Task pending name='forgotten'"),
        ("test_task_on_qt", "left behind: <Task pending name='forgotten on qt'"),
        ("test_log_record", "log record WARNING vitrail: the roof leaks"),
        ("test_expected_log_that_never_comes", "no log record matches 'the cellar floods'"),
        ("test_qt_warning", "Qt messages with level WARNING or above emitted"),
        ("test_python_warning", "UserWarning: an old friend"),
    ],
)
def test_culprit_fails_with_its_reason(culprits: str, test: str, complaint: str) -> None:
    headline = rf"^_+ (?:ERROR at teardown of )?{test} _+\n(.*?)(?=^[_=]{{3}})"
    sections = re.findall(headline, culprits, re.MULTILINE | re.DOTALL)
    assert any(complaint in section for section in sections), culprits


def test_blameless_tests_pass(tmp_path: Path) -> None:
    printed = run_pytest(tmp_path, INNOCENTS)
    assert re.search(r"^=+ 7 passed in .*", printed, re.MULTILINE), printed


def test_process_that_outlives_its_parent_is_found_and_ended(tmp_path: Path) -> None:
    printed = run_pytest(tmp_path, ORPHAN_MAKER, 0.1)
    assert "processes outlived the tests" in printed
    assert "1 passed, 1 error" in printed


def test_descendants_are_those_that_every_process_is_asked_for() -> None:
    code = PARENT_THAT_STAYS.format(command=[sys.executable, "-c", "print(input())"])
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        found = {process.pid for process in descendants()}
        below = {process.pid for process in psutil.Process(parent.pid).children()}
        assert below
        assert found >= {parent.pid, *below}
        assert found == {process.pid for process in psutil.Process().children(recursive=True)}
        parent.communicate(b"over\n")
