"""Settings are found and changed in a dialog, which shows what holds."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from support.lone_window import lone_window
from vitrail.settings.fields import sections
from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.keys_dialog import KeysDialog
from vitrail.shell.settings_dialog.dialog import SettingsDialog
from vitrail.shell.settings_dialog.page import SettingsPage
from vitrail.shell.settings_dialog.row import NARROW, SettingRow

ALL = [(field.section, field.name) for section in sections() for field in section.fields]
Key = Qt.Key


class Pilot:
    """A window, its dialog of settings, and the file in which they are kept."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot, self.path = qtbot, path
        self.store = SettingsStore(path)
        self.window = lone_window(None, self.store)
        qtbot.addWidget(self.window)
        self.window.show()
        self.open()
        qtbot.waitUntil(self.page.field.hasFocus)

    def open(self) -> None:
        self.window.actions_by_id["edit.settings"].trigger()

    @property
    def dialog(self) -> SettingsDialog:
        dialog = self.window.findChild(SettingsDialog)
        assert isinstance(dialog, SettingsDialog)
        return dialog

    @property
    def page(self) -> SettingsPage:
        return self.dialog.page

    def row(self, section: str, name: str) -> SettingRow:
        return self.page.rows[section, name]

    def check_box(self, section: str, name: str) -> QCheckBox:
        widget = self.row(section, name).editor.widget
        assert isinstance(widget, QCheckBox)
        return widget

    def combo_box(self, section: str, name: str) -> QComboBox:
        widget = self.row(section, name).editor.widget
        assert isinstance(widget, QComboBox)
        return widget

    def choose(self, section: str, name: str, value: str) -> None:
        """Choose from a list by typing the beginning of what is wanted."""
        box = self.combo_box(section, name)
        box.setFocus()
        pause_ms = QApplication.keyboardInputInterval()
        QApplication.setKeyboardInputInterval(60_000)  # each letter is a theme, which takes a while
        self.qtbot.keyClicks(box, value)
        QApplication.setKeyboardInputInterval(pause_ms)
        self.qtbot.keyClick(box, Key.Key_Return)


@pytest.fixture
def pilot(qtbot: QtBot, tmp_path: Path) -> Pilot:
    return Pilot(qtbot, tmp_path / "settings.toml")


def test_tab_leads_from_the_field_to_a_setting_that_is_found(pilot: Pilot) -> None:
    pilot.qtbot.keyClicks(pilot.page.field, "font size")
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert pilot.row("appearance", "font_size").isAncestorOf(focused)


def test_every_setting_of_the_table_stands_in_it_with_its_value(pilot: Pilot) -> None:
    assert list(pilot.page.rows) == ALL
    assert pilot.check_box("completion", "as_you_type").isChecked()
    assert pilot.combo_box("pager", "place").currentText() == "below"
    spin = pilot.row("output", "fold_rows").editor.widget
    assert isinstance(spin, QSpinBox)
    assert spin.value() == 1000


def test_it_is_one_dialog_however_often_it_is_asked_for(pilot: Pilot) -> None:
    pilot.open()
    assert len(pilot.window.findChildren(SettingsDialog)) == 1


def test_a_switch_holds_at_once_and_is_kept(pilot: Pilot) -> None:
    box = pilot.check_box("input", "close_pairs")
    pilot.qtbot.keyClick(box, Key.Key_Space)
    assert not pilot.window.tab.view.input.typing.closes
    assert "close_pairs = false" in pilot.path.read_text("utf-8")


def test_a_pygments_style_is_used_at_once(pilot: Pilot) -> None:
    pilot.choose("appearance", "theme", "monokai")
    assert pilot.window.tab.view.theme.name == "monokai"
    assert SettingsStore(pilot.path).now.appearance.theme == "monokai"


def test_the_menu_of_themes_shows_that_a_style_is_used(pilot: Pilot) -> None:
    pilot.choose("appearance", "theme", "monokai")
    actions = pilot.window.actions_by_id
    assert not any(action.isChecked() for name, action in actions.items() if "theme_" in name)
    actions["view.theme_dark"].trigger()
    assert pilot.window.tab.view.theme.name == "Dark"
    assert actions["view.theme_dark"].isChecked()
    assert pilot.combo_box("appearance", "theme").currentText() == "dark"


def test_a_number_that_is_typed_holds_when_the_field_is_left(pilot: Pilot) -> None:
    spin = pilot.row("output", "fold_rows").editor.widget
    assert isinstance(spin, QSpinBox)
    spin.setFocus()
    spin.selectAll()
    pilot.qtbot.keyClicks(spin, "50")
    assert pilot.store.now.output.fold_rows == 1000
    pilot.qtbot.keyClick(spin, Key.Key_Tab)
    assert pilot.store.now.output.fold_rows == 50


