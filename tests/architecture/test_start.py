"""What a start imports: each module is a third of a millisecond more until the first prompt."""

import subprocess
import sys

import pytest

MOST_MODULES = 360
"""Of ours, with some room; there were 352 on 21 November 2026."""

LATE = (
    "vitrail_widgets.signature",
    "vitrail_widgets.qt.list_rows",
    "vitrail_widgets.qt.text_pane",
    "vitrail_widgets.render.static_html",
    "vitrail_widgets.render.document",
    "vitrail_widgets.render.json_tree",
    "vitrail_widgets.render.table",
    "vitrail_widgets.inspector",
    "vitrail_widgets.plots",
    "vitrail_widgets.commands.palette",
    "vitrail_widgets.commands.keys_page",
    "PySide6.QtPrintSupport",
    "matplotlib",
    "nbformat",
    "nh3",
    "numpy",
    "psutil",
    "pyqtgraph",
    "pygments.lexers.python",
    "tomlkit",
    "wcwidth",
    "ziamath",
)
"""What the first prompt does without: packages, and modules on which others hang."""

ADVICE = (
    "The first usable prompt needs none of this. Import it in the function that makes the thing "
    "when it is first wanted, as render/makers.py and completion/completer.py do; and measure: "
    "tests/perf start."
)

SCRIPT = """
import asyncio, sys
from vitrail import bootstrap, cli

live = bootstrap._live

async def accompanied(*arguments):
    from PySide6.QtWidgets import QApplication
    from vitrail.presenters.history import History

    prompt = asyncio.Event()
    async def load(_history):  # the first thing that the prompt does not wait for
        prompt.set()
        await asyncio.Event().wait()
    History.load = load
    task = asyncio.ensure_future(live(*arguments))
    await prompt.wait()
    (window,) = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    window.tab.presenter.flush()
    window.grab()
    print("IMPORTED", *sys.modules)
    window.close_unasked()
    await task

bootstrap._live = accompanied
sys.exit(cli.main([]))
"""


@pytest.fixture(scope="module")
def imported() -> list[str]:
    """Return the modules there are when the prompt of a real kernel has been painted."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    line = next((each for each in done.stdout.splitlines() if each.startswith("IMPORTED ")), "")
    assert line, done.stderr
    return line.split()[1:]


def test_first_prompt_imports_nothing_that_can_come_later(imported: list[str]) -> None:
    early = [name for name in imported if any(f"{name}.".startswith(f"{each}.") for each in LATE)]
    assert early == [], ADVICE


def test_first_prompt_imports_few_modules_of_ours(imported: list[str]) -> None:
    ours = [name for name in imported if name.startswith(("vitrail.", "vitrail_widgets."))]
    assert len(ours) > 100
    assert len(ours) <= MOST_MODULES, ADVICE
