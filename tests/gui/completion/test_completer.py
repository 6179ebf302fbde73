from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completions import Completion, CompletionList, Source
from vitrail_widgets.editing.descriptions import Description
from vitrail_widgets.qt.list_rows import Row, RowPainter
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

Key = Qt.Key
NAMES = ("alpha", "alphabet", "beta", "gamma_ray")


class Desk:
    """An input with a completer, and an answer for whatever it asks."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(600, 400)
        self.editor = InputArea(self.window)
        self.editor.setGeometry(20, 20, 560, 60)
        self.editor.apply_theme(Theme.load("light"), code_font())
        self.completer = Completer(self.editor, self.window)
        self.completer.apply_theme(Theme.load("light"), code_font())
        self.asked: list[tuple[str, int]] = []
        self.completer.wanted.connect(lambda code, cursor: self.asked.append((code, cursor)))

    @property
    def popup(self) -> QWidget:
        return self.completer.popup

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.editor, key)

    def until_asked(self, times: int = 1) -> tuple[str, int]:
        self.qtbot.waitUntil(lambda: len(self.asked) >= times)
        return self.asked[-1]

    def answer(
        self,
        *names: str,
        start: int,
        end: int | None = None,
        source: Source = Source.KERNEL,
        closed: bool = False,
    ) -> None:
        code, cursor = self.asked[-1]
        items = tuple(map(Completion, names))
        at = cursor if end is None else end
        self.completer.offer(CompletionList(items, code, start, at, cursor, source, closed))

    def tab(self, code: str, cursor: int | None = None) -> None:
        self.editor.set_text(code)
        place = self.editor.textCursor()
        place.setPosition(len(code) if cursor is None else cursor)
        self.editor.setTextCursor(place)
        self.press(Key.Key_Tab)
        self.until_asked(len(self.asked))

    def offered(self) -> list[str]:
        rows = self.completer.popup
        model = rows._rows
        return [model.item(row).text for row in range(rows.count)]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk(qtbot)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def test_typing_a_name_asks_and_the_answer_is_offered(desk: Desk) -> None:
    desk.type("x = al")
    assert desk.until_asked() == ("x = al", 6)
    desk.answer(*NAMES[:2], start=4)
    assert desk.popup.isVisible()
    assert desk.offered() == ["alpha", "alphabet"]


def test_typing_on_sifts_without_asking_again(desk: Desk) -> None:
    desk.type("g")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    desk.type("r")
    assert desk.offered() == ["gamma_ray"]
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Backspace)
    assert not desk.popup.isVisible()
    assert len(desk.asked) == 1


def test_tab_takes_the_chosen_name(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bet", start=0)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "bet"
    assert not desk.popup.isVisible()


def test_enter_takes_the_chosen_name_and_does_not_submit(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    with desk.qtbot.assertNotEmitted(desk.editor.submitted):
        desk.press(Key.Key_Return)
    assert desk.editor.text() == "beta"


def test_enter_on_a_name_that_is_written_out_submits(desk: Desk) -> None:
    desk.editor.completeness = None
    desk.type("bet")
    desk.until_asked()
    desk.answer("bet", "beta", start=0)
    with desk.qtbot.waitSignal(desk.editor.submitted):
        desk.press(Key.Key_Return)


def test_the_kernels_stretch_is_replaced(desk: Desk) -> None:
    desk.editor.set_text("open('da")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    desk.until_asked()
    desk.answer("data/", start=6)
    assert desk.editor.text() == "open('data/"


def test_code_after_the_cursor_stays(desk: Desk) -> None:
    desk.editor.set_text("f(al, 1)")
    cursor = desk.editor.textCursor()
    cursor.setPosition(4)
    desk.editor.setTextCursor(cursor)
    desk.press(Key.Key_Tab)
    assert desk.until_asked() == ("f(al, 1)", 4)
    desk.answer("alpha", "alto", start=2)
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "f(alpha, 1)"


def test_positions_after_an_emoji_are_code_points(desk: Desk) -> None:
    desk.editor.set_text("'👩' + al")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    assert desk.until_asked() == ("'👩' + al", 8)
    desk.answer("alpha", start=6)
    assert desk.editor.text() == "'👩' + alpha"


def test_tab_inserts_what_all_have_in_common_first(desk: Desk) -> None:
    desk.editor.set_text("al")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    assert desk.editor.text() == "alpha"
    assert desk.popup.isVisible()


def test_tab_at_the_beginning_of_a_line_indents(desk: Desk) -> None:
    desk.press(Key.Key_Tab)
    assert desk.asked == []
    assert desk.editor.text() == "    "


def test_a_stale_answer_is_dropped(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    code, cursor = desk.asked[-1]
    desk.editor.set_text("other")
    desk.completer.offer(CompletionList((Completion("alpha"),), code, 0, 2, cursor))
    assert not desk.popup.isVisible()


def test_an_answer_nobody_asked_for_is_dropped(desk: Desk) -> None:
    desk.completer.offer(CompletionList((Completion("alpha"),), "al", 0, 2, 2))
    assert not desk.popup.isVisible()


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_Left, Key.Key_Space])
def test_what_ends_a_name_closes_the_popup(desk: Desk, leave: Qt.Key) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    if leave is Key.Key_Left:
        desk.press(leave)
        desk.press(leave)
    desk.press(leave)
    assert not desk.popup.isVisible()


def test_losing_the_focus_closes_the_popup(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    desk.editor.clearFocus()
    assert not desk.popup.isVisible()


def test_a_click_takes_a_name(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    row = desk.completer.popup._painter.row_height
    view = desk.completer.popup._list.viewport()
    desk.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(30, row + row // 2))
    assert desk.editor.text() == "alphabet"


def test_one_completion_is_one_undo(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    desk.press(Key.Key_Tab)
    desk.editor.undo()
    assert desk.editor.text() in ("be", "")


def test_typing_asks_nothing_when_it_is_switched_off(desk: Desk) -> None:
    desk.completer.as_you_type = False
    desk.type("alp")
    desk.press(Key.Key_Tab)
    desk.until_asked()
    assert len(desk.asked) == 1


@pytest.mark.parametrize("begun", ["x = 1  # ", '"""\n', '# a\nx = """a\n  b '])
def test_typing_words_asks_nothing_and_tab_does(desk: Desk, begun: str) -> None:
    desk.editor.set_lexer("ipython3")
    desk.editor.set_text(begun)
    desk.type("al")
    desk.qtbot.waitUntil(lambda: not desk.completer.asking._after_typing.isActive())
    assert desk.asked == []
    desk.press(Key.Key_Tab)
    assert desk.until_asked() == (f"{begun}al", len(begun) + 2)


