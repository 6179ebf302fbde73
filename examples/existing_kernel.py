"""A console on a kernel that runs already: python existing_kernel.py kernel-1234.json."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from vitrail.embedding import Console

application = QApplication(sys.argv)
window = QMainWindow()
console = Console(theme="dark")
console.attach(sys.argv[1])
window.setCentralWidget(console)
window.resize(800, 500)
window.show()
sys.exit(application.exec())  # the kernel lives on
