"""Looking for an older input by key and mouse, in a console without a kernel."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from support.console import Console
from support.input_pilot import KEYS, MODIFIERS
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.finder import HistoryFinder
from vitrail_widgets.history.popup import HistoryPopup
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

CODES = (
    "import csv",
    "def load(path):\n    return csv.reader(path)",
    "rows = load('x')",
    "print(rows)",
)


class Desk:
    """A console with a past."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.console = Console()
        self.view = self.console.view
        self.input = self.view.input
        self.finder: HistoryFinder = self.view.history
        self.popup: HistoryPopup = self.finder.popup
        self.submitted: list[str] = []
        self.input.submitted.connect(self.submitted.append)
        now = time.time()
        for number, code in enumerate(CODES):
            self.finder.add(PastInput(code, "s", number, now - 60 + number, "Toy"))

    def press(self, *names: str) -> None:
        """Press keys where the focus is."""
        for name in names:
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= MODIFIERS[one]
            code = KEYS.get(key) or Qt.Key[f"Key_{key}"]
            self.qtbot.keyClick(self.focused, code, modifiers)
            self.wait()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focused, text)
        self.wait()

    def wait(self) -> None:
        """Let the search end: a slice of it is short, and others may have the processor then."""
        if self.popup.isVisible():
            self.qtbot.waitUntil(lambda: self.finder.search.is_done)

    @property
    def focused(self) -> QWidget:
        field: QLineEdit = self.popup.field
        return field if field.hasFocus() else self.input

    @property
    def offered(self) -> list[str]:
        return [self.popup.rows.past(row).code for row in range(self.popup.rows.rowCount())]

    @property
    def chosen(self) -> str:
        current = self.popup.current
        return "" if current is None else current.code


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    qtbot.addWidget(made.view)
    with qtbot.waitExposed(made.view):
        made.view.show()
    made.input.setFocus()
    qtbot.waitUntil(made.input.hasFocus)
    yield made
    made.finder.close()


def test_ctrl_r_offers_all_inputs_the_newest_first(desk: Desk) -> None:
    desk.press("Ctrl+R")
    assert desk.popup.isVisible()
    assert desk.popup.field.hasFocus()
    assert desk.offered == list(reversed(CODES))
    assert desk.popup.report == "1 of 4"


def test_typing_sifts_and_enter_takes_what_is_chosen(desk: Desk) -> None:
    desk.press("Ctrl+R")
    desk.type("csv")
    assert desk.offered == [CODES[1], CODES[0]]
    desk.press("Enter")
    assert desk.input.text() == CODES[1]
    assert desk.input.hasFocus()
    assert not desk.popup.isVisible()
    assert desk.submitted == []


def test_ctrl_r_again_and_the_arrows_step(desk: Desk) -> None:
    desk.press("Ctrl+R")
    desk.type("csv")
    desk.press("Ctrl+R")
    assert desk.chosen == CODES[0]
    assert desk.popup.report == "2 of 2"
    desk.press("Ctrl+R")
    assert desk.chosen == CODES[1]
    desk.press("Up")
    assert desk.chosen == CODES[0]
    desk.press("Up", "Down", "Ctrl+Shift+R")
    assert desk.chosen == CODES[1]


def test_esc_leaves_text_caret_and_selection_as_they_were(desk: Desk) -> None:
    desk.type("x = csv + 1")
    cursor = desk.input.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    desk.input.setTextCursor(cursor)
    desk.press("Ctrl+R")
    assert desk.popup.field.text() == "csv"
    desk.type("load")
    desk.press("Down", "Esc")
    assert desk.input.text() == "x = csv + 1"
    after = desk.input.textCursor()
    assert (after.anchor(), after.position()) == (4, 7)
    assert desk.input.hasFocus()


@pytest.mark.parametrize("key", ["Shift+Enter", "Ctrl+Enter"])
def test_shift_or_ctrl_with_enter_takes_and_runs(desk: Desk, key: str) -> None:
    desk.press("Ctrl+R")
    desk.type("load(path")
    desk.press(key)
    assert desk.submitted == [CODES[1]]
    assert desk.input.text() == ""


def test_what_was_replaced_is_one_undo_away(desk: Desk) -> None:
    desk.type("draft")
    desk.press("Ctrl+R", "Ctrl+A", "Backspace")
    desk.type("print")
    desk.press("Tab")
    assert desk.input.text() == "print(rows)"
    desk.input.undo()
    assert desk.input.text() == "draft"


def test_what_is_typed_already_is_looked_for_and_typing_replaces_it(desk: Desk) -> None:
    desk.type("rows")
    desk.press("Ctrl+R")
    assert desk.offered == [CODES[3], CODES[2]]
    desk.type("im")
    assert desk.popup.field.text() == "im"
    assert desk.offered == [CODES[0]]


