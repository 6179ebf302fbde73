"""The picture of the history search: inputs of several days, and a few letters."""

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.shell.appearance import Appearance
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.transcript.transcript import Transcript

SIZE = (820, 470)
DAY_S = 86_400.0
PAST = (
    ("frame = read_csv('first.csv')", 40.0, "", False),
    (
        (
            "import pandas as pd\n"
            "rain = pd.read_csv('rain.csv', sep=';', parse_dates=['day'])\n"
            "rain = rain.set_index('day').sort_index()\n"
            "rain.resample('W').sum()"
        ),
        3.0,
        "Python 3",
        False,
    ),
    ("rain = pd.read_csv('rain.txt')", 3.01, "Python 3", True),
    ("rain.describe()", 1.0, "Python 3", False),
    ("wind = pd.read_csv('wind.csv', sep=';')\nwind.head()", 0.02, "Python 3", False),
)


async def history_picture(theme: str, target: Path) -> None:
    """Search a small history and save what it looks like."""
    appearance = Appearance(theme)
    view = ConsoleView(Transcript(), appearance.theme, appearance.code_font)
    view.resize(*SIZE)
    view.set_lexer("ipython3")
    view.set_pending_count(8)
    view.show()
    view.input.setFocus()
    now = time.time()
    for number, (code, days, kernel, failed) in enumerate(sorted(PAST, key=lambda each: -each[1])):
        when = now - days * DAY_S if kernel else None
        session = "made" if kernel else "12"
        view.history.add(PastInput(code, session, number + 3, when, kernel, failed))
    QTest.keyClick(view.input, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(view.history.popup.field, "rdcsv")
    QTest.keyClick(view.history.popup.field, Qt.Key.Key_Down)
    view.grab().save(str(target / f"history-{theme}.png"))
    view.close()
    view.deleteLater()
