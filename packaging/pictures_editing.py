"""The picture of an input that is being edited; made by `pictures.py`."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.editing.completeness import python_completeness

SETTLED_S = 0.1  # laid out and painted
SIZE = (900, 190)
LINES = ("def spread(values):", "low = min(values)", "return {'low': low, 'all': [max(values")


async def editing_picture(theme: str, target: Path) -> None:
    """Save an input with brackets that closed by themselves into a directory."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    view = window.tab.view
    view.set_lexer("ipython3")
    view.set_pending_count(1)
    view.input.completeness = python_completeness
    view.completer.as_you_type = False
    view.input.setFocus()
    for number, line in enumerate(LINES):
        if number:
            QTest.keyClick(view.input, Qt.Key.Key_Return)
        QTest.keyClicks(view.input, line)
    await asyncio.sleep(SETTLED_S)
    view.grab().save(str(target / f"editing-{theme}.png"))
    window.close_unasked()
    window.deleteLater()