def test_paths_are_asked_for_in_a_string_of_one_line(desk: Desk) -> None:
    desk.editor.set_lexer("ipython3")
    desk.editor.set_text("# words\nopen('")
    desk.type("al")
    assert desk.until_asked()[0].startswith("# words\nopen('al")


def test_the_popup_is_never_over_the_line_that_is_typed_on(desk: Desk) -> None:
    for top in (20, 330):
        desk.editor.setGeometry(20, top, 560, 60)
        desk.editor.set_text("")
        desk.type("a")
        desk.until_asked(len(desk.asked) + 1)
        desk.answer(*[f"a{number}" for number in range(30)], start=0)
        line = desk.editor.cursorRect().translated(desk.editor.pos())
        assert desk.popup.isVisible()
        assert not desk.popup.geometry().intersects(line)
        assert desk.window.rect().contains(desk.popup.geometry())
        desk.press(Key.Key_Escape)


def test_the_arrows_go_round_and_pages_stop_at_the_ends(desk: Desk) -> None:
    desk.type("a")
    desk.until_asked()
    desk.answer(*[f"a{number:02}" for number in range(30)], start=0)
    chosen: Callable[[], str] = lambda: desk.completer.popup.current.text  # type: ignore[union-attr]  # noqa: E731
    desk.press(Key.Key_Up)
    assert chosen() == "a29"
    desk.press(Key.Key_Down)
    assert chosen() == "a00"
    desk.press(Key.Key_PageDown)
    assert chosen() == "a09"
    desk.press(Key.Key_PageUp)
    desk.press(Key.Key_PageUp)
    assert chosen() == "a00"


def test_ten_thousand_names_are_drawn_as_few(desk: Desk) -> None:
    desk.type("n")
    desk.until_asked()
    desk.answer(*[f"n{number}" for number in range(10_000)], start=0)
    assert desk.completer.popup.count == 10_000
    desk.window.grab()


def looked_up(desk: Desk, *names: str, start: int = 0, closed: bool = False) -> None:
    desk.answer(*names, start=start, source=Source.NAMES, closed=closed)


MANY = [f"n{number:02}" for number in range(0, 60, 2)]


