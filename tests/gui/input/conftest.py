from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from support.input_pilot import Fitter, Pilot
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completeness import python_completeness
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme


@pytest.fixture
def pilot(qtbot: QtBot) -> Pilot:
    """Return the driver of an input that decides about Python by itself."""
    area = InputArea()
    qtbot.addWidget(area)
    area.apply_theme(Theme.load("light"), code_font())
    area.set_lexer("ipython3")
    area.completeness = python_completeness
    Fitter(area, 600)
    driver = Pilot(area, qtbot)
    area.submitted.connect(driver.submitted.append)
    area.completeness_wanted.connect(driver.wanted.append)
    area.show()
    area.activateWindow()
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    return driver


@pytest.fixture
def colour_at(pilot: Pilot) -> Callable[[int, int], str]:
    """Return a function that says the theme's name of the colour at a line and a column."""
    theme = Theme.load("light")
    names = {colour.name(): name for name, colour in theme.syntax.items() if name != "name"}

    def colour(line: int, column: int) -> str:
        block = pilot.area.document().findBlockByNumber(line)
        for one in block.layout().formats():
            if one.start <= column < one.start + one.length:
                return names.get(one.format.foreground().color().name(), "")
        return ""

    return colour
