"""The window where there is no screen to look at, or none at all."""

import signal
import sys

import pytest

from support.program import Home, Program, until

NO_DISPLAY = {"QT_QPA_PLATFORM": None, "DISPLAY": None, "WAYLAND_DISPLAY": None}


def ended_well(program: Program, home: Home) -> None:
    """Check that a program ends with status 0 and leaves nothing."""
    done = program.finish()
    assert (done.status, done.stdout) == (0, "")
    # Qt's offscreen plug-in excuses itself for what it cannot do.
    said = [line for line in done.stderr.splitlines() if "This plugin does not support" not in line]
    assert said == []
    assert home.leftovers() == []


def has_profile(home: Home) -> bool:
    """Whether the kernel has come so far that it opened its history."""
    return (home.path / "ipython" / "profile_default" / "history.sqlite").exists()


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_the_window_and_its_kernel(home: Home, which: signal.Signals) -> None:
    with home.start() as program:
        until(lambda: has_profile(home))
        program.signal(which)
        ended_well(program, home)


def test_signal_ends_a_window_while_its_kernel_starts(home: Home) -> None:
    with home.start() as program:
        until(home.connection_files)
        program.signal(signal.SIGTERM)
        ended_well(program, home)


def test_signal_ends_a_window_whose_kernel_never_answers(home: Home) -> None:
    code = "open('begun', 'w').close(); import time; time.sleep(600)"
    home.add_kernel("silent", [sys.executable, "-c", code, "{connection_file}"])
    with home.start("--kernel", "silent") as program:
        until((home.desk / "begun").exists)
        program.signal(signal.SIGTERM)
        ended_well(program, home)


def test_without_a_display_one_line_names_the_other_way(home: Home) -> None:
    with home.start(**NO_DISPLAY) as program:
        done = program.finish()
    assert (done.status, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("vitrail: There is no display")
    assert "vitrail run" in line
    assert home.leftovers() == []


def test_display_that_cannot_be_opened_is_one_line(home: Home) -> None:
    variables = {**NO_DISPLAY, "DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"}
    with home.start(**variables) as program:
        done = program.finish()
    assert (done.status, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("vitrail: ")
    assert ":4711" in line
    assert home.leftovers() == []


@pytest.mark.parametrize("platform", ["nonesuch", "nonesuch;neither", "wayland"])
def test_platform_that_cannot_start_is_one_line(home: Home, platform: str) -> None:
    with home.start(**{**NO_DISPLAY, "QT_QPA_PLATFORM": platform}) as program:
        done = program.finish()
    assert (done.status, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("vitrail: ")
    assert platform.split(";")[0] in line
    assert home.leftovers() == []


def test_platform_that_is_second_choice_is_taken(home: Home) -> None:
    with home.start(**{**NO_DISPLAY, "QT_QPA_PLATFORM": "nonesuch;offscreen"}) as program:
        until(lambda: has_profile(home))
        program.signal(signal.SIGTERM)
        assert program.finish().status == 0
    assert home.leftovers() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unknown",), "unrecognized"),
        (("one.py", "two.py"), "unrecognized"),
        (("--theme", "x"), "--style"),
    ],
)
def test_wrong_call_is_said_in_one_line(home: Home, arguments: tuple[str, ...], said: str) -> None:
    with home.start(*arguments) as program:
        done = program.finish()
    [line] = done.stderr.splitlines()
    assert (done.status, done.stdout) == (2, "")
    assert said in line


def test_version_and_help_need_neither_display_nor_kernel(home: Home) -> None:
    for option in ("--version", "--help", "run"):
        arguments = [option] if option != "run" else ["run", "--help"]
        with home.start(*arguments, **NO_DISPLAY) as program:
            done = program.finish()
        assert (done.status, done.stderr) == (0, "")
        assert "vitrail" in done.stdout