def test_the_kernels_answer_joins_the_names_without_moving_what_is_seen(desk: Desk) -> None:
    desk.type("n")
    desk.until_asked()
    looked_up(desk, *MANY)
    for _ in range(14):
        desk.press(Key.Key_Down)
    popup = desk.completer.popup
    bar = popup._list.verticalScrollBar()
    scrolled, place, seen = bar.value(), popup.geometry(), desk.offered()[:15]
    assert scrolled > 0
    desk.answer(*[f"n{number:02}" for number in range(60)], start=0)
    assert popup.current == Completion("n28")
    assert (bar.value(), popup.geometry()) == (scrolled, place)
    assert desk.offered()[:15] == seen
    assert sorted(desk.offered()) == [f"n{number:02}" for number in range(60)]


def test_after_the_next_letter_all_stand_in_their_order(desk: Desk) -> None:
    desk.type("n")
    desk.until_asked()
    looked_up(desk, "na", "nb2", "nb4")
    desk.answer("na", "nb1", "nb2", "nb3", "nb4", start=0)
    desk.type("b")
    assert desk.offered() == ["nb1", "nb2", "nb3", "nb4"]


def test_what_was_typed_meanwhile_sifts_what_joins(desk: Desk) -> None:
    desk.type("n")
    desk.until_asked()
    looked_up(desk, "name", "number")
    desk.type("u")
    desk.answer("name", "nut", "number", start=0)
    assert desk.offered() == ["number", "nut"]


def test_dotted_answers_join_undotted_names(desk: Desk) -> None:
    """IPython without jedi answers with the whole dotted name."""
    desk.type("np.a")
    desk.until_asked()
    looked_up(desk, "array", "abs", start=3)
    desk.answer("np.array", "np.asin", start=0)
    assert set(desk.offered()) == {"array", "abs", "asin"}
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "np.array"


def test_an_answer_for_another_stretch_stands_alone(desk: Desk) -> None:
    desk.tab("x = dir/fi")
    looked_up(desk, "filter", start=8)
    desk.answer("DIR/file1", "DIR/file2", start=4)
    assert desk.offered() == ["DIR/file1", "DIR/file2"]
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "x = DIR/file1"


def test_signatures_and_kinds_come_with_the_kernels_answer(desk: Desk) -> None:
    desk.type("f")
    desk.until_asked()
    code, cursor = desk.asked[-1]
    names = (Completion("fa", "function"), Completion("fb", "function"))
    told = (Completion("fa", "instance"), Completion("fb", "function", "(x)"))
    desk.completer.offer(CompletionList(names, code, 0, 1, cursor, Source.NAMES))
    desk.completer.offer(CompletionList(told, code, 0, 1, cursor))
    model = desk.completer.popup._rows
    assert [model.item(row) for row in (0, 1)] == [names[0], told[1]]


def test_tab_inserts_nothing_before_the_kernel_has_answered(desk: Desk) -> None:
    desk.tab("al")
    looked_up(desk, "alpha")
    assert desk.editor.text() == "al"
    assert desk.popup.isVisible()
    desk.answer("alpha", "alpine", start=0)
    assert desk.editor.text() == "alp"


def test_tab_does_not_wait_where_nothing_else_can_follow(desk: Desk) -> None:
    desk.tab("al")
    looked_up(desk, "alpha", "alphabet", closed=True)
    assert desk.editor.text() == "alpha"


def test_tab_makes_do_with_names_when_the_kernel_gives_no_answer(desk: Desk) -> None:
    desk.tab("al")
    looked_up(desk, "alpha", "alphabet")
    assert desk.editor.text() == "al"
    desk.completer.settle("other", 2)
    assert desk.editor.text() == "al"
    desk.completer.settle(*desk.asked[-1])
    assert desk.editor.text() == "alpha"
    assert desk.popup.isVisible()


def test_who_has_chosen_meanwhile_is_not_overruled(desk: Desk) -> None:
    desk.tab("al")
    looked_up(desk, "alpha", "alpine")
    desk.press(Key.Key_Down)
    desk.answer("alpha", "alpine", start=0)
    assert desk.editor.text() == "al"
    assert desk.completer.popup.current == Completion("alpine")


def test_the_screens_words_are_offered_when_nobody_answers(desk: Desk) -> None:
    desk.completer.words = lambda typed, _: [f"{typed}pha", f"{typed}pine"]
    desk.type("al")
    desk.qtbot.waitUntil(desk.popup.isVisible)
    assert desk.offered() == ["alpha", "alpine"]
    desk.answer("alpaca", "alpha", start=0)
    assert desk.offered() == ["alpha", "alpine", "alpaca"]
    assert desk.popup.isVisible()


