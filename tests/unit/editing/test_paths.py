import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import marked
from vitrail_widgets.editing.languages import notation_of
from vitrail_widgets.editing.paths import paths_as_code

MANY = ["/a b/c.csv", "/d"]


@pytest.mark.parametrize(
    ("lexer", "before", "code"),
    [
        ("python", "|", "'/a b/c.csv', '/d'"),
        ("python", "x = '|'", "/a b/c.csv /d"),
        ("python", "!cat |", "'/a b/c.csv' /d"),
        ("python", "x = !ls |", "'/a b/c.csv' /d"),
        ("python", "%run |", "'/a b/c.csv' /d"),
        ("python", "x = a %|", "'/a b/c.csv', '/d'"),
        ("bash", "cat |", "'/a b/c.csv' /d"),
        ("r", "|", '"/a b/c.csv", "/d"'),
        ("julia", "|", '"/a b/c.csv", "/d"'),
    ],
)
def test_paths_are_quoted_as_their_place_wants(lexer: str, before: str, code: str) -> None:
    assert paths_as_code(MANY, marked(before), notation_of(lexer)) == code


def test_nothing_in_a_name_ends_or_changes_the_string() -> None:
    name = '/a"b\\c$d'
    assert paths_as_code([name], marked("|"), notation_of("julia")) == r'"/a\"b\\c\$d"'


@given(st.text(min_size=1))
def test_python_reads_the_same_path(path: str) -> None:
    code = paths_as_code([path], marked("|"), notation_of("python"))
    assert ast.literal_eval(code) == path
