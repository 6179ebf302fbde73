import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.buffers import buffers, marked, shown
from vitrail_widgets.editing.commenting import toggled_comment
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.languages import notation_of


def toggled(text: str, lexer: str = "python") -> str:
    buffer = marked(text)
    return shown(buffer.changed(toggled_comment(buffer, notation_of(lexer))))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x|", "# x|"),
        ("|x", "# |x"),
        ("    x|", "    # x|"),
        ("|    x", "|    # x"),
        ("|", "# |"),
        ("# x|", "x|"),
        ("#x|", "x|"),
        ("#|", "|"),
        ("a\n[b\n  c\n\nd]\ne", "a\n# [b\n#   c\n\n# d]\ne"),
        ("[# a\nb]", "# [# a\n# b]"),
        ("[# a\n  # b\n]c", "[a\n  b\n]c"),
        ("é🙂|", "# é🙂|"),
    ],
)
def test_lines_become_comments_and_back(before: str, after: str) -> None:
    assert toggled(before) == after


@pytest.mark.parametrize(
    ("lexer", "before", "after"),
    [
        ("javascript", "x|", "// x|"),
        ("sql", "select 1|", "-- select 1|"),
        ("css", "a {}|", "/* a {}| */"),
        ("css", "/* a {} */|", "a {}|"),
        ("ocaml", "let x|", "(* let x| *)"),
    ],
)
def test_each_language_has_its_own_mark(lexer: str, before: str, after: str) -> None:
    assert toggled(before, lexer) == after


@given(buffers(), st.sampled_from(["python", "javascript", "css"]))
def test_twice_gives_the_same_text_unless_all_were_comments(buffer: Buffer, lexer: str) -> None:
    notation = notation_of(lexer)
    once = buffer.changed(toggled_comment(buffer, notation))
    start, end = buffer.lines
    lines = [line.strip() for line in buffer.text[start:end].split("\n") if line.strip()]
    if lines and all(line.startswith(notation.comment) for line in lines):
        return
    twice = once.changed(toggled_comment(once, notation))
    assert twice.text == buffer.text


@given(buffers())
def test_the_same_text_stays_selected(buffer: Buffer) -> None:
    after = buffer.changed(toggled_comment(buffer, notation_of("python")))
    assert 0 <= after.start <= after.end <= len(after.text)
    kept = buffer.text[buffer.end :].strip("# \n")
    assert after.text[after.end :].strip("# \n") == kept
