"""Settings hold at once: chosen in a menu, or written into the file by hand."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from support.lone_window import lone_window
from support.window import WindowSession
from vitrail.settings.store import SettingsStore
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.transcript.cells import Notice
from vitrail_widgets.transcript.prompt import IN, Prompt


def open_window(qtbot: QtBot, path: Path) -> MainWindow:
    window = lone_window(None, SettingsStore(path))
    qtbot.addWidget(window)
    window.show()
    return window


def notices(window: MainWindow) -> list[str]:
    entries = window.tab.presenter.execution.transcript.entries
    return [entry.text for entry in entries if isinstance(entry, Notice)]


def theme_action(window: MainWindow, text: str) -> QAction:
    return next(each for each in window.findChildren(QAction) if each.text() == text)


def is_shown(window: MainWindow, is_dark: bool) -> bool:
    return window.tab.view.theme.dark is is_dark


def test_the_chosen_theme_is_used_the_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    window = open_window(qtbot, path)
    theme_action(window, "&Dark").trigger()
    assert window.tab.view.theme.dark
    again = open_window(qtbot, path)
    assert again.tab.view.theme.dark
    assert theme_action(again, "&Dark").isChecked()


def test_a_file_that_is_saved_by_hand_holds_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    window = open_window(qtbot, path)
    path.write_text(
        '[appearance]\ntheme = "dark"\nfont_size = 20\n[completion]\nas_you_type = false\n'
        "[input]\nclose_pairs = false\n",
        "utf-8",
    )
    view = window.tab.view
    qtbot.waitUntil(lambda: view.theme.dark and not view.completer.as_you_type)
    assert view.metrics.font.pointSizeF() == 20
    assert not view.input.typing.closes
    [menu] = [each for each in window.findChildren(QMenu) if each.title() == "&Theme"]
    menu.aboutToShow.emit()
    assert theme_action(window, "&Dark").isChecked()


def test_figures_fit_the_theme_from_when_the_setting_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.toml")
    window = lone_window("dark", store)
    qtbot.addWidget(window)
    assert not window.tab.view.theme.fits_figures
    for fits in (True, False):
        store.change("appearance", "fit_figures", fits)
        assert window.tab.view.theme.fits_figures is fits
        assert window.tab.view.theme.dark


def test_a_second_save_is_seen_too(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[appearance]\ntheme = "light"\n', "utf-8")
    window = open_window(qtbot, path)
    for theme, is_dark in (("dark", True), ("light", False), ("dark", True)):
        new = tmp_path / "new"
        new.write_text(f'[appearance]\ntheme = "{theme}"\n', "utf-8")
        new.replace(path)  # as careful editors do
        qtbot.waitUntil(partial(is_shown, window, is_dark))


@pytest.mark.qasync
async def test_what_is_wrong_in_the_file_is_said_in_the_console(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[appearance]\ntheme = "pink"\n', "utf-8")
    window = open_window(qtbot, path)
    assert "appearance.theme" in notices(window)[0]
    path.write_text("[", "utf-8")
    await WindowSession(window).until(lambda: len(notices(window)) == 2)
    assert "left as it is" in notices(window)[1]
    await window.tab.end()


def test_prompts_are_those_of_the_settings(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[prompt]\ninput = "{n}> "\n[status]\ntemplate = "hello"\n', "utf-8")
    window = open_window(qtbot, path)
    assert window.tab.view.looks.prompts.input == Prompt("", "> ")
    assert [part.text for part in window.tab.templates.status] == ["hello"]
    path.write_text('[prompt]\ninput = "In [{n}]"\n', "utf-8")
    qtbot.waitUntil(lambda: window.tab.view.looks.prompts.input == IN)
    assert window.tab.templates.status == []
