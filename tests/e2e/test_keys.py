"""Keys on a real X server: what a keyboard sends, with its layout and its modifiers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.desktop import Desktop
from support.program import Home, Program, until

pytestmark = pytest.mark.xvfb


def settings(home: Home) -> Path:
    """Return where the settings of a home stand."""
    return home.path / "config" / "vitrail" / "settings.toml"


def writing(name: str, expression: str) -> str:
    """Return a line of code that writes the value of an expression into a file."""
    return f"_ = open('{name}','w').write(str({expression}))"


def written(path: Path) -> str:
    """Wait until a cell has written a file, and return what is in it."""
    return until(lambda: path.read_text("utf-8") if path.exists() else "")


@contextmanager
def window(desktop: Desktop, home: Home) -> Iterator[Program]:
    """Open a window and quit when the test is done with it."""
    with desktop.open(home) as program:
        yield program
        desktop.quit(program)
        done = program.finish()
        assert (done.status, done.stdout, done.stderr) == (0, "", "")


def test_a_command_is_chosen_in_the_palette_and_typing_goes_on_in_the_input(
    home: Home, desktop: Desktop
) -> None:
    with window(desktop, home):
        desktop.press("ctrl+shift+p")
        desktop.type("dark theme")
        desktop.type(writing("out", "6*7"))
        assert written(home.desk / "out") == "42"
        assert 'theme = "dark"' in settings(home).read_text("utf-8")


def test_keys_of_the_settings_are_those_of_the_keyboard(home: Home, desktop: Desktop) -> None:
    settings(home).parent.mkdir()
    settings(home).write_text('[keys]\n"input.run" = ["Ctrl+<", "F8, Ctrl+;"]\n', "utf-8")
    with window(desktop, home):
        desktop.type(writing("sign", "1"), then="ctrl+less")  # Shift and the comma's key
        assert written(home.desk / "sign") == "1"
        desktop.type(writing("sequence", "2"), then="F8")
        desktop.press("ctrl+semicolon")
        assert written(home.desk / "sequence") == "2"


def test_a_sign_with_shift_reaches_the_window(home: Home, desktop: Desktop) -> None:
    with window(desktop, home) as program:
        desktop.type(writing("before", "__import__('os').getpid()"))
        before = written(home.desk / "before")
        desktop.restart(program)
        desktop.type(writing("after", "__import__('os').getpid()"))
        assert written(home.desk / "after") != before


def test_keys_are_recorded_from_the_keyboard(home: Home, desktop: Desktop) -> None:
    with desktop.open(home) as program:
        desktop.press("ctrl+shift+p")
        desktop.type("keyboard shortcuts")
        until(lambda: len(desktop.windows(program)) == 2)
        desktop.focus(program)
        desktop.type("run as it is")
        desktop.press("ctrl+greater", "Return")
        until(lambda: settings(home).exists() and settings(home).read_text("utf-8"))
        assert '"input.run" = ["Ctrl+>"]' in settings(home).read_text("utf-8")
        desktop.press("Escape")
        until(lambda: len(desktop.windows(program)) == 1)
        desktop.focus(program)
        desktop.type(writing("out", "6*7"), then="ctrl+greater")
        assert written(home.desk / "out") == "42"
        desktop.quit(program)
        assert program.finish().status == 0
