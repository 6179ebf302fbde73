"""Options of the window, on the program itself."""

import signal
import socket
from pathlib import Path

import psutil

from support.program import Home, Program, until


def ended(program: Program) -> str:
    program.signal(signal.SIGTERM)
    done = program.finish()
    assert done.status == 0
    return done.stderr


def kernels(home: Home) -> list[psutil.Process]:
    return [each for each in home.processes() if "ipykernel_launcher" in " ".join(each.cmdline())]


def has_profile(home: Home) -> bool:
    return (home.path / "ipython" / "profile_default" / "history.sqlite").exists()


def test_debug_says_what_happens_and_no_secret(home: Home) -> None:
    with home.start("--debug") as program:
        until(lambda: has_profile(home))
        [file] = [each for each in home.connection_files() if each.suffix == ".json"]
        text = file.read_text()
        said = ended(program)
    assert "vitrail.kernel: python3 started as process" in said
    assert "vitrail.wire: kernel_info_request on" in said
    for line in text.splitlines():
        if "key" in line:
            assert line.split('"')[3] not in said
    assert home.leftovers() == []


def test_one_subject_alone_is_spoken_of(home: Home) -> None:
    with home.start("--log-filter", "kernel") as program:
        until(lambda: has_profile(home))
        said = ended(program)
    assert "vitrail.kernel: " in said
    assert "vitrail.wire: " not in said


def test_another_settings_file_is_used_and_the_usual_one_is_left_alone(home: Home) -> None:
    (home.path / "config/vitrail").mkdir()
    (home.path / "config/vitrail/settings.toml").write_text("nonsense")
    home.write("mine.toml", "version = 1\n")
    with home.start("--config", "mine.toml") as program:
        until(lambda: has_profile(home))
        ended(program)
    assert (home.path / "config/vitrail/settings.toml").read_text() == "nonsense"


def test_second_start_opens_a_tab_in_the_window_of_the_first(home: Home) -> None:
    door = home.path / "run" / "vitrail-window.sock"
    with home.start("--single-instance") as first:
        until(lambda: has_profile(home) and is_open(door))
        assert door.stat().st_mode & 0o777 == 0o600
        with home.start("--single-instance") as second:
            done = second.finish()
        assert (done.status, done.stdout, done.stderr) == (0, "", "")
        until(lambda: len(kernels(home)) >= 2)  # perhaps a spare one
        ended(first)
    assert not door.exists()
    assert home.leftovers() == []


def test_window_that_crashed_does_not_keep_the_next_from_opening(home: Home) -> None:
    door = home.path / "run" / "vitrail-window.sock"
    with home.start("--single-instance") as first:
        until(lambda: is_open(door))
        first.signal(signal.SIGKILL)
        first.finish()
    left = home.processes(), home.connection_files()
    with home.start("--single-instance") as second:
        until(lambda: is_open(door))
        ended(second)
    assert not door.exists()
    for process in left[0]:
        process.kill()
    for path in left[1]:
        path.unlink()


def is_open(door: Path) -> bool:
    """Whether somebody listens there."""
    with socket.socket(socket.AF_UNIX) as visitor:
        return visitor.connect_ex(str(door)) == 0
