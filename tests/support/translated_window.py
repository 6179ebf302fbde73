"""Shows a window, its dialogs and a session in whatever language, and prints every text there.

    translated_window.py PICTURE

Each line is JSON: where a text stands, and the text.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTreeView,
    QWidget,
)

from vitrail.bootstrap import make_application, qt_loop
from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow

READY_S = 60


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what a widget says, to the eye and to a screen reader."""
    kind = type(widget).__name__
    yield f"{kind} name", widget.accessibleName()
    yield f"{kind} tip", widget.toolTip()
    if isinstance(widget, QMenu):
        yield f"{kind} title", widget.title()
    if isinstance(widget, QAbstractButton | QLabel):
        yield kind, widget.text()
    if isinstance(widget, QLineEdit):
        yield f"{kind} hint", widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from ((f"{kind} item", widget.itemText(at)) for at in range(widget.count()))
    if isinstance(widget, QTreeView) and widget.model() is not None:
        yield from _texts_of_rows(widget)
    if widget.isWindow():
        yield f"{kind} title", widget.windowTitle()


def _texts_of_rows(view: QTreeView) -> Iterator[tuple[str, str]]:
    model = view.model()
    for column in range(model.columnCount()):
        for row in range(min(model.rowCount(), 500)):
            index = model.index(row, column)
            yield f"{type(view).__name__} column {column}", str(index.data() or "")


def everything(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield all texts of a window."""
    yield from texts_of(window)
    for widget in window.findChildren(QWidget):
        yield from texts_of(widget)
    yield from (("action", action.text()) for action in window.findChildren(QAction))


async def main() -> None:
    """Show everything, and print it."""
    desk = Desk(Appearance("light"))
    window = MainWindow(desk)
    window.resize(900, 620)
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    presenter = window.tab.presenter
    presenter.submit("1/0")
    presenter.submit("2")
    async with asyncio.timeout(READY_S):
        while window.tab.kernel.info is None or presenter.execution.is_busy:
            await asyncio.sleep(0.02)
    for command in ("edit.keys", "edit.settings", "tab.new"):
        window.actions_by_id[command].trigger()
        await asyncio.sleep(0.1)
    window.actions_by_id["view.zoom_in"].trigger()
    menu = next(m for m in window.menuBar().findChildren(QMenu) if m.objectName() != "none")
    menu.popup(window.menuBar().mapToGlobal(window.menuBar().rect().bottomLeft()))
    await asyncio.sleep(0.3)
    picture = window.grab()
    from PySide6.QtGui import QPainter

    painter = QPainter(picture)
    painter.drawPixmap(window.mapFromGlobal(menu.pos()), menu.grab())
    painter.end()
    picture.save(str(Path(sys.argv[1])))
    menu.close()
    tops = [each for each in QApplication.topLevelWidgets() if not each.parent() or each.isWindow()]
    for top in tops:
        for place, text in everything(top):
            if text:
                print(json.dumps([place, text]))
    desk.close_unasked()
    await desk.end()


application = make_application()
with qt_loop(application) as loop:
    loop.run_until_complete(main())
