import pytest

from vitrail_widgets.editing.completions import Completion, CompletionList, Sifted


def list_for(code: str, start: int, cursor: int | None = None) -> CompletionList:
    at = len(code) if cursor is None else cursor
    return CompletionList((Completion("name"),), code, start, at, at)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("read_csv", "read_csv"),
        ("np.linalg", "linalg"),
        ("np.linalg.", "np.linalg."),
        ("data/file.csv", "file.csv"),
        ("data/dir/", "dir/"),
        ("%timeit", "%timeit"),
        (".", "."),
        ("", ""),
    ],
)
def test_the_label_is_the_last_part(text: str, label: str) -> None:
    assert Completion(text).label == label


def test_typing_on_keeps_the_list() -> None:
    answer = list_for("x = np.a", 7)
    assert answer.typed("x = np.a", 8) == "a"
    assert answer.typed("x = np.arr", 10) == "arr"
    assert answer.typed("x = np.", 7) == ""


def test_what_is_changed_before_or_after_makes_it_stale() -> None:
    answer = list_for("f(np.a, b)", 5, cursor=6)
    assert answer.typed("f(np.ab, b)", 7) == "ab"
    assert answer.typed("g(np.ab, b)", 7) is None
    assert answer.typed("f(np.ab, c)", 7) is None
    assert answer.typed("f(np.a, b)", 3) is None
    assert answer.typed("f(np.a, b)", 9) is None


def test_sifting_narrows_and_widens() -> None:
    items = tuple(map(Completion, ("alpha", "beta", "alphabet")))
    sifted = Sifted(items, "")
    assert [sifted.item(row).text for row in range(3)] == ["alpha", "beta", "alphabet"]
    sifted.sift("alph")
    assert [sifted.item(row).text for row in range(len(sifted.matches))] == ["alpha", "alphabet"]
    sifted.sift("b")
    assert [sifted.item(row).text for row in range(len(sifted.matches))] == ["beta", "alphabet"]


def test_the_common_prefix_goes_on_from_what_was_typed() -> None:
    items = tuple(map(Completion, ("alpha", "alphabet")))
    assert Sifted(items, "al").common_prefix() == "alpha"
    assert Sifted(items, "b").common_prefix() == "b"
    assert Sifted((), "x").common_prefix() == "x"