def test_the_word_that_one_types_in_is_none_of_the_screens_words(desk: Desk) -> None:
    seen: list[str] = []

    def words(typed: str, written: str) -> list[str]:
        seen.append(written)
        return [f"{typed}ways"]

    desk.completer.words = words
    desk.editor.set_text("alpine + alpha + 1")
    cursor = desk.editor.textCursor()
    cursor.setPosition(11)
    desk.editor.setTextCursor(cursor)
    desk.press(Key.Key_Tab)
    desk.qtbot.waitUntil(desk.popup.isVisible)
    assert seen == ["alpine +  + 1"]
    assert desk.offered() == ["always"]


def test_words_leave_when_the_kernel_knows_of_none(desk: Desk) -> None:
    desk.completer.words = lambda typed, _: ["alpha"]
    desk.type("al")
    desk.qtbot.waitUntil(desk.popup.isVisible)
    desk.answer(start=0)
    assert not desk.popup.isVisible()


def test_no_words_where_there_is_an_answer(desk: Desk) -> None:
    desk.completer.words = lambda typed, _: ["alphorn"]
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", "alto", start=0)
    assert not desk.completer.asking._words.isActive()
    assert desk.offered() == ["alpha", "alto"]


def test_what_the_kernel_replaces_may_reach_behind_the_cursor(desk: Desk) -> None:
    desk.tab("f(al_end, 1)", 4)
    desk.answer("alpha", "alto", start=2, end=8)
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "f(alpha, 1)"


