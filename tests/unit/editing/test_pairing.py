import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import buffers, marked, shown
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.languages import Notation, notation_of
from vitrail_widgets.editing.pairing import emptied_pair, is_inside_empty_pair, typed_half

PYTHON = notation_of("python")


def typed(before: str, character: str, notation: Notation = PYTHON) -> str | None:
    buffer = marked(before)
    edit = typed_half(buffer, character, notation)
    return None if edit is None else shown(buffer.changed(edit))


@pytest.mark.parametrize(
    ("before", "character", "after"),
    [
        ("f|", "(", "f(|)"),
        ("|", "[", "[|]"),
        ("x = |", "{", "x = {|}"),
        ("f(|)", "(", "f((|))"),
        ("f(|, b)", "[", "f([|], b)"),
        ("|", '"', '"|"'),
        ("f(|)", "'", "f('|')"),
        ("f(|, 'a')", "'", "f('|', 'a')"),
        ("''|\nx = ''", "'", "'''|'''\nx = ''"),
        ("f|", '"', 'f"|"'),
        ("Rb|", '"', 'Rb"|"'),
        ('""|', '"', '"""|"""'),
        ('x = ""|', '"', 'x = """|"""'),
        ("[ab]", "(", "([ab])"),
        ("[ab]", '"', '"[ab]"'),
        ("'[ab]'", "(", "'([ab])'"),
    ],
)
def test_the_other_half_comes_by_itself(before: str, character: str, after: str) -> None:
    if before == "[ab]":
        buffer = Buffer("ab", 0, 2)
        edit = typed_half(buffer, character, PYTHON)
        assert edit is not None
        assert shown(buffer.changed(edit)) == after
    else:
        assert typed(before, character) == after


@pytest.mark.parametrize(
    ("before", "character"),
    [
        ("|x", "("),
        ("|(x)", "("),
        ("|)", "("),
        ("f(x|))", "("),
        ("'a|", "("),
        ("# a|", "("),
        ("'''a\n|", "["),
        ("don|", "'"),
        ("x = | b'", "'"),
        ("''|\nx\n'''", "'"),
        ("x'|", "'"),
        ("'a|", '"'),
        ("x[0]|", "'"),
        ('"a"|', '"'),
        ("|", ")"),
        ("|", "a"),
        ("|", "`"),
    ],
)
def test_a_key_stays_alone(before: str, character: str) -> None:
    assert typed(before, character) is None


@pytest.mark.parametrize(
    ("lexer", "before", "character", "after"),
    [
        ("r", "|", "`", "`|`"),
        ("javascript", "|", "`", "`|`"),
        ("haskell", "|", "'", None),
        ("rust", "|", "'", None),
        ("clojure", "|", "'", None),
        ("clojure", "|", "(", "(|)"),
        ("julia", "raw|", '"', 'raw"|"'),
        ("matlab", "A|", "'", None),
        ("matlab", "disp(|)", "'", "disp('|')"),
        ("r", '""|', '"', None),
        ("r", 'x <- "a\n|', "(", None),
        ("javascript", "x = `a\n${f|}`", "(", "x = `a\n${f(|)}`"),
        ("javascript", "/* it\n|", "'", None),
        ("julia", '"""a\n|\n"""', "[", None),
        ("bash", "cat <<EOF\n|\nEOF", "'", None),
        ("bash", 'f|; echo "a)"', "(", 'f(|); echo "a)"'),
    ],
)
def test_other_languages_have_other_quotes(
    lexer: str, before: str, character: str, after: str | None
) -> None:
    assert typed(before, character, notation_of(lexer)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(|)", "f|"),
        ("f([|])", "f(|)"),
        ("''|", None),
        ("'|'", "|"),
        ("f(|x)", None),
        ("'(|)'", None),
        ("(|]", None),
        ("'a'|'b'", None),
        ("|", None),
    ],
)
def test_backspace_takes_both_halves_of_an_empty_pair(before: str, after: str | None) -> None:
    buffer = marked(before)
    edit = emptied_pair(buffer, PYTHON)
    assert (None if edit is None else shown(buffer.changed(edit))) == after


def test_backspace_takes_three_quotes_that_nobody_typed() -> None:
    buffer = marked('"""|"""')
    edit = emptied_pair(buffer, PYTHON, added=3)
    assert edit is not None
    assert shown(buffer.changed(edit)) == '""|'


def test_between_brackets_without_anything() -> None:
    assert is_inside_empty_pair(marked("f(|)"))
    assert not is_inside_empty_pair(marked("f(x|)"))
    assert not is_inside_empty_pair(marked("'|'"))
    assert not is_inside_empty_pair(marked("|"))


@given(buffers(alphabet="a ([])\"'#\n"), st.sampled_from("([{\"'"))
def test_what_is_typed_stands_before_the_caret_and_nothing_is_lost(
    buffer: Buffer, character: str
) -> None:
    edit = typed_half(buffer, character, PYTHON)
    if edit is None:
        return
    after = buffer.changed(edit)
    assert after.before == buffer.before + character
    assert after.selected == buffer.selected
    assert after.after.endswith(buffer.after)


@given(buffers(alphabet="a ([])\"'#\n"), st.sampled_from("([{\"'"))
def test_backspace_at_once_takes_back_what_was_typed(buffer: Buffer, character: str) -> None:
    edit = typed_half(buffer, character, PYTHON)
    if edit is None or buffer.selected:
        return
    added = len(edit.text) - 1
    after = buffer.changed(edit)
    back = emptied_pair(after, PYTHON, added)
    assert back is not None
    assert after.changed(back) == Buffer(buffer.text, buffer.caret, buffer.caret)