def test_a_font_can_be_typed_and_taken_back(pilot: Pilot) -> None:
    line = pilot.combo_box("appearance", "font_family").lineEdit()
    assert isinstance(line, QLineEdit)
    assert line.text() == "the system's"
    line.setFocus()
    line.selectAll()
    pilot.qtbot.keyClicks(line, "DejaVu Sans Mono")
    pilot.qtbot.keyClick(line, Key.Key_Return)
    assert pilot.window.tab.view.metrics.font.family() == "DejaVu Sans Mono"
    pilot.row("appearance", "font_family").reset_button.click()
    assert pilot.store.now.appearance.font_family == ""
    assert line.text() == "the system's"


def test_reset_gives_back_the_default_and_is_there_only_then(pilot: Pilot) -> None:
    row = pilot.row("prompt", "input")
    assert row.reset_button.isHidden()
    pilot.store.change("prompt", "input", ">>> ")
    assert not row.reset_button.isHidden()
    row.reset_button.click()
    assert pilot.store.now.prompt.input == "In [{n}]"
    assert row.reset_button.isHidden()


def test_what_is_changed_elsewhere_is_shown(pilot: Pilot) -> None:
    pilot.store.change("completion", "call_tips", value=False)
    assert not pilot.check_box("completion", "call_tips").isChecked()


def test_settings_are_found_by_any_word_that_is_said_of_them(pilot: Pilot) -> None:
    pilot.qtbot.keyClicks(pilot.page.field, "bracket quote")
    shown = [key for key, row in pilot.page.rows.items() if not row.isHidden()]
    assert shown == [("input", "close_pairs")]
    pilot.page.field.clear()
    assert not any(row.isHidden() for row in pilot.page.rows.values())


def test_that_nothing_is_found_is_said(pilot: Pilot) -> None:
    pilot.page.field.setText("zzz")
    assert not any(row.isVisible() for row in pilot.page.rows.values())
    assert pilot.page.nothing.isVisible()


def test_the_wheel_changes_nothing_that_it_passes(pilot: Pilot) -> None:
    box = pilot.combo_box("appearance", "theme")
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at,
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentText() == pilot.store.now.appearance.theme == "system"


def test_a_file_that_cannot_be_used_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("version = 99\n", "utf-8")
    store = SettingsStore(path)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(Appearance("light", store), lambda: None, parent)
    dialog.show()
    assert dialog.notice.isVisible()
    assert "no change is kept" in dialog.notice.text()
    box = dialog.page.rows["input", "close_pairs"].editor.widget
    assert isinstance(box, QCheckBox)
    box.click()
    assert not store.now.input.close_pairs
    assert path.read_text("utf-8") == "version = 99\n"


def test_editors_stand_under_the_words_where_it_is_narrow(pilot: Pilot) -> None:
    row = pilot.row("pager", "place")
    wide_left = row.editor.widget.x()
    assert wide_left > row.meaning.x()
    pilot.dialog.resize(NARROW - 100, 600)
    pilot.qtbot.waitUntil(lambda: row.editor.widget.x() == row.meaning.x())
    assert row.editor.widget.y() > row.meaning.y()


def test_every_editor_has_a_name_for_screen_readers(pilot: Pilot) -> None:
    for row in pilot.page.rows.values():
        assert row.editor.widget.accessibleName() == row.field.title
        assert row.editor.widget.accessibleDescription()


def test_tab_goes_through_all_editors_and_each_comes_into_sight(pilot: Pilot) -> None:
    pilot.dialog.resize(600, 320)
    last = pilot.row(*ALL[-1]).editor.widget
    for _ in range(3 * len(ALL)):
        if last.hasFocus():
            break
        pilot.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert last.hasFocus()
    assert not last.visibleRegion().isEmpty()


def test_the_keys_are_one_button_away(pilot: Pilot) -> None:
    buttons = {button.text(): button for button in pilot.dialog.findChildren(QPushButton)}
    buttons["&Keyboard shortcuts…"].click()
    assert pilot.window.findChild(KeysDialog) is not None


def test_a_closed_dialog_follows_the_settings_no_more(pilot: Pilot) -> None:
    pilot.dialog.close()
    pilot.qtbot.waitUntil(lambda: pilot.window.findChild(SettingsDialog) is None)
    pilot.store.change("input", "close_pairs", value=False)
    pilot.open()
    assert not pilot.check_box("input", "close_pairs").isChecked()
