from hypothesis import given

from support.buffers import buffers
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.enlarging import enlarged
from vitrail_widgets.editing.scan import scan


def steps(text: str, caret: int) -> list[str]:
    found: list[str] = []
    buffer = Buffer(text, caret, caret)
    while buffer.selected != text:
        buffer = Buffer(text, *enlarged(buffer, scan(text).opaque))
        found.append(buffer.selected)
    return found


def test_from_a_word_to_the_whole() -> None:
    text = "if a:\n    x = f(b.cd, 'ef gh')\ny"
    assert steps(text, text.index("d,")) == [
        "cd",
        "b.cd",
        "b.cd, 'ef gh'",
        "(b.cd, 'ef gh')",
        "f(b.cd, 'ef gh')",
        "x = f(b.cd, 'ef gh')",
        "    x = f(b.cd, 'ef gh')",
        "if a:\n    x = f(b.cd, 'ef gh')",
        text,
    ]


def test_a_string_comes_without_and_then_with_its_quotes() -> None:
    assert steps('f("ab cd", 1)', 4)[:4] == ["ab", "ab cd", '"ab cd"', '"ab cd", 1']
    assert steps("'''a b'''", 4)[:3] == ["a", "a b", "'''a b'''"]


@given(buffers())
def test_it_always_holds_more_until_it_holds_all(buffer: Buffer) -> None:
    start, end = enlarged(buffer, scan(buffer.text).opaque)
    assert start <= buffer.start
    assert buffer.end <= end
    is_all = (buffer.start, buffer.end) == (0, len(buffer.text))
    assert is_all or (start, end) != (buffer.start, buffer.end)
