from dataclasses import replace

from vitrail_widgets.editing.completions import Completion, CompletionList, Source
from vitrail_widgets.editing.merging import merged, without_words


def names(*texts: str, start: int = 3, code: str = "np.a") -> CompletionList:
    items = tuple(map(Completion, texts))
    return CompletionList(items, code, start, len(code), len(code), Source.NAMES)


def kernel(*texts: str, start: int = 3, code: str = "np.a") -> CompletionList:
    return replace(names(*texts, start=start, code=code), source=Source.KERNEL)


def texts(answer: CompletionList) -> list[str]:
    return [item.text for item in answer.items]


def test_both_answers_stand_in_one_order() -> None:
    assert texts(merged(names("b", "_c", "D"), kernel("a", "b", "k=", "__e"))) == [
        *("k=", "a", "b", "D", "_c", "__e")
    ]


def test_a_longer_stretch_is_cut_to_the_shorter() -> None:
    both = merged(names("abs"), kernel("np.abs", "np.array", start=0))
    assert (texts(both), both.start) == (["abs", "array"], 3)


def test_a_shorter_stretch_is_lengthened() -> None:
    both = merged(names("np.abs", start=0), kernel("array"))
    assert (texts(both), both.start) == (["np.abs", "np.array"], 0)


def test_stretches_that_differ_leave_the_kernels_answer() -> None:
    came = kernel("dir/one", start=0)
    assert merged(names("abs"), came) == came


def test_an_empty_answer_takes_nothing_away() -> None:
    assert texts(merged(names("abs"), kernel(start=0))) == ["abs"]


def test_after_the_kernels_word_nothing_joins() -> None:
    assert merged(kernel("abs"), names("array")) == kernel("abs")


def test_the_words_of_the_screen_come_last_and_can_leave() -> None:
    code = "np.a"
    words = replace(names(), items=(Completion("apple", "word"), Completion("abs", "word")))
    both = merged(replace(words, source=Source.WORDS, code=code), kernel("array", "abs"))
    assert texts(both) == ["array", "abs", "apple"]
    assert texts(without_words(both, ())) == ["array", "abs"]
    assert texts(without_words(both, ["apple"])) == ["array", "abs", "apple"]


def test_the_end_is_the_kernels() -> None:
    came = replace(kernel("abs"), end=3)
    assert merged(names("abs"), came).end == 3