def test_several_lines_are_not_looked_for(desk: Desk) -> None:
    desk.input.set_text("if x:\n    y")
    desk.press("Ctrl+R")
    assert desk.popup.field.text() == ""
    assert len(desk.offered) == 4


def test_what_fits_nothing_is_said_and_enter_takes_nothing(desk: Desk) -> None:
    desk.type("z")
    desk.press("Ctrl+R")
    desk.type("nowhere")
    assert desk.popup.report == "No input fits that."
    desk.press("Enter")
    assert desk.popup.isVisible()
    desk.press("Shift+Enter", "Esc")
    assert desk.input.text() == "z"
    assert desk.submitted == []


def test_what_fits_nothing_makes_a_small_panel_and_the_field_stays(desk: Desk) -> None:
    desk.press("Ctrl+R")
    whole, field = desk.popup.height(), desk.popup.y()
    desk.type("nowhere")
    assert desk.popup.height() < whole / 2
    assert desk.popup.y() == field
    assert desk.popup.preview.isHidden()
    desk.popup.field.clear()
    assert desk.popup.height() == whole
    assert desk.popup.y() == field


def test_a_search_that_begins_with_no_match_is_small_and_beside_the_input(desk: Desk) -> None:
    desk.type("nowhere")
    desk.press("Ctrl+R")
    gap = desk.input.y() - desk.popup.geometry().bottom()
    below = desk.popup.y() - desk.input.geometry().bottom()
    assert 0 < max(gap, below) < 30
    desk.type("csv")
    assert len(desk.offered) == 2
    assert desk.popup.list.height() >= 3 * 20


def test_a_half_that_closed_by_itself_is_not_looked_for(desk: Desk) -> None:
    desk.type("print(")
    assert desk.input.text() == "print()"
    desk.press("Ctrl+R")
    assert desk.popup.field.text() == "print("
    assert desk.offered == [CODES[3]]


def test_the_search_is_seen_while_one_reads_further_up(desk: Desk) -> None:
    desk.console.cell("long")
    desk.console.stream("long", "output\n" * 80)
    desk.view.scroller.to_start()
    desk.press("Ctrl+R")
    assert desk.view.viewport().rect().contains(desk.popup.geometry())
    desk.press("Esc")
    assert desk.view.scroller.top == 0


def test_it_is_opened_from_the_transcript_too_and_leads_to_the_input(desk: Desk) -> None:
    desk.console.cell("a", "code")
    desk.view.focus_transcript()
    assert desk.view.hasFocus()
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert desk.popup.isVisible()
    desk.type("import")
    desk.press("Enter")
    assert desk.input.text() == CODES[0]
    assert desk.input.hasFocus()


def test_an_empty_history_says_so(desk: Desk) -> None:
    desk.finder.search.load([])
    desk.press("Ctrl+R")
    assert desk.popup.report == "Nothing has been entered yet."
    desk.press("Down", "Up", "PageDown")
    assert desk.chosen == ""


def test_the_chosen_input_is_shown_in_full_with_where_it_comes_from(desk: Desk) -> None:
    desk.press("Ctrl+R")
    desk.type("csv")
    said = desk.popup.preview.accessibleDescription()
    assert said.endswith(f" · Toy · In [1]\n{CODES[1]}")
    desk.press("Down")
    assert desk.popup.preview.accessibleDescription().endswith(CODES[0])


def test_a_long_input_is_shown_around_what_fits(desk: Desk) -> None:
    desk.finder.add(PastInput("\n".join(f"line_{number}" for number in range(100))))
    desk.press("Ctrl+R")
    desk.type("line_50")
    assert 50 in desk.popup.preview.shown_lines
    assert len(desk.popup.preview.shown_lines) <= 7
    desk.view.grab()


def test_a_click_chooses_and_a_double_click_takes(desk: Desk) -> None:
    desk.press("Ctrl+R")
    view = desk.popup.list.viewport()
    point = desk.popup.list.visualRect(desk.popup.rows.index(2)).center()
    desk.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert desk.chosen == CODES[1]
    assert desk.popup.field.hasFocus()
    desk.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert desk.input.text() == CODES[1]


