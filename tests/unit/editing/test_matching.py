import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.matching import Closeness, Pattern

NAMES = ["read_csv", "DataFrame", "concat", "Categorical", "to_csv", "scatter", "rec", "_private"]


def found(typed: str, texts: list[str] = NAMES) -> list[str]:
    return [texts[match.at] for match in Pattern(typed).rank(texts)]


def test_nothing_typed_fits_everything_in_its_order() -> None:
    assert found("") == NAMES


def test_a_beginning_comes_before_everything_else() -> None:
    assert found("c")[:2] == ["concat", "Categorical"]


def test_the_same_case_comes_first() -> None:
    assert found("Ca") == ["Categorical", "concat", "scatter"][:1] + found("Ca")[1:]
    assert found("re")[0] == "read_csv"


@pytest.mark.parametrize(
    ("typed", "text", "closeness"),
    [
        ("read", "read_csv", Closeness.PREFIX),
        ("READ", "read_csv", Closeness.PREFIX_IN_OTHER_CASE),
        ("rc", "read_csv", Closeness.WORDS),
        ("dF", "DataFrame", Closeness.WORDS),
        ("recs", "read_csv", Closeness.WORDS),
        ("csv", "read_csv", Closeness.WORDS),
        ("ead", "read_csv", Closeness.INSIDE),
        ("rdv", "read_csv", Closeness.SCATTERED),
    ],
)
def test_closeness_is_told(typed: str, text: str, closeness: Closeness) -> None:
    (match,) = Pattern(typed).rank([text])
    assert match.closeness is closeness


def test_letters_must_come_in_their_order() -> None:
    assert found("vsc") == []


@pytest.mark.parametrize("typed", [".", "(", "[a-z]", "*", "\\", "a|b", "^", "ß", "漢"])
def test_signs_mean_themselves(typed: str) -> None:
    assert found(typed, [f"x{typed}y", "zzz"]) == [f"x{typed}y"]


@pytest.mark.parametrize(
    ("typed", "text", "letters"),
    [("rc", "read_csv", (0, 5)), ("csv", "read_csv", (5, 6, 7)), ("rdv", "read_csv", (0, 3, 7))],
)
def test_the_letters_that_matched_are_known(
    typed: str, text: str, letters: tuple[int, ...]
) -> None:
    assert Pattern(typed).positions(text) == letters


@given(st.text(max_size=5), st.lists(st.text(max_size=12), max_size=8))
def test_what_fits_holds_the_letters_and_more_letters_fit_less(
    typed: str, texts: list[str]
) -> None:
    matches = {match.at for match in Pattern(typed).rank(texts)}
    for index, text in enumerate(texts):
        if typed and typed in text:
            assert index in matches
    longer = Pattern(typed + "a")
    assert {match.at for match in longer.rank(texts)} <= matches
    assert longer.rank(texts, sorted(matches)) == longer.rank(texts)


@given(st.text("abcABC_.", max_size=4), st.text("abcABC_.", max_size=10))
def test_positions_name_the_letters_that_were_typed(typed: str, text: str) -> None:
    if Pattern(typed).rank([text]):
        letters = [text[at].lower() for at in Pattern(typed).positions(text)]
        assert letters == list(typed.lower())


def test_no_expression_is_compiled_where_all_texts_begin_with_what_was_typed() -> None:
    pattern = Pattern("al")
    assert [match.at for match in pattern.rank(["alpha", "alphabet"])] == [0, 1]
    assert pattern.positions("alpha") == (0, 1)
    assert set(vars(pattern)) == set(vars(Pattern("al")))
