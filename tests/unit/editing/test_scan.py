import inspect
import io
import random
import tokenize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.scan import Unfinished, scan

TEXT = st.text(alphabet="ab \n\t'\"\\#%!?()[]{}:=", max_size=60)


def opaque(source: str) -> list[str]:
    return [source[start:end] for start, end in scan(source).opaque]


def statements(source: str) -> list[str]:
    found = scan(source)
    return [found.text(one) for one in found.statements]


def test_strings_and_comments_are_opaque() -> None:
    assert opaque('a = \'b\' # c\n"""d\ne"""') == ["'b'", "# c", '"""d\ne"""']


def test_a_string_of_one_line_ends_with_its_line() -> None:
    assert opaque("'a\nb(") == ["'a"]


def test_an_escaped_quote_does_not_end_a_string() -> None:
    assert opaque(r"'a\'b' + r'\'") == [r"'a\'b'", r"r'\'"[1:]]


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    found = scan("f('(') # (\n[")
    assert [character for _, character in found.brackets] == ["(", ")", "["]
    assert found.open_brackets == [11]


@pytest.mark.parametrize(
    ("source", "unfinished"),
    [
        ("x", Unfinished.NO),
        ("'a", Unfinished.NO),
        ("'''a", Unfinished.STRING),
        ("'a\\", Unfinished.STRING),
        ("f(", Unfinished.BRACKET),
        ("f(\n'''", Unfinished.STRING),
        ("x \\", Unfinished.BACKSLASH),
        ("!ls \\", Unfinished.BACKSLASH),
        ("# a \\", Unfinished.NO),
    ],
)
def test_what_the_end_is_inside_of(source: str, unfinished: Unfinished) -> None:
    assert scan(source).unfinished is unfinished


def test_statements_are_logical_lines() -> None:
    assert statements("a\n\n# c\nf(\n 1)\n  b = \\\n 2\n'''x\n\ny'''") == [
        "a",
        "f(\n 1)",
        "b = \\\n 2",
        "'''x\n\ny'''",
    ]


def test_quotes_in_a_shell_line_open_nothing() -> None:
    source = "!echo 'it\nx = !echo (\n%cd \"\ny"
    assert statements(source) == [
        "!echo 'it",
        "x = !echo (",
        '%cd "',
        "y",
    ]


def test_code_is_the_statement_without_its_comment() -> None:
    found = scan("if x: # why\n    y")
    assert [found.code(one) for one in found.statements] == ["if x:", "y"]


def test_it_finds_the_brackets_and_logical_lines_that_tokenize_finds() -> None:
    source = inspect.getsource(random)
    starts: list[int] = []
    brackets: list[str] = []
    fresh = True
    skipped = {tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER}
    in_f_strings = 0  # from Python 3.12 on these come in pieces; to us they are strings
    for one in tokenize.generate_tokens(io.StringIO(source).readline):
        in_f_strings += {"FSTRING_START": 1, "FSTRING_END": -1}.get(tokenize.tok_name[one.type], 0)
        if one.type == tokenize.OP and one.string in "()[]{}" and not in_f_strings:
            brackets.append(one.string)
        if fresh and one.type not in skipped:
            starts.append(one.start[0])
            fresh = False
        fresh = fresh or one.type == tokenize.NEWLINE
    found = scan(source)
    assert [character for _, character in found.brackets] == brackets
    assert [source.count("\n", 0, one.start) + 1 for one in found.statements] == starts


@given(TEXT)
def test_what_is_found_is_ordered_and_in_the_text(source: str) -> None:
    found = scan(source)
    edges = [edge for pair in found.opaque for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(source) for edge in edges)
    assert all(source[offset] == character for offset, character in found.brackets)
    for one, after in zip(found.statements, found.statements[1:], strict=False):
        assert one.start <= one.code < one.end < after.start
