"""The examples of docs/embedding.md: programs of somebody else with a console in them.

Each is run as it stands, in a process of its own on a real kernel, and used by key.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Finished, Home, Program, private_home, until
from support.sources import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
DRIVER = ROOT / "tests" / "support" / "host_driver.py"

USING = """
import asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from vitrail_widgets.transcript.cells import Cell

async def until(condition):
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)

def cells(console):
    return [each for each in console.transcript.entries if isinstance(each, Cell)]

async def run(console, code):
    QTest.keyClicks(console.view.input, code)
    QTest.keyClick(console.view.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    await until(lambda: cells(console))
    cell = cells(console)[-1]
    return cell

async def result(console, code="6*7"):
    cell = await run(console, code)
    await until(lambda: cell.status.is_finished)
    await until(lambda: "\\n42" in shown(console.view))  # once it has been drawn
    print(shown(console.view))

def shown(view):
    view.selected.select_all()
    text = view.selected.text()
    view.selected.select(None)
    return text
"""

SIX_BY_SEVEN = """
async def use(consoles):
    for console in consoles:
        await until(lambda: console.state == "idle")
        await result(console)
    for window in QApplication.topLevelWidgets():
        window.close()
"""


@pytest.fixture
def home() -> Iterator[Home]:
    with private_home() as made:
        yield made


def started(home: Home, example: str, use: str, *arguments: str) -> Program:
    script = home.write("use.py", USING + use)
    program = str(ROOT / "examples" / example)  # or a path of its own
    variables = {**home.variables, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-W", "default::ResourceWarning", str(DRIVER), str(script), program]
    return Program([*command, *arguments], home.desk, variables)


def used(home: Home, example: str, use: str, *arguments: str) -> Finished:
    """Run an example to its end, which is clean: it says nothing, and leaves nothing."""
    with started(home, example, use, *arguments) as program:
        finished = program.finish()
    assert finished.stderr.replace(OFFSCREEN, "") == ""
    return finished


OFFSCREEN = "This plugin does not support propagateSizeHints()\n"
"""Qt's offscreen platform says so for any window."""


@pytest.mark.kernel
@pytest.mark.parametrize("example", ["own_kernel.py", "own_loop.py", "two_consoles.py"])
def test_console_runs_code_and_goes_with_its_program(home: Home, example: str) -> None:
    finished = used(home, example, SIX_BY_SEVEN)
    assert finished.status == 0
    assert finished.stdout.count("42") == (2 if example == "two_consoles.py" else 1)
    assert home.leftovers() == []


@pytest.mark.kernel
def test_console_on_an_existing_kernel_leaves_it_running(home: Home) -> None:
    (home.path / "run").mkdir(exist_ok=True)
    kernel = Program(
        [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            str(home.path / "run" / "kernel-x.json"),
        ],
        home.desk,
        home.variables,
    )
    with kernel:
        until((home.path / "run" / "kernel-x.json").exists)
        for _ in range(2):
            finished = used(home, "existing_kernel.py", SIX_BY_SEVEN, "kernel-x.json")
            assert finished.status == 0
            assert "42" in finished.stdout
        assert kernel.is_running


@pytest.mark.kernel
def test_closing_the_window_while_a_cell_runs_ends_the_kernel(home: Home) -> None:
    use = """
async def use(consoles):
    (console,) = consoles
    await until(lambda: console.state == "idle")
    await run(console, "while True: print('x' * 1000)")
    await until(lambda: console.state == "busy")
    QApplication.topLevelWidgets()[0].window().close()
"""
    assert used(home, "own_kernel.py", use).status == 0
    assert home.leftovers() == []


@pytest.mark.kernel
def test_deleting_one_of_two_consoles_ends_its_kernel_alone(home: Home) -> None:
    use = """
async def use(consoles):
    import psutil, shiboken6
    for console in consoles:
        await until(lambda: console.state == "idle")
    first, second = consoles
    del console, consoles
    await run(first, "while True: print('x' * 1000)")
    await until(lambda: first.state == "busy")
    tabs = second.parentWidget().parentWidget()
    tabs.tabCloseRequested.emit(tabs.indexOf(first))
    del first
    await until(lambda: len(psutil.Process().children()) == 1)
    await result(second)
    tabs.close()
"""
    finished = used(home, "two_consoles.py", use)
    assert finished.status == 0
    assert "42" in finished.stdout
    assert home.leftovers() == []


@pytest.mark.kernel
def test_window_that_is_closed_while_the_kernel_starts_leaves_none(home: Home) -> None:
    use = """
async def use(consoles):
    QApplication.topLevelWidgets()[0].window().close()
"""
    assert used(home, "own_kernel.py", use).status == 0
    assert home.leftovers() == []


@pytest.mark.kernel
def test_program_that_never_quits_its_application_leaves_no_kernel(home: Home) -> None:
    use = """
async def use(consoles):
    (console,) = consoles
    await until(lambda: console.state == "idle")
    import sys
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, console, lambda: sys.exit(3))
"""
    with started(home, "own_kernel.py", use) as program:
        finished = program.finish()
    assert finished.status == 3, finished
    assert home.leftovers() == []


@pytest.mark.kernel
def test_program_that_keeps_all_in_a_function_ends_as_cleanly(home: Home) -> None:
    """Its widgets, and the application itself, are deleted before the interpreter ends."""
    text = (ROOT / "examples" / "own_kernel.py").read_text("utf-8")
    head, _, body = text.partition("application = ")
    body = "".join(f"    {line}\n" for line in f"application = {body}".splitlines())
    body = body.replace("sys.exit(application.exec())", "return application.exec()")
    program = home.write("program.py", f"{head}def main():\n{body}\nsys.exit(main())\n")
    finished = used(home, str(program), SIX_BY_SEVEN)
    assert finished.status == 0
    assert "42" in finished.stdout
    assert home.leftovers() == []


@pytest.mark.kernel
def test_exit_in_a_cell_may_quit_the_application(home: Home) -> None:
    use = """
async def use(consoles):
    (console,) = consoles
    console.exit_requested.connect(QApplication.quit)
    await until(lambda: console.state == "idle")
    await run(console, "exit")
"""
    assert used(home, "own_kernel.py", use).status == 0
    assert home.leftovers() == []


@pytest.mark.kernel
def test_console_that_is_ended_says_so_and_can_be_kept_to_read(home: Home) -> None:
    use = """
async def use(consoles):
    (console,) = consoles
    told = []
    console.ended.connect(lambda: told.append(console.state))
    await until(lambda: console.state == "idle")
    await result(console)
    await console.end()
    await until(lambda: told)
    await console.end()
    console.run("1/0")
    console.set_theme("contrast")
    await asyncio.sleep(0)
    print(told, len(cells(console)))
    console.window().close()
"""
    finished = used(home, "own_kernel.py", use)
    assert finished.stdout.endswith("1\n")
    assert home.leftovers() == []


@pytest.mark.kernel
def test_kernel_that_cannot_start_is_said_in_the_console(home: Home) -> None:
    use = """
async def use(consoles):
    (console,) = consoles
    await until(lambda: console.state == "idle")
    console.start("no such kernel")
    await until(lambda: console.state == "dead")
    print([entry.text for entry in console.transcript.entries if hasattr(entry, "text")])
    console.start()
    await until(lambda: console.state == "idle")
    await result(console)
    console.window().close()
"""
    finished = used(home, "own_kernel.py", use)
    assert "no such kernel" in finished.stdout
    assert "42" in finished.stdout
    assert home.leftovers() == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_needs_nothing_but_the_facade(example: Path) -> None:
    tree = ast.parse(example.read_text("utf-8"))
    ours = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vitrail")
    }
    assert ours == {"vitrail.embedding"}
