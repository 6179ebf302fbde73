"""Icons have one colour of the theme, and say whether a button can be pressed."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.icons import FAINT, themed_icon
from vitrail_widgets.qt.theme import Theme


def strongest(icon: QIcon, mode: QIcon.Mode) -> float:
    picture = icon.pixmap(QSize(16, 16), mode).toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return max(picture.pixelColor(x, y).alphaF() for x, y in places)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_icon_of_what_cannot_be_pressed_is_fainter(qtbot: QtBot, theme: str) -> None:
    icon = themed_icon("back", Theme.load(theme).muted)
    normal, disabled = strongest(icon, QIcon.Mode.Normal), strongest(icon, QIcon.Mode.Disabled)
    assert disabled <= normal * FAINT + 0.01
    assert disabled > 0.1
