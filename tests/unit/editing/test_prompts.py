import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.prompts import without_prompts

IPYTHON = """\
In [1]: for i in range(2):
   ...:     print(i)
   ...:
0
1

In [2]: x = 6 * 7

In [3]: x
Out[3]: 42
"""

DOCTEST = """\
>>> def f(x):
...     return x
...
>>> f('a')
'a'
>>> 1/0
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
ZeroDivisionError: division by zero
>>> ...
Ellipsis
"""

DOCSTRING = '''\
def f():
    """Say it.

    >>> f()
    1
    """
    return 1
'''


def stripped(text: str) -> str:
    return without_prompts(text, python=True)


def test_code_of_an_ipython_session() -> None:
    assert stripped(IPYTHON) == "for i in range(2):\n    print(i)\n\nx = 6 * 7\nx"


def test_code_of_a_python_session() -> None:
    assert stripped(DOCTEST) == "def f(x):\n    return x\n\nf('a')\n1/0\n..."


def test_a_doctest_inside_of_a_string_is_no_session() -> None:
    assert stripped(DOCSTRING) == DOCSTRING


def test_an_indented_doctest_is_one() -> None:
    assert stripped("    >>> x = 1\n    >>> x\n    1\n") == "x = 1\nx"


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "",
        "...",
        "class A:\n    ...",
        "x[1:2]",
        "a >> b",
        "x = '>>> '",
        "if x:\n    y\n\nz",
        "<<<<<<< a\n=======\n>>>>>>> b",
        "def f(): ...",
        "    indented",
    ],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert stripped(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("n [1]: x = 1", "x = 1"),
        ("[1]: x = 1", "x = 1"),
        ("12]: x = 1", "x = 1"),
        ("]: x = 1", "x = 1"),
        (">> x = 1", "x = 1"),
        ("> x = 1\n>>> y", "x = 1\ny"),
        ("for i in x:\n   ...:     i", "for i in x:\n    i"),
        ("for i in x:\n...     i", "for i in x:\n    i"),
        ("x = 1\n>>> y = 2\n>>> y\n2", "x = 1\ny = 2\ny"),
        ("..:     i\n   ...:     j", "    i\n    j"),
        ("...     i\n...     j", "    i\n    j"),
    ],
)
def test_a_selection_may_begin_within_a_prompt(text: str, code: str) -> None:
    assert stripped(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In [1]:\nx = 1\n\ny = 2\nOut[1]: 3\nIn [2]:\nz", "x = 1\n\ny = 2\nz"),
        ("In [1]: if x:\n            y\n\nother", "if x:\n    y"),
        ("In [1]: f(\n   a)\nIn [2]: b", "f(\n   a)\nb"),
        ("In [ ]: x\nIn [*]: y", "x\ny"),
        (">>> >>> x", "x"),
    ],
)
def test_what_has_no_continuation_prompts_is_kept(text: str, code: str) -> None:
    lines = [line for line in stripped(text).split("\n") if line]
    assert lines == [line for line in code.split("\n") if line]


def test_other_languages_know_only_the_prompts_of_jupyter() -> None:
    assert without_prompts(">>> x", python=False) == ">>> x"
    assert without_prompts("> x", python=False) == "> x"
    assert without_prompts("In [3]: x <- 1\n   ...: y", python=False) == "x <- 1\ny"


PIECES = ["In [1]: ", "In [1]:", "   ...: ", "Out[1]: ", "]: ", "n [2]: "]
PIECES += [">>> ", ">>>", "... ", "...", "> "]
PIECES += ["x", "f(", ")", "if x:", "    ", "\n", "\n", "'''", '"']


def test_a_long_session_loses_its_prompts_too() -> None:
    cells = [f"In [{n}]: f({n},\n   ...:   {n})\nOut[{n}]: {n}\nInfinity\n" for n in range(6_000)]
    assert len("".join(cells)) > 200_000
    assert stripped("\n".join(cells)) == "\n".join(f"f({n},\n  {n})" for n in range(6_000))


def test_an_unfinished_piece_that_is_very_long_is_not_looked_through() -> None:
    lines = [">>> f(", *("...     a," for _ in range(30_000)), "output"]
    assert stripped("\n".join(lines)) == "\n".join(["f(", *("    a," for _ in range(30_000))])


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_a_second_time_changes_nothing(text: str, python: bool) -> None:
    once = without_prompts(text, python=python)
    assert without_prompts(once, python=python) == once


STATEMENTS = [
    "x = 1",
    "f(x)",
    "for i in x:\n    i\n    j",
    "if a:\n    b\nelse:\n    c",
    "...",
    "'it'",
]


@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_what_was_entered_comes_back(codes: list[str], ipython: bool, outputs: bool) -> None:
    session: list[str] = []
    for number, code in enumerate(codes):
        first, *rest = code.split("\n")
        prompt = f"In [{number}]: " if ipython else ">>> "
        more = "...: ".rjust(len(prompt)) if ipython else "... "
        session += [prompt + first, *(more + line for line in rest)]
        if rest:
            session.append(more.rstrip())
        if outputs:
            session += ["Out[1]: 1" if ipython else "1", "text", ""]
    entered = "\n".join(code + "\n" if "\n" in code else code for code in codes)
    assert stripped("\n".join(session)) == entered.rstrip("\n")
