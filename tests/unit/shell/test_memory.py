"""Sizes as people read them."""

import pytest

from vitrail.shell.memory import in_words


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (87_400_000, "87 MB"),
        (1_440_000_000, "1.4 GB"),
        (5e15, "5000.0 TB"),
    ],
)
def test_a_size_has_three_digits_and_a_unit(size_bytes: float, words: str) -> None:
    assert in_words(size_bytes) == words