def test_a_click_elsewhere_closes_the_popup(desk: Desk) -> None:
    desk.type("kept")
    desk.press("Ctrl+R")
    where = QPoint(20, 5)
    desk.qtbot.mouseClick(desk.input.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not desk.popup.isVisible()
    assert desk.input.text() == "kept"


def test_the_popup_is_never_over_the_input(desk: Desk) -> None:
    for number in range(12):
        desk.press("Ctrl+R")
        line = desk.input.geometry()
        assert not desk.popup.geometry().intersects(line)
        assert desk.view.viewport().rect().contains(desk.popup.geometry())
        desk.press("Esc")
        desk.console.cell(f"c{number}")
        desk.console.stream(f"c{number}", "output\n" * 3)
    desk.input.set_text("\n".join("xyz"))
    desk.view.resize(500, 260)
    desk.press("Ctrl+R")
    assert not desk.popup.geometry().intersects(desk.input.geometry())


def test_the_popup_follows_the_input_that_output_pushes_down(desk: Desk) -> None:
    desk.press("Ctrl+R")
    desk.type("csv")
    desk.console.cell("c")
    desk.console.stream("c", "output\n" * 8)
    assert not desk.popup.geometry().intersects(desk.input.geometry())
    assert desk.popup.field.text() == "csv"
    desk.console.stream("c", "output\n" * 80)
    assert not desk.popup.geometry().intersects(desk.input.geometry())
    assert desk.popup.field.hasFocus()


def test_everything_has_a_name_and_the_field_says_what_is_chosen(desk: Desk) -> None:
    desk.press("Ctrl+R")
    names = (desk.popup, desk.popup.field, desk.popup.list, desk.popup.preview)
    assert all(widget.accessibleName() for widget in names)
    desk.type("import")
    assert "import csv" in desk.popup.field.accessibleDescription()
    assert "1 of 1" in desk.popup.field.accessibleDescription()


def test_fifty_thousand_inputs_are_searched_in_slices(desk: Desk) -> None:
    desk.finder.search.load(
        PastInput(f"value_{n} = compute({n})\n" * (1 + n % 9)) for n in range(50_000)
    )
    desk.press("Ctrl+R")
    desk.type("vlcmp499")
    desk.qtbot.waitUntil(lambda: desk.finder.search.is_done)
    desk.qtbot.waitUntil(lambda: desk.popup.report.startswith("1 of"))
    assert not desk.popup.report.endswith("…")


def test_a_long_list_grows_as_one_goes_down(desk: Desk) -> None:
    desk.finder.search.load(PastInput(f"x = {n}") for n in range(1000))
    desk.press("Ctrl+R")
    assert desk.popup.rows.rowCount() < 1000
    desk.qtbot.waitUntil(lambda: desk.popup.report == "1 of 1\u2009000")
    for _ in range(50):
        desk.press("PageDown")
    assert desk.popup.report == "351 of 1\u2009000"
    assert desk.chosen == "x = 649"


def test_what_comes_later_joins_and_what_is_chosen_stays_chosen(desk: Desk) -> None:
    desk.press("Ctrl+R")
    desk.type("csv")
    desk.press("Down")
    assert desk.chosen == CODES[0]
    desk.finder.add_older([PastInput("csv.old", "3", 1)])
    assert desk.offered == [CODES[1], CODES[0], "csv.old"]
    desk.finder.refresh([PastInput("csv.new", "t", 1, time.time())])
    assert desk.offered == ["csv.new", CODES[1], CODES[0], "csv.old"]
    assert desk.chosen == CODES[0]


def test_the_kernel_is_asked_after_a_pause_and_not_for_each_letter(desk: Desk) -> None:
    asked: list[str] = []
    desk.finder.wanted.connect(asked.append)
    desk.press("Ctrl+R")
    desk.type("csv")
    desk.qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["csv"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_drawn_in_the_themes_colours(desk: Desk, name: str) -> None:
    theme = Theme.load(name)
    desk.view.apply_theme(theme)
    desk.press("Ctrl+R")
    picture = desk.popup.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() - 8) == theme.raised


def test_a_large_font_makes_larger_rows(desk: Desk) -> None:
    desk.press("Ctrl+R")
    before = desk.popup.list.visualRect(desk.popup.rows.index(0)).height()
    desk.view.set_code_font(code_font(None, 24.0))
    desk.press("Esc", "Ctrl+R")
    assert desk.popup.list.visualRect(desk.popup.rows.index(0)).height() > before
    assert not desk.popup.geometry().intersects(desk.input.geometry())


def test_shift_up_and_down_walk_through_what_contains_the_text(desk: Desk) -> None:
    desk.input.history.load(["a = csv", "other", "print(csv)"])
    desk.type("csv")
    desk.press("Shift+Up")
    assert desk.input.text() == "print(csv)"
    desk.press("Shift+Up")
    assert desk.input.text() == "a = csv"
    desk.press("Shift+Up")
    assert desk.input.text() == "a = csv"
    desk.press("Shift+Down", "Shift+Down")
    assert desk.input.text() == "csv"


def test_shift_up_selects_where_there_is_nothing_to_find(desk: Desk) -> None:
    desk.type("nothing")
    desk.press("Shift+Up")
    assert desk.input.textCursor().selectedText() == "nothing"


def test_a_wheel_over_the_popup_does_not_scroll_the_console(desk: Desk) -> None:
    desk.console.cell("c")
    desk.console.stream("c", "output\n" * 200)
    desk.press("Ctrl+R")
    bar = desk.view.verticalScrollBar()
    before = bar.value()
    QTest.mouseMove(desk.popup)
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    centre = QPointF(desk.popup.preview.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(desk.popup.preview.mapToGlobal(centre)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.popup.preview, event)
    assert bar.value() == before
