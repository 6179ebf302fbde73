"""A program that shows a window: shown_window.py LAYOUT_FILE [X,Y,WIDTH,HEIGHT…]."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.layout_file import LayoutFile
from vitrail.shell.main_window import MainWindow

application = QApplication([])
desk = Desk(Appearance("light"), layouts=LayoutFile(Path(sys.argv[1])))
window = MainWindow(desk)
window.show()
application.processEvents()
for place in sys.argv[2:]:
    window.setGeometry(*map(int, place.split(",")))
    application.processEvents()
at = window.geometry()
print(at.x(), at.y(), at.width(), at.height(), window.screen().name())
window.close_unasked()
