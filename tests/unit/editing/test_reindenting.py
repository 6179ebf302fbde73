import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import buffers, marked, shown
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.languages import notation_of
from vitrail_widgets.editing.reindenting import reindented


def typed(before: str, character: str, lexer: str = "python") -> str | None:
    buffer = marked(before)
    edit = reindented(buffer, character, notation_of(lexer))
    return None if edit is None else shown(buffer.changed(edit))


@pytest.mark.parametrize(
    ("before", "character", "after"),
    [
        ("if x:\n  y\n  else|", ":", "if x:\n  y\nelse:|"),
        ("if x:\n  y\n  elif z|", ":", "if x:\n  y\nelif z:|"),
        ("try:\n  x\n  except A as b|", ":", "try:\n  x\nexcept A as b:|"),
        ("try:\n  x\nexcept A:\n  y\n  finally|", ":", "try:\n  x\nexcept A:\n  y\nfinally:|"),
        ("for i in x:\n  y\n  else|", ":", "for i in x:\n  y\nelse:|"),
        ("if a:\n  if b:\n    c\n    else|", ":", "if a:\n  if b:\n    c\n  else:|"),
        ("match x:\n  case 1:\n    y\n    case 2|", ":", "match x:\n  case 1:\n    y\n  case 2:|"),
        ("f(\n    a,\n    |", ")", "f(\n    a,\n)|"),
        ("    x = [\n        a,\n        |", "]", "    x = [\n        a,\n    ]|"),
    ],
)
def test_a_line_moves_out(before: str, character: str, after: str) -> None:
    assert typed(before, character) == after


@pytest.mark.parametrize(
    ("before", "character"),
    [
        ("if x:\n    y\nelse|", ":"),
        ("if a:\n    if b:\n        c\n    else|", ":"),
        ("x = 1\n    else|", ":"),
        ("if x:\n    y = {elsewhere|", ":"),
        ("if x:\n    y[\n    else|", ":"),
        ("if x:\n    # else|", ":"),
        ("if x:\n    '''\n    else|", ":"),
        ("match x:\n    case 1|", ":"),
        ("def f():\n    x\n    else|", ":"),
        ("f(\n    a|", ")"),
        ("    |", ")"),
        ("f[\n    |", ")"),
    ],
)
def test_a_line_stays(before: str, character: str) -> None:
    assert typed(before, character) is None


def test_a_brace_moves_out_in_other_languages() -> None:
    assert typed("function() {\n    |", "}", "r") == "function() {\n}|"


@given(buffers(alphabet="if:else\n ()"), st.sampled_from(":)"))
def test_only_indentation_goes(buffer: Buffer, character: str) -> None:
    edit = reindented(buffer, character, notation_of("python"))
    if edit is not None:
        after = buffer.changed(edit)
        assert after.before.split() == (buffer.before + character).split()
        assert after.after == buffer.after
