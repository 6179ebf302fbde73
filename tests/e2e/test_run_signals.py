"""`vitrail run` interrupted, ended, or attached to a kernel that is not its own."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from support.program import Home, until

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def has_appeared(path: Path) -> Path:
    """Wait for a file that a cell writes."""
    until(path.exists)
    return path


def sleeper(name: str) -> str:
    """Return code that writes a file and sleeps, and writes another when interrupted."""
    return (
        "import time\n"
        f"try:\n    open('{name}-begun', 'w').close(); time.sleep(600)\n"
        f"except KeyboardInterrupt:\n    open('{name}-interrupted', 'w').close()"
    )


@contextmanager
def somebody_elses_kernel(home: Home) -> Iterator[tuple[KernelManager, Path]]:
    """Run a kernel as another program would; it and its file must live on to the end."""
    path = home.path / "run" / "kernel-other.json"
    manager = KernelManager(connection_file=str(path), transport_encryption="auto")
    manager.start_kernel(env=home.variables, cwd=str(home.desk))
    try:
        yield manager, path
        assert manager.is_alive()
        assert path.exists()
    finally:
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


@pytest.mark.parametrize("which", SIGNALS)
def test_signal_ends_the_kernel_in_its_cell(home: Home, which: signal.Signals) -> None:
    with home.start("run", "-c", sleeper("cell")) as program:
        has_appeared(home.desk / "cell-begun")
        program.signal(which)
        done = program.finish()
    assert (done.status, done.stdout, done.stderr) == (2, "", "vitrail run: interrupted\n")
    assert home.leftovers() == []


@pytest.mark.parametrize("which", SIGNALS)
def test_signal_while_the_kernel_starts_ends_it(home: Home, which: signal.Signals) -> None:
    with home.start("run", "-c", "1") as program:
        until(home.connection_files)
        program.signal(which)
        done = program.finish()
    assert (done.status, done.stderr) == (2, "vitrail run: interrupted\n")
    assert home.leftovers() == []


def test_second_interrupt_ends_a_kernel_that_heeds_none(home: Home) -> None:
    code = (
        "import signal, time\n"
        "for which in (signal.SIGINT, signal.SIGTERM): signal.signal(which, signal.SIG_IGN)\n"
        "open('cell-begun', 'w').close()\n"
        "time.sleep(600)"
    )
    with home.start("run", "-c", code) as program:
        has_appeared(home.desk / "cell-begun")
        for _ in range(2):
            program.signal(signal.SIGINT)
        done = program.finish()
    assert (done.status, done.stderr) == (2, "vitrail run: interrupted\n")
    assert home.leftovers() == []


def test_kernel_of_somebody_else_is_used_and_left(home: Home) -> None:
    with somebody_elses_kernel(home) as (_, path):
        done = home.run("--existing", str(path), "-c", "x = 6")
        assert (done.status, done.stderr) == (0, "")
        done = home.run("--existing", "other", "-c", "x * 7", "--to", "out.ipynb")
        assert (done.status, done.stderr) == (0, "")
    [cell] = home.notebook().cells
    assert (cell.execution_count, cell.outputs[0].data) == (2, {"text/plain": "42"})


def test_cell_in_somebody_elses_kernel_is_interrupted_not_ended(home: Home) -> None:
    with somebody_elses_kernel(home) as (_, path):
        with home.start("run", "--existing", str(path), "-c", sleeper("signal")) as program:
            has_appeared(home.desk / "signal-begun")
            program.signal(signal.SIGINT)
            assert program.finish().status == 2
        has_appeared(home.desk / "signal-interrupted")
        home.run_out_of_time("late-begun", "--existing", str(path), "-c", sleeper("late"))
        has_appeared(home.desk / "late-interrupted")
        assert home.run("--existing", str(path), "-c", "1").status == 0


def test_somebody_elses_kernel_that_ends_in_the_cell_is_noticed(home: Home) -> None:
    path = home.path / "run" / "kernel-other.json"
    manager = KernelManager(connection_file=str(path), transport_encryption="auto")
    manager.start_kernel(env=home.variables)
    try:
        code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
        done = home.run("--existing", str(path), "-c", code)
    finally:
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()
    assert done.status == 2
    # It may be dead before it has told the number of the cell.
    assert done.stdout.endswith((f"In [1]: {code}\n", f"In [ ]: {code}\n"))
    assert done.stderr == "vitrail run: The kernel is gone: nobody listens there any more.\n"


def test_kernel_ends_when_its_program_is_killed(home: Home) -> None:
    with home.start("run", "-c", sleeper("cell")) as program:
        has_appeared(home.desk / "cell-begun")
        program.signal(signal.SIGKILL)
        program.finish()
        until(lambda: not home.processes())
    for path in home.connection_files():  # nobody is left who could
        path.unlink()
