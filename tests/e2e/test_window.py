"""The window on a real X server: what a user types there reaches the kernel, and its end."""

import ast
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from support.desktop import Desktop
from support.pictures import colours
from support.program import Home, Program, until
from vitrail_widgets.qt.theme import Theme

pytestmark = pytest.mark.xvfb

SECRET = "xyzzy plugh"
FOR_EVER = "exec(\"_ = open('begun','w').write('1')\\nwhile True: pass\")"


@contextmanager
def window(desktop: Desktop, home: Home, *arguments: str) -> Iterator[Program]:
    """Open a window and, when the test is done with it, quit by Ctrl+Q: nothing may be left."""
    with desktop.open(home, *arguments) as program:
        yield program
        desktop.quit(program)
        ended_well(program, home)


def ended_well(program: Program, home: Home) -> None:
    """Check that a program ends with status 0 and leaves nothing."""
    done = program.finish()
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    assert home.leftovers() == []


def written(path: Path) -> str:
    """Wait until a cell has written a file, and return what is in it."""
    return until(lambda: path.read_text("utf-8") if path.exists() else "")


def writing(name: str, expression: object) -> str:
    """Return a line of code that writes the value of an expression into a file."""
    return f"_ = open('{name}','w').write(str({expression}))"


def wait_for_the_question(desktop: Desktop, home: Home) -> None:
    """Wait until a prompt of sixty full blocks is on the screen of a light window."""
    muted = Theme.load("light").muted.rgb() & 0xFFFFFF
    path = home.desk / "screen.png"
    until(lambda: colours(desktop.picture(path))[muted] > 4000)


def test_typed_code_is_run(home: Home, desktop: Desktop) -> None:
    with window(desktop, home):
        desktop.type(writing("out", "6*7"))
        assert written(home.desk / "out") == "42"


def test_title_names_the_kernel(home: Home, desktop: Desktop) -> None:
    with window(desktop, home) as program:
        until(lambda: "Python 3" in desktop.title(program))


def test_block_is_continued_and_run_when_it_is_complete(home: Home, desktop: Desktop) -> None:
    with window(desktop, home):
        desktop.type("for name in 'ab':")  # the next line is indented by itself
        desktop.type("open(name, 'w').write(name.upper() * 3)")
        desktop.press("Return")
        assert (written(home.desk / "a"), written(home.desk / "b")) == ("AAA", "BBB")


def test_code_typed_while_the_kernel_is_busy_waits_for_its_turn(
    home: Home, desktop: Desktop
) -> None:
    with window(desktop, home):
        desktop.type("import os, time")
        desktop.type("while not os.path.exists('go'): time.sleep(.01)", then="shift+Return")
        desktop.type(writing("first", "'first'"))
        desktop.type(writing("second", "open('first').read() + ' second'"))
        assert not (home.desk / "first").exists()
        home.write("go", "go")
        assert written(home.desk / "second") == "first second"


def test_ctrl_c_interrupts_and_the_next_cell_runs(home: Home, desktop: Desktop) -> None:
    with window(desktop, home):
        desktop.type(FOR_EVER)
        written(home.desk / "begun")
        desktop.press("ctrl+c")
        desktop.type(writing("out", "'after'"))
        assert written(home.desk / "out") == "after"


def test_question_is_answered_below_its_cell(home: Home, desktop: Desktop) -> None:
    with window(desktop, home, "--theme", "light"):
        desktop.type("name = input(60 * chr(0x2588))")
        wait_for_the_question(desktop, home)
        desktop.type("Ada")
        desktop.type(writing("out", "name"))
        assert written(home.desk / "out") == "Ada"


def test_password_reaches_the_kernel_and_no_history(home: Home, desktop: Desktop) -> None:
    with window(desktop, home, "--theme", "light"):
        desktop.type("import getpass; word = getpass.getpass(60 * chr(0x2588))")
        wait_for_the_question(desktop, home)
        desktop.type(SECRET)
        desktop.type(writing("length", "word"))
        assert written(home.desk / "length") == SECRET
        # What Up brings back is what was typed before: a cell, and no answer.
        desktop.press("Up", "Up", "Home")
        desktop.type(writing("inputs", "In") + " #")
        assert SECRET not in written(home.desk / "inputs")
    database = home.path / "ipython" / "profile_default" / "history.sqlite"
    assert SECRET.encode() not in database.read_bytes()


