import pytest
from hypothesis import given

from support.buffers import buffers, marked, shown
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.line_moves import (
    doubled_lines,
    joined_lines,
    moved_lines,
    selected_lines,
)


def test_a_line_goes_down_and_up() -> None:
    buffer = marked("a|\nbc\nd")
    down = moved_lines(buffer, down=True)
    assert down is not None
    moved = buffer.changed(down)
    assert shown(moved) == "bc\na|\nd"
    up = moved_lines(moved, down=False)
    assert up is not None
    assert moved.changed(up) == buffer


def test_at_the_edge_a_line_stays() -> None:
    assert moved_lines(marked("a|\nb"), down=False) is None
    assert moved_lines(marked("a\nb|"), down=True) is None


def test_all_selected_lines_go_together() -> None:
    buffer = marked("a\nb[b\nc]c\nd")
    edit = moved_lines(buffer, down=True)
    assert edit is not None
    assert shown(buffer.changed(edit)) == "a\nd\nb[b\nc]c"


@given(buffers())
def test_down_and_up_again_is_as_before(buffer: Buffer) -> None:
    edit = moved_lines(buffer, down=True)
    start, end = buffer.lines
    if edit is None or (buffer.selected and buffer.text[start:end].endswith("\n")):
        return  # nothing can be selected in a blank last line, and so it would stay
    moved = buffer.changed(edit)
    back = moved_lines(moved, down=False)
    assert back is not None
    after = moved.changed(back)
    assert after.text == buffer.text
    if buffer.end <= buffer.lines[1]:  # else it reached to the start of a line that stayed
        assert after == buffer


@pytest.mark.parametrize(
    ("down", "after"), [(True, "a\nb\nb|\nc"), (False, "a\nb|\nb\nc")], ids=["down", "up"]
)
def test_a_line_is_doubled(down: bool, after: str) -> None:
    buffer = marked("a\nb|\nc")
    assert shown(buffer.changed(doubled_lines(buffer, down=down))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a|\n    b", "a| b"),
        ("f(|\n    a,\n)", "f(|a,\n)"),
        ("f(a|\n)", "f(a|)"),
        ("[f(\n    a,\n    b\n])", None),
        ("a + \\|\n    b", "a +| b"),
        ("a|\n\nb", "a|\nb"),
        ("    |\nb", "    |b"),
    ],
)
def test_lines_are_joined(before: str, after: str | None) -> None:
    buffer = marked(before)
    edit = joined_lines(buffer)
    assert edit is not None
    if after is None:
        assert buffer.changed(edit).text == "f(a, b\n)"
    else:
        assert shown(buffer.changed(edit)) == after


def test_the_last_line_has_nothing_to_be_joined_with() -> None:
    assert joined_lines(marked("a\nb|")) is None


@given(buffers(alphabet="ab \n"))
def test_joining_loses_no_letter(buffer: Buffer) -> None:
    edit = joined_lines(buffer)
    if edit is not None:
        letters = "".join(buffer.text.split())
        assert "".join(buffer.changed(edit).text.split()) == letters


def test_a_line_is_selected_and_then_the_next_too() -> None:
    buffer = marked("a\nb|c\nd\ne")
    once = buffer.changed(selected_lines(buffer))
    assert shown(once) == "a\n[bc\n]d\ne"
    assert shown(once.changed(selected_lines(once))) == "a\n[bc\nd\n]e"