def test_an_answer_after_escape_opens_nothing(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    looked_up(desk, *NAMES)
    desk.press(Key.Key_Escape)
    desk.answer(*NAMES, start=0)
    assert not desk.popup.isVisible()


def test_the_slow_answer_is_wanted_once_nothing_is_typed(desk: Desk) -> None:
    rested: list[str] = []
    desk.completer.rested.connect(lambda code, _: rested.append(code))
    desk.type("al")
    desk.until_asked()
    assert rested == []
    desk.qtbot.waitUntil(lambda: bool(rested))
    assert rested == [desk.asked[-1][0]]


def test_on_tab_the_slow_answer_is_wanted_at_once(desk: Desk) -> None:
    rested: list[str] = []
    desk.completer.rested.connect(lambda code, _: rested.append(code))
    desk.tab("al")
    assert desk.completer.asking._rest.interval() == 0
    desk.qtbot.waitUntil(lambda: rested == ["al"])


def test_an_answer_about_code_that_was_cleared_is_dropped(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.editor.set_text("")
    desk.answer(*NAMES, start=0)
    assert not desk.popup.isVisible()


def test_a_commit_character_takes_the_name_and_is_typed(desk: Desk) -> None:
    desk.completer.commit_characters = ".("
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    desk.type(".")
    assert desk.editor.text() == "beta."


def test_without_commit_characters_what_is_typed_is_typed(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    desk.type(".")
    assert desk.editor.text() == "be."


def test_the_keys_that_take_a_name_can_be_others(desk: Desk) -> None:
    keys = {"popup.accept": ["Right"], "popup.accept_or_enter": []}
    desk.editor.commands.live.override(keys)
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    desk.press(Key.Key_Right)
    assert desk.editor.text() == "beta"


def test_documentation_of_the_chosen_name_comes_after_a_pause(desk: Desk) -> None:
    wanted: list[Completion] = []
    desk.completer.beside.wanted.connect(wanted.append)
    desk.window.resize(1000, 400)
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", "alto", "altar", start=0)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == [Completion("altar")]
    desk.completer.beside.offer(Completion("alto"), Description("alto()", "Another."))
    pane = desk.completer.beside.pane
    assert not pane.isVisible()
    desk.completer.beside.offer(wanted[0], Description("altar(stone)", "A table.\n\nOf stone."))
    assert pane.isVisible()
    assert pane.text == "altar(stone)\n\nA table.\n\nOf stone."
    assert not pane.geometry().intersects(desk.popup.geometry())
    line = desk.editor.cursorRect().translated(desk.editor.pos())
    assert not pane.geometry().intersects(line)
    desk.press(Key.Key_Up)
    assert not pane.isVisible()


def test_documentation_goes_with_the_list(desk: Desk) -> None:
    desk.window.resize(1000, 400)
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", "alto", start=0)
    desk.completer.beside.offer(Completion("alpha"), Description("alpha(x)"))
    assert desk.completer.beside.pane.isVisible()
    desk.press(Key.Key_Escape)
    assert not desk.completer.beside.pane.isVisible()


def test_documentation_of_another_list_does_not_come_back(desk: Desk) -> None:
    desk.window.resize(1000, 400)
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", "alto", start=0)
    desk.completer.beside.offer(Completion("alpha"), Description("alpha(x)"))
    desk.press(Key.Key_Escape)
    desk.completer.beside.follow(Completion("beta"))
    desk.completer.beside.place()  # as when the kernel's own completer joins
    assert not desk.completer.beside.pane.isVisible()


@pytest.mark.parametrize("top", [20, 330])
def test_documentation_is_never_over_the_line(desk: Desk, top: int) -> None:
    desk.window.resize(1000, 400)
    desk.editor.setGeometry(20, top, 960, 60)
    desk.type("a")
    desk.until_asked()
    desk.answer(*[f"a{number}" for number in range(30)], start=0)
    text = "\n".join(map(str, range(100)))
    desk.completer.beside.offer(Completion("a0"), Description("a0()", text))
    pane = desk.completer.beside.pane.geometry()
    line = desk.editor.cursorRect().translated(desk.editor.pos())
    assert desk.completer.beside.pane.isVisible()
    assert not (pane.top() <= line.bottom() and pane.bottom() >= line.top())
    assert desk.window.rect().contains(pane)


def test_where_there_is_no_room_there_is_no_documentation(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", "al" + "o" * 80, start=0)
    desk.completer.beside.offer(Completion("alpha"), Description("alpha(x)"))
    assert not desk.completer.beside.pane.isVisible()


def test_a_list_that_closes_by_itself_leaves_esc_nothing_to_clear(desk: Desk) -> None:
    """Who was about to close the list with Esc has not asked for the text to go."""
    desk.type("g")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    assert desk.popup.isVisible()
    desk.type("x")
    assert not desk.popup.isVisible()
    desk.press(Key.Key_Escape)
    assert desk.editor.text() == "gx"
    desk.press(Key.Key_Escape)
    assert desk.editor.text() == ""
    desk.editor.undo()
    assert desk.editor.text() == "gx"


def test_esc_clears_at_once_when_another_key_was_pressed_since_the_list_closed(desk: Desk) -> None:
    desk.type("g")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    desk.type("x")
    desk.press(Key.Key_Home)
    desk.press(Key.Key_Escape)
    assert desk.editor.text() == ""


def test_esc_clears_a_moment_after_the_list_has_closed(desk: Desk) -> None:
    desk.type("g")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    desk.type("x")
    desk.qtbot.waitUntil(lambda: not desk.editor.late_escape._grace.isActive())
    desk.press(Key.Key_Escape)
    assert desk.editor.text() == ""


def test_a_list_of_one_above_the_line_grows_when_better_answers_come(desk: Desk) -> None:
    desk.editor.setGeometry(20, desk.window.height() - 25, 660, 20)
    desk.type("al")
    desk.until_asked()
    desk.answer("alpha", start=0, source=Source.WORDS)
    popup = desk.completer.popup
    assert popup.is_above
    bottom, height = popup.geometry().bottom(), popup.height()
    desk.answer("alpha", "alphabet", "also", "altitude", start=0)
    assert popup.height() >= height + 3 * popup._painter.row_height
    assert popup.geometry().bottom() == bottom


def test_a_row_is_measured_once_for_all_that_is_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("a")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    measured = list[str]()
    width_of = RowPainter.width_of

    def noted(painter: RowPainter, row: Row) -> float:
        measured.append(row.title)
        return width_of(painter, row)

    monkeypatch.setattr(RowPainter, "width_of", noted)
    desk.type("l")
    assert desk.offered() == ["alpha", "alphabet"]
    assert measured == []


def test_another_chosen_row_has_nothing_painted_around_the_list(desk: Desk) -> None:
    painted = list[QObject]()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(watched)
            return False

    watch, rows = Watch(), desk.completer.popup._list.viewport()
    for widget in (desk.window, desk.popup, rows):
        widget.installEventFilter(watch)
    desk.type("a")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    desk.qtbot.waitUntil(lambda: rows in painted)
    painted.clear()
    desk.press(Key.Key_Down)
    desk.qtbot.waitUntil(lambda: bool(painted))
    assert set(painted) == {rows}
