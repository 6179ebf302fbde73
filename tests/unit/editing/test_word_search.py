from collections.abc import Iterator

from vitrail_widgets.editing.word_search import MOST, words_like


def test_words_that_begin_so_come_once_in_their_order() -> None:
    texts = ["beta alphabet alpha", "Alpine alpha; al alp"]
    assert words_like("al", texts) == ["alphabet", "alpha", "Alpine", "alp"]


def test_a_word_is_not_looked_for_within_another() -> None:
    assert words_like("al", ["vital", "x_al", "al2x"]) == ["al2x"]


def test_what_was_typed_is_a_text_and_no_expression() -> None:
    assert words_like("a(", ["a(bc"]) == ["a(bc"]


def test_enough_is_enough() -> None:
    read: list[int] = []

    def pieces() -> Iterator[str]:
        for number in range(10):
            read.append(number)
            yield " ".join(f"word{number}x{index}" for index in range(150))

    assert len(words_like("word", pieces())) == MOST
    assert read == [0, 1]