def test_killed_kernel_leaves_the_window_and_is_started_again(home: Home, desktop: Desktop) -> None:
    with window(desktop, home) as program:
        desktop.type(f"x = 1; import os; {writing('pid', 'os.getpid()')}")
        pid = int(written(home.desk / "pid"))
        os.kill(pid, signal.SIGKILL)
        until(lambda: not psutil.pid_exists(pid))
        desktop.type(
            writing("out", "('x' in globals(), os.getpid())").replace("os.", "__import__('os').")
        )
        is_kept, new_pid = ast.literal_eval(written(home.desk / "out"))
        assert not is_kept
        assert new_pid != pid
        assert program.is_running


def test_restart_ends_a_cell_that_runs(home: Home, desktop: Desktop) -> None:
    with window(desktop, home) as program:
        desktop.type(FOR_EVER)
        written(home.desk / "begun")
        desktop.restart(program)
        desktop.type(writing("out", "'new'"))
        assert written(home.desk / "out") == "new"


@pytest.mark.parametrize("how", ["ctrl+q", "SIGTERM", "SIGINT"])
def test_end_of_the_window_ends_the_cell_that_runs(home: Home, desktop: Desktop, how: str) -> None:
    with desktop.open(home) as program:
        desktop.type(FOR_EVER)
        written(home.desk / "begun")
        if how.startswith("SIG"):
            program.signal(signal.Signals[how])
        else:
            desktop.quit(program)
        ended_well(program, home)


def test_window_that_is_closed_at_once_leaves_nothing(home: Home, desktop: Desktop) -> None:
    with window(desktop, home):
        pass


def test_exit_typed_in_a_cell_ends_the_program(home: Home, desktop: Desktop) -> None:
    with desktop.open(home) as program:
        desktop.type("exit")
        ended_well(program, home)


def test_exit_can_leave_the_kernel_running(home: Home, desktop: Desktop) -> None:
    with desktop.open(home) as program:
        desktop.type("exit(keep_kernel=True)")
        done = program.finish()
    [file] = home.connection_files()
    said = f"vitrail: The kernel lives on: vitrail --existing {file.name}\n"
    assert (done.status, done.stdout, done.stderr) == (0, "", said)
    code = "import os, signal, time; time.sleep(2); print('here'); os.kill(os.getpid(), 15)"
    done = home.run("--existing", file.name, "-c", code)
    assert done.status == 2
    assert "here" in done.stdout
    until(lambda: not home.processes())
    file.unlink()


def test_unknown_kernel_opens_a_window_that_ends_well(home: Home, desktop: Desktop) -> None:
    with window(desktop, home, "--kernel", "pyhton3"):
        desktop.type("6*7")


def test_screen_shows_the_window_with_what_was_computed(home: Home, desktop: Desktop) -> None:
    with window(desktop, home, "--theme", "light"):
        desktop.type(f"print('\\x1b[48;2;255;0;255m' + ' ' * 40); {writing('out', 1)}")
        written(home.desk / "out")
        path = home.desk / "screen.png"
        until(lambda: colours(desktop.picture(path))[0xFF00FF] > 1000)
        assert len(colours(path)) > 50


def test_window_comes_back_where_it_was_left_whatever_became_of_the_file(
    home: Home, desktop: Desktop
) -> None:
    with window(desktop, home) as program:
        desktop.place(program, 40, 30, 700, 420)
        until(lambda: desktop.where(program) == (40, 30, 700, 420))
    (state,) = home.path.rglob("layout.json")
    assert state.stat().st_mode & 0o777 == 0o600
    with window(desktop, home) as program:
        until(lambda: desktop.where(program) == (40, 30, 700, 420))
    state.write_text(state.read_text().replace('"rect":[40,30', '"rect":[4000,-3000'))
    with window(desktop, home) as program:
        x, y, width, height = until(lambda: desktop.where(program))
        assert (width, height) == (700, 420)
        assert x >= 0
        assert y >= 0
    state.write_text("{broken")
    with window(desktop, home) as program:
        until(lambda: desktop.where(program)[2:] == (960, 680))
