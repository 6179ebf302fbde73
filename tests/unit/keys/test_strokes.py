import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.keys.strokes import MODIFIERS, parse, spellings, stroke_text, text_of


@pytest.mark.parametrize(
    ("text", "strokes"),
    [
        ("Ctrl+C", ("Ctrl+C",)),
        ("shift+ctrl+c", ("Ctrl+Shift+C",)),
        ("Cmd+Option+k", ("Ctrl+Alt+K",)),
        ("Ctrl+K, Ctrl+C", ("Ctrl+K", "Ctrl+C")),
        ("Ctrl++", ("Ctrl++",)),
        ("Ctrl+,", ("Ctrl+,",)),
        ("Ctrl+,, Ctrl+.", ("Ctrl+,", "Ctrl+.")),
        ("Enter", ("Return",)),
        ("Shift+Backtab", ("Shift+Tab",)),
        ("page down", ("PgDown",)),
        ("Alt+<", ("Alt+<",)),
        (" f11 ", ("F11",)),
        ("Ctrl+Ü", ("Ctrl+Ü",)),
        ("Ctrl+ß", ("Ctrl+ß",)),
    ],
)
def test_a_sequence_has_one_spelling(text: str, strokes: tuple[str, ...]) -> None:
    assert parse(text) == strokes
    assert parse(text_of(strokes)) == strokes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names no key"),
        ("Ctrl+", "names no key"),
        ("Ctrl+Foo", "“Foo” is no key."),
        ("Hyper+A", "“Hyper” in “Hyper+A” is no modifier key."),
        ("A, B, C, D, E", "more than 4"),
        ("\x07", "names no key"),
        ("Ctrl+" * 1000 + "K", "“Ctrl+Ctrl+Ctrl+Ctrl+…” is too long for keys."),
        ("Ctrl+\n", "names no key"),
    ],
)
def test_what_is_no_key_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        parse(text)
    assert said in str(caught.value)


@given(st.sets(st.sampled_from(MODIFIERS)), st.sampled_from(["K", "+", ",", "F5", "Tab", "Return"]))
def test_what_is_written_is_read(modifiers: set[str], key: str) -> None:
    stroke = stroke_text(modifiers, key)
    assert parse(stroke) == (stroke,)


@given(st.text(max_size=20))
def test_any_text_is_keys_or_an_error(text: str) -> None:
    try:
        strokes = parse(text)
    except ValueError:
        return
    assert parse(text_of(strokes)) == strokes


def test_a_sign_that_needs_shift_is_meant_without_it_too() -> None:
    assert spellings(["Alt", "Shift"], "<") == ("Alt+Shift+<", "Alt+<")
    assert spellings(["Alt", "Shift"], "K") == ("Alt+Shift+K",)
    assert spellings(["Shift"], "Backtab") == ("Shift+Tab",)
