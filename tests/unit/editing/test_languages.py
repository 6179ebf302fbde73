import pytest

from vitrail_widgets.editing.languages import (
    in_string,
    in_string_or_comment,
    indent_in,
    notation_at,
    notation_of,
)


@pytest.mark.parametrize(
    ("lexer", "comment"),
    [
        ("ipython3", "#"),
        ("Python", "#"),
        ("r", "#"),
        ("javascript", "//"),
        ("sql", "--"),
        ("clojure", ";"),
        ("matlab", "%"),
        ("css", "/*"),
        ("a language of tomorrow", "#"),
        ("", "#"),
    ],
)
def test_how_a_comment_begins(lexer: str, comment: str) -> None:
    assert notation_of(lexer).comment == comment


def test_the_body_of_a_cell_magic_is_in_its_language() -> None:
    text = "%%javascript --x\nlet a"
    assert notation_at(text, 3, "ipython3").is_python
    assert notation_at(text, len(text), "ipython3").comment == "//"
    assert notation_at("\n%%bash\nls", 10, "ipython3").is_shell
    assert notation_at("%%timeit\nx", 10, "ipython3").is_python
    assert notation_at("%%javascript\nx", 14, "r").comment == "#"


@pytest.mark.parametrize(
    ("lexer", "before", "opaque", "string"),
    [
        ("python", "", False, False),
        ("python", "x = 'a", True, True),
        ("python", "x = 'a'", False, False),
        ("python", "x = '''a\n", True, True),
        ("python", "# a", True, False),
        ("python", "# a\n", False, False),
        ("python", "'#'", False, False),
        ("python", "x = 'a\\'", True, True),
        ("python", "!echo 'a", False, False),
        ("r", "x <- 'a", True, True),
        ("r", "x <- 'a'", False, False),
        ("r", "# don't", True, False),
        ("javascript", "`a // b", True, True),
        ("javascript", "a // `b", True, False),
        ("matlab", "A' * B", False, False),
        ("matlab", "x = 'a", True, True),
        ("css", "/* a */ b", False, False),
        ("css", "/* a", True, False),
        ("haskell", "x' y", False, False),
        ("r", "x <- 'a\n(", True, True),
        ("javascript", "/* a\n it's ", True, False),
        ("no such language", "x = 'a", True, True),
        ("no such language", "x = 'a\n", False, False),
    ],
)
def test_where_strings_and_comments_are(
    lexer: str, before: str, opaque: bool, string: bool
) -> None:
    notation = notation_of(lexer)
    assert in_string_or_comment(before, notation) is opaque
    assert in_string(before, notation) is string


@pytest.mark.parametrize(
    ("lexer", "before", "white"),
    [
        ("python", "f(", "    "),
        ("r", "f <- function() { # it's", "    "),
        ("r", 'x <- "a\n  b (', "  "),
        ("javascript", "  /* a (", "  "),
        ("julia", 'f(x, """\n  a {', "  "),
        ("bash", "cat <<EOF\n  a (", "  "),
    ],
)
def test_a_new_line_within_a_string_of_several_lines_is_not_code(
    lexer: str, before: str, white: str
) -> None:
    assert indent_in(before, notation_of(lexer)) == white


def test_the_body_of_a_cell_magic_is_read_without_the_line_of_the_magic() -> None:
    text = "%%bash\necho 'a\nb "
    assert in_string(text, notation_at(text, len(text), "ipython3"))
    assert not in_string("%%bash it's\n", notation_at("%%bash it's\n", 12, "ipython3"))
