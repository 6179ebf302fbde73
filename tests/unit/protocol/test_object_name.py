"""Which name a cursor means; judged by IPython's own lexer where that is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.utils.tokenutil import token_at_cursor

from vitrail.protocol.object_name import object_name

AS_IPYTHON = [
    ("foo|", "foo"),
    ("|foo", "foo"),
    ("fo|o(1, bar(x)) + baz", "foo"),
    ("foo(1, ba|r(x))", "bar"),
    ("foo(1, bar(|x))", "x"),
    ("foo(1, bar(x|))", "bar"),
    ("foo(1, bar(x)|)", "foo"),
    ("foo(1, bar(x))| + baz", "foo"),
    ("foo(1, bar(x)) + baz|", "baz"),
    ("bar(foo|(1))", "foo"),
    ("foo(1, |", "foo"),
    ("foo((1, |", "foo"),
    ("foo([1, |", "foo"),
    ("(1, |", ""),
    ("été(|", "été"),
    ("𨭎𨭎.a|b", "𨭎𨭎.ab"),
    ("os.path.jo|in(a", "os.path.join"),
    ("os.pa|th.join(a", "os.path"),
    ("foo.\\\nbar|", "foo.bar"),
    ("x = |", ""),
    ("x = foo|", "foo"),
    ("f(a=|", "f"),
    ("f(a=1, |", "f"),
    ("f(x == y|", "f"),
    ("f('(', |", "f"),
    ("f('a b|c', x", "f"),
    ('f("""a\n(|', "f"),
    ("f(rb'\\'(', |", "f"),
    ("# foo(|", ""),
    ("f(  # g(\n|", "f"),
    ("if foo(|", "foo"),
    ("class C(|", "C"),
    ("print(|", "print"),
    ("foo?|", "foo"),
    ("?foo|", "foo"),
    ("a(\n|", "a"),
    ("", ""),
]

BETTER = [
    ("a\n|", ""),  # IPython: a. Nothing is meant on an empty line
    ("%time|", "%time"),  # IPython: time
    ("%%ti|meit\nx", "%%timeit"),
    ("x|  = 1", "x"),  # IPython: nothing, it is assigned to
    ("f(x).at|tr", ""),  # IPython: x.attr, another object
    ("f(x).attr(|", ""),
    ("x[0].app|end", ""),  # IPython: x.append
    ("1.5.re|al", ""),
    ("e\u0301te\u0301(|", "e\u0301te\u0301"),  # decomposed letters
]


def cut(marked: str) -> tuple[str, int]:
    return marked.replace("|", "", 1), max(marked.find("|"), 0)


@pytest.mark.parametrize(("marked", "name"), AS_IPYTHON)
def test_name_is_the_one_that_ipython_means(marked: str, name: str) -> None:
    assert object_name(*cut(marked)) == token_at_cursor(*cut(marked)) == name


@pytest.mark.parametrize(("marked", "name"), BETTER)
def test_name_is_better_than_that_of_ipython(marked: str, name: str) -> None:
    assert object_name(*cut(marked)) == name


@given(st.text("ab.(),='\"#\\\n[]%? é", max_size=40), st.integers(-3, 50))
def test_any_code_and_cursor_give_a_dotted_name_or_nothing(code: str, cursor: int) -> None:
    name = object_name(code, cursor)
    assert all(part.lstrip("%").isidentifier() for part in name.split(".")) or not name


def test_long_cells_are_read_in_one_pass() -> None:
    code = "f('" + "x" * 200_000 + "(" * 200_000
    assert object_name(code, len(code)) == "f"
