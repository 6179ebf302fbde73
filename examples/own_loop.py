"""A console in a program that runs asyncio on Qt's loop itself, and waits for the kernel's end."""

import asyncio
import sys

import qasync
from PySide6.QtWidgets import QApplication

from vitrail.embedding import Console


async def main() -> None:
    """Show a console until somebody leaves it."""
    left = asyncio.Event()
    console = Console()
    console.exit_requested.connect(left.set)
    application.lastWindowClosed.connect(left.set)
    console.start("python3")
    console.resize(800, 500)
    console.show()
    await left.wait()
    await console.end()


application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
with qasync.QEventLoop(application) as loop:
    loop.run_until_complete(main())
