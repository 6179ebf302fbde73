"""The picture of a console in a program of somebody else."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QPushButton,
    QSplitter,
    QWidget,
)

from vitrail.embedding import Console, Theme
from vitrail_widgets.transcript.cells import Cell

SIZE = (900, 520)
READY_S = 60

SESSION = (
    "import numpy as np, matplotlib.pyplot as plt",
    "time = np.linspace(0, 12, 400)\nsignal = np.sin(time) * np.exp(-time / 4)",
    "plt.figure(figsize=(5, 1.4)); plt.plot(time, signal); plt.show()",
    "float(signal.std())",
)


async def embedding_picture(theme: str, target: Path) -> None:
    """Save what a console looks like beside the controls of its host."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setPalette(Theme.load(theme).palette())
    console = Console(theme=theme)
    host = _host(console)
    host.show()
    console.start()
    for code in SESSION:
        console.run(code)
    try:
        async with asyncio.timeout(READY_S):
            await asyncio.sleep(0.1)  # they are entered by Qt's loop
            while not all(cell.status.is_finished for cell in _cells(console)):
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        host.grab().save(str(target / f"embedding-{theme}.png"))
    finally:
        await console.end()
        host.deleteLater()


def _cells(console: Console) -> list[Cell]:
    return [each for each in console.transcript.entries if isinstance(each, Cell)]


def _host(console: Console) -> QWidget:
    """Return somebody's program that measures something."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setWindowTitle("Oscilloscope")
    controls = QWidget()
    form = QFormLayout(controls)
    channel = QComboBox()
    channel.addItems(["CH1", "CH2"])
    form.addRow("Channel", channel)
    for name, value, unit in (("Time base", 2.0, " ms"), ("Trigger", 0.5, " V")):
        box = QDoubleSpinBox(suffix=unit)
        box.setValue(value)
        form.addRow(name, box)
    form.addRow(QCheckBox("Average"))
    form.addRow(QPushButton("Acquire"))
    splitter.addWidget(controls)
    splitter.addWidget(console)
    splitter.setSizes([200, 700])
    splitter.resize(*SIZE)
    return splitter
