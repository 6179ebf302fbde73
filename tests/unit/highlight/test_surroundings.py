"""Where code is string or comment, in languages whose strings may go over several lines."""

import pytest

from vitrail_widgets.highlight.lexing import MAX_WHOLE
from vitrail_widgets.highlight.surroundings import Inside, inside, opaque

CODE, STRING, COMMENT = Inside.CODE, Inside.STRING, Inside.COMMENT


@pytest.mark.parametrize(
    ("lexer", "before", "where"),
    [
        ("r", 'x <- "abc\n(', STRING),
        ("r", "x <- 'it is\n", STRING),
        ("r", 'x <- "a\\" ', STRING),
        ("r", 'x <- r"(abc\n', STRING),
        ("r", "x <- `a b", STRING),
        ("r", '"a\nb" + ', CODE),
        ("r", "# it's\n", CODE),
        ("javascript", "x = `a\n ${b} ", STRING),
        ("javascript", "x = `a ${f(", CODE),
        ("javascript", "/* it's\n", COMMENT),
        ("javascript", "/* a\n*/ ", CODE),
        ("javascript", "x = /[`']+", STRING),
        ("javascript", "a / b ", CODE),
        ("typescript", "/* it's\n", COMMENT),
        ("julia", 'x = """a\n "b" ', STRING),
        ("julia", 'x = "a $(f(', CODE),
        ("julia", "#= a\n it's ", COMMENT),
        ("julia", "x = A' ", CODE),
        ("bash", 'echo "a\nb ', STRING),
        ("bash", "echo 'a\nb ", STRING),
        ("bash", "cat <<EOF\nit's ", STRING),
        ("bash", "cat <<'END' >x\n$(", STRING),
        ("bash", "cat <<EOF\na\nEOF\n", CODE),
        ("bash", "echo $# ${#x} ", CODE),
        ("bash", "echo it\\'s ", CODE),
        ("rust", 'x = "a\nb', STRING),
        ("sql", "select 'a\n", STRING),
        ("haskell", "{- a\n", COMMENT),
        ("clojure", "'", CODE),
        ("ruby", "x = :a", CODE),
        ("lua", "x = [[ a\n", STRING),
    ],
)
def test_what_is_typed_there_goes_into(lexer: str, before: str, where: Inside) -> None:
    assert inside(before, lexer) is where


def test_nobody_can_tell_without_a_lexer_or_in_a_very_long_text() -> None:
    assert inside("x = 'a", "no such language") is None
    assert inside("x" * (MAX_WHOLE + 1), "r") is None


def test_a_string_of_several_lines_is_one() -> None:
    text = 'f("a(\n  b") # c\n"d"\n"e"'
    assert [text[start:end] for start, end in opaque(text, "r")] == [
        '"a(\n  b"',
        "# c",
        '"d"',
        '"e"',
    ]
