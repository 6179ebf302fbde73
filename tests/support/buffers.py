"""Texts with a caret or a selection, written as one sees them."""

from hypothesis import strategies as st

from vitrail_widgets.editing.edits import Buffer


def marked(text: str) -> Buffer:
    """Read a buffer: "|" is the caret, or "[" and "]" begin and end what is selected."""
    if "|" in text:
        at = text.index("|")
        return Buffer(text[:at] + text[at + 1 :], at, at)
    start, end = text.index("["), text.rindex("]") - 1
    return Buffer(text[:start] + text[start + 1 : end + 1] + text[end + 2 :], start, end)


def shown(buffer: Buffer) -> str:
    """Write a buffer as `marked` reads it."""
    if not buffer.selected:
        return buffer.before + "|" + buffer.after
    return buffer.before + "[" + buffer.selected + "]" + buffer.after


@st.composite
def buffers(draw: st.DrawFn, alphabet: str = "ab \n#(\"'") -> Buffer:
    """Draw a short text with a selection."""
    text = draw(st.text(alphabet=alphabet, max_size=30))
    places = st.integers(0, len(text))
    return Buffer(text, draw(places), draw(places))
