from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.offsets import from_utf16, to_utf16, utf16_length

TEXT = st.text(alphabet="aé日𝒳🙂", max_size=20)


@given(TEXT, st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, to_utf16(text, offset)) == offset


@given(TEXT)
def test_the_length_is_that_of_the_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_the_middle_of_a_pair_is_its_start() -> None:
    assert from_utf16("a🙂b", 2) == 1
    assert from_utf16("a🙂b", 99) == 3
