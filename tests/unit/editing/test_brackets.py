import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.brackets import MAX_TEXT, match

TEXT = st.text(alphabet="ab()[]{}'\"#\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "position", "other"),
    [
        ("f(a)", 1, 3),
        ("f(a)", 3, 1),
        ("f(a)", 0, None),
        ("[(])", 0, None),
        ("f(')')", 1, 5),
        ("f(')')", 3, None),
        ("f( # )\n)", 1, 7),
        ("f(", 1, None),
        (")", 0, None),
        ("f()", 99, None),
        ("f()", -1, None),
        ("{[()]}", 0, 5),
        ("'''\n(\n''' ()", 4, None),
    ],
)
def test_the_other_bracket(text: str, position: int, other: int | None) -> None:
    assert match(text, position) == other


def test_other_languages_say_themselves_what_is_opaque() -> None:
    text = "f(a'); // )"
    assert match(text, 1) is None
    assert match(text, 1, [(7, 11)]) == 4


def test_a_long_text_is_not_looked_at() -> None:
    assert match("()" * MAX_TEXT, 0) is None


@given(TEXT, st.booleans())
def test_matching_is_mutual_and_of_one_kind(text: str, python: bool) -> None:
    opaque: list[tuple[int, int]] | None = None if python else []
    for position, character in enumerate(text):
        other = match(text, position, opaque)
        if other is not None:
            assert match(text, other, opaque) == position
            assert {character, text[other]} in ({"(", ")"}, {"[", "]"}, {"{", "}"})
