import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import marked, shown
from vitrail_widgets.editing.languages import notation_of
from vitrail_widgets.editing.pasting import fitted, pasted

PYTHON = notation_of("python")


def paste(before: str, text: str, lexer: str = "python") -> str:
    buffer = marked(before)
    return shown(buffer.changed(pasted(buffer, text, notation_of(lexer))))


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("|", "x", "x|"),
        ("|", "    x = 1\n    y = 2", "x = 1\ny = 2|"),
        ("|", "x = 1\n    y = 2", "x = 1\ny = 2|"),
        ("|", "if x:\n    y", "if x:\n    y|"),
        ("|", "if x:\n        y\n    z", "if x:\n    y\nz|"),
        ("if a:\n    |", "x\ny", "if a:\n    x\n    y|"),
        ("if a:\n    |", "        x\n          y\n\n        z", "if a:\n    x\n      y\n\n    z|"),
        ("if a:\n    |", "    x\n", "if a:\n    x|"),
        ("|\nz", "x\n", "x\n|\nz"),
        ("x = |", " 1", "x =  1|"),
        ("x = |", "f(\n  a)", "x = f(\n  a)|"),
        ("|", "   ", "   |"),
        ("|", "def f():\n    pass\n", "def f():\n    pass\n|"),
        ("'''\n|", ">>> f()\n1", "'''\n>>> f()\n1|"),
        ("    |", ">>> x\n>>> y\n2", "    x\n    y|"),
        ("|", "    def f():\n        '''a\nb'''\n", "def f():\n    '''a\nb'''\n|"),
        ("|", "\tx\n\t\ty", "x\n\ty|"),
    ],
)
def test_code_goes_where_it_belongs(before: str, text: str, after: str) -> None:
    assert paste(before, text) == after


def test_a_selection_is_replaced() -> None:
    assert paste("a[b]c", "x") == "ax|c"


@pytest.mark.parametrize("text", ["x\n" * 100_001, "In [1]: x\n" * 100_001])
def test_an_enormous_text_is_pasted(text: str) -> None:
    assert len(paste("|", text)) >= 200_000


CODE = st.lists(
    st.sampled_from(["a", "if b:\n    c", "f(\n    d,\n)", "for e in f:\n    g\n\n    h"]),
    min_size=1,
).map("\n".join)


@given(CODE, st.integers(0, 3), st.integers(0, 3))
def test_lines_keep_their_indentation_relative_to_each_other(
    code: str, taken: int, placed: int
) -> None:
    source, target = "    " * taken, "    " * placed
    copied = "\n".join(source + line if line else "" for line in code.split("\n"))
    expected = "\n".join(target + line if line else "" for line in code.split("\n"))
    assert target + fitted(copied, target, PYTHON) == expected
