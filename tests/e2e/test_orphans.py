"""A window that crashes, and the next one."""

import signal

import psutil

from support.program import Home, Program, until


def kernels(home: Home) -> list[psutil.Process]:
    return [each for each in home.processes() if "ipykernel_launcher" in each.cmdline()]


def lives(process: psutil.Process) -> bool:
    """Whether it has not ended, be it reaped or not: its parent crashed."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def has_profile(home: Home) -> bool:
    return (home.path / "ipython" / "profile_default" / "history.sqlite").exists()


def listed(home: Home) -> list[str]:
    return sorted(path.name for path in (home.path / "state/vitrail/kernels").glob("*"))


def crashed(home: Home) -> psutil.Process:
    """Open a window and kill it as soon as its kernel can be lost; return the kernel."""
    with home.start() as program:
        until(lambda: has_profile(home) and listed(home))
        program.signal(signal.SIGKILL)
        program.finish()
    [kernel] = kernels(home)
    return kernel


def ended_well(program: Program, home: Home) -> None:
    program.signal(signal.SIGTERM)
    assert program.finish().status == 0
    assert home.leftovers() == []
    assert listed(home) == []


def test_kernel_of_a_killed_window_is_adopted_by_who_attaches_to_it(home: Home) -> None:
    kernel = crashed(home)
    [name] = listed(home)
    with home.start("--existing", name) as program:
        until(lambda: str(program.process.pid) in registered(home, name))
        assert lives(kernel)
        ended_well(program, home)
    assert not lives(kernel)


def registered(home: Home, name: str) -> str:
    path = home.path / "state/vitrail/kernels" / name
    return path.read_text() if path.exists() else ""
