import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import marked
from vitrail_widgets.editing.killing import MAX_KILLS, KillRing, Reach, reached
from vitrail_widgets.editing.words import word_end, word_start


@pytest.mark.parametrize(
    ("before", "reach", "killed"),
    [
        ("ab|cd\nef", Reach.LINE_END, "cd"),
        ("ab|\nef", Reach.LINE_END, "\n"),
        ("ab|", Reach.LINE_END, ""),
        ("ab\ncd|ef", Reach.LINE_START, "cd"),
        ("ab\n|cd", Reach.LINE_START, "\n"),
        ("|ab", Reach.LINE_START, ""),
        ("a|b.cd", Reach.WORD_END, "b"),
        ("ab|.cd", Reach.WORD_END, ".cd"),
        ("ab.c|d", Reach.WORD_START, "c"),
        ("ab. |", Reach.WORD_START, "ab. "),
        ("a[b]c", Reach.LINE_END, "b"),
    ],
)
def test_what_a_key_kills(before: str, reach: Reach, killed: str) -> None:
    buffer = marked(before)
    start, end = reached(buffer, reach)
    assert buffer.text[start:end] == killed


def test_the_newest_is_yanked_and_the_ring_turns_round() -> None:
    ring = KillRing()
    for text in ("one", "two", "three"):
        ring.kill(text, forward=True, goes_on=False)
    assert [ring.yank(), ring.rotate(), ring.rotate(), ring.rotate()] == [
        "three",
        "two",
        "one",
        "three",
    ]


def test_after_a_new_kill_the_ring_begins_there() -> None:
    ring = KillRing()
    ring.kill("one", forward=True, goes_on=False)
    ring.kill("two", forward=True, goes_on=False)
    ring.rotate()
    ring.kill("three", forward=True, goes_on=False)
    assert ring.yank() == "three"


def test_kills_one_after_the_other_are_one_text() -> None:
    ring = KillRing()
    ring.kill("b", forward=True, goes_on=False)
    ring.kill("c", forward=True, goes_on=True)
    ring.kill("a", forward=False, goes_on=True)
    assert ring.yank() == "abc"
    assert ring.rotate() == "abc"


def test_an_empty_ring_yanks_nothing() -> None:
    ring = KillRing()
    ring.kill("", forward=True, goes_on=False)
    assert ring.yank() == ring.rotate() == ""


def test_the_oldest_is_forgotten() -> None:
    ring = KillRing()
    for number in range(MAX_KILLS + 1):
        ring.kill(str(number), forward=True, goes_on=False)
    assert "0" not in [ring.rotate() for _ in range(MAX_KILLS + 1)]


@given(st.text(alphabet="aé_ .\n", max_size=20), st.data())
def test_words_end_right_and_begin_left(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert word_start(text, offset) <= offset <= word_end(text, offset)
    assert not any(c.isalnum() for c in text[word_end(text, offset) : offset])
