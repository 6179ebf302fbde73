from hypothesis import given
from hypothesis import strategies as st

from support.buffers import buffers, marked, shown
from vitrail_widgets.editing.edits import Buffer, Edit, replaced, selecting


def test_a_selection_has_a_start_and_an_end_whichever_way_it_was_made() -> None:
    for buffer in (Buffer("abcd", 1, 3), Buffer("abcd", 3, 1)):
        assert (buffer.before, buffer.selected, buffer.after) == ("a", "bc", "d")


def test_the_lines_of_a_selection_leave_out_the_one_that_it_only_touches() -> None:
    assert marked("a\n[b\nc\n]d").lines == (2, 5)
    assert marked("a\n|b").lines == (2, 3)
    assert marked("|").lines == (0, 0)
    assert marked("a[\n]b").lines == (0, 1)


def test_the_line_before_the_caret_is_only_this_lines() -> None:
    assert marked("ab\ncd|e").line_before == "cd"


@given(buffers(), st.text(max_size=3))
def test_replacing_puts_the_caret_behind_what_came(buffer: Buffer, text: str) -> None:
    after = buffer.changed(replaced(buffer, text))
    assert after.before == buffer.before + text
    assert after.after == buffer.after


def test_selecting_changes_no_text() -> None:
    assert shown(marked("ab|c").changed(selecting(0, 2))) == "[ab]c"


def test_an_edit_takes_its_stretch_away() -> None:
    assert Buffer("abc", 0, 0).changed(Edit(1, 2, "xy", 3, 3)) == Buffer("axyc", 3, 3)
