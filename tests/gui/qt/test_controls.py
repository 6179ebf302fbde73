"""Buttons, check boxes, lists and numbers of the dialogs have the theme's colours and shapes."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from vitrail_resources import THEMES, control_image
from vitrail_widgets.qt.controls import control_style
from vitrail_widgets.qt.theme import Theme


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return Theme.load(request.param)


def _shown(qtbot: QtBot, theme: Theme, widget: QWidget) -> QImage:
    around = QWidget()
    qtbot.addWidget(around)
    around.setPalette(theme.palette())
    around.setStyleSheet(control_style(theme.palette()))
    QVBoxLayout(around).addWidget(widget)
    around.resize(240, 80)
    around.show()
    return widget.grab().toImage()


def _colours(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_checked_box_is_filled_with_the_accent_and_an_empty_one_is_not(
    qtbot: QtBot, theme: Theme
) -> None:
    checked, empty = QCheckBox(), QCheckBox()
    checked.setChecked(True)
    assert theme.accent.name() in _colours(_shown(qtbot, theme, checked))
    assert theme.accent.name() not in _colours(_shown(qtbot, theme, empty))


def test_check_mark_stands_out_from_the_accent(qtbot: QtBot, theme: Theme) -> None:
    box = QCheckBox()
    box.setChecked(True)
    image = _shown(qtbot, theme, box)
    accent = theme.accent.lightnessF()
    found = {QColor(each).lightnessF() for each in _colours(image.copy(2, 0, 12, image.height()))}
    assert max(abs(each - accent) for each in found) > 0.4


@pytest.mark.parametrize("make", [QComboBox, QSpinBox])
def test_lists_and_numbers_show_an_arrow_on_the_ground(
    qtbot: QtBot, theme: Theme, make: type[QWidget]
) -> None:
    image = _shown(qtbot, theme, make())
    arrow = image.copy(image.width() - 22, 3, 18, image.height() - 6)
    ground = theme.bg.lightnessF()
    lightness = [QColor(each).lightnessF() for each in _colours(arrow)]
    assert any(abs(each - ground) < 0.02 for each in lightness)
    assert any(abs(each - ground) > 0.3 for each in lightness)


def test_default_button_has_an_edge_of_the_accent(qtbot: QtBot, theme: Theme) -> None:
    plain, chosen = QPushButton("Cancel"), QPushButton("Restart")
    chosen.setDefault(True)
    assert theme.accent.name() in _colours(_shown(qtbot, theme, chosen))
    plain.setEnabled(False)  # takes no focus
    assert theme.accent.name() not in _colours(_shown(qtbot, theme, plain))


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("name", ["check", "down", "up"])
def test_images_of_style_sheets_are_there(name: str, is_dark: bool) -> None:
    assert "<path" in control_image(name, is_dark=is_dark).read_text("utf-8")


def test_no_button_of_a_question_is_narrower_than_its_words(qtbot: QtBot, theme: Theme) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStyleSheet(control_style(theme.palette()))
    box.setText("Shut down?")
    for label in ("Keep running", "Shut down", "Cancel"):
        box.addButton(label, QMessageBox.ButtonRole.ActionRole)
    box.show()
    for button in box.buttons():
        words = button.fontMetrics().horizontalAdvance(button.text())
        assert button.width() >= max(button.sizeHint().width(), words + 2 * 14)
