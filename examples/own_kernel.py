"""A console with a kernel of its own, in a window of yours."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from vitrail.embedding import Console

application = QApplication(sys.argv)
window = QMainWindow()
console = Console(theme="light")
console.start("python3")
window.setCentralWidget(console)
window.resize(800, 500)
window.show()
sys.exit(application.exec())  # when the last window is closed, the kernel ends
