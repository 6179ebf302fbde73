"""Two consoles in tabs that can be closed, each with a kernel that goes with its tab."""

import sys

from PySide6.QtWidgets import QApplication, QTabWidget

from vitrail.embedding import Console


def close(index: int) -> None:
    """Delete the tab: its kernel ends, also while something runs."""
    consoles[index].deleteLater()
    del consoles[index]


application = QApplication(sys.argv)
tabs = QTabWidget(tabsClosable=True)
tabs.tabCloseRequested.connect(close)
consoles = [Console(theme=theme) for theme in ("light", "dark")]
for console in consoles:
    console.told.connect(tabs.setToolTip)
    console.start("python3")
    tabs.addTab(console, "Python")
tabs.resize(800, 500)
tabs.show()
sys.exit(application.exec())
