from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.history import InputHistory

ENTRIES = st.lists(st.sampled_from(["a", "ab", "b", "ba", "c", ""]), max_size=12)


def test_a_walk_goes_back_and_returns_to_the_draft() -> None:
    history = InputHistory(["one", "two"])
    assert history.older("", "draft") == "two"
    assert history.older("", "two") == "one"
    assert history.older("", "one") is None
    assert history.newer("", "one") == "two"
    assert history.newer("", "two") == "draft"
    assert history.newer("", "draft") is None
    assert not history.walking


def test_only_entries_with_the_prefix_are_found() -> None:
    history = InputHistory(["import x", "y", "import z"])
    assert history.older("imp", "imp") == "import z"
    assert history.older("imp", "import z") == "import x"
    assert history.older("imp", "import x") is None
    assert history.newer("imp", "import x") == "import z"


def test_what_is_shown_already_is_not_found_again() -> None:
    history = InputHistory(["x", "y", "x"])
    assert history.older("", "x") == "y"


def test_consecutive_duplicates_and_blank_entries_are_kept_out() -> None:
    history = InputHistory(["x", "x", " ", "y"])
    history.append("y")
    history.append("x")
    assert list(history.entries) == ["x", "y", "x"]


def test_an_edited_entry_is_kept_until_something_is_submitted() -> None:
    history = InputHistory(["one", "two"])
    history.older("", "")
    assert history.older("", "two edited") == "one"
    assert history.newer("", "one") == "two edited"
    history.append("three")
    assert history.older("", "") == "three"
    assert history.older("", "three") == "two"


def test_loading_keeps_what_was_appended_meanwhile_as_the_newest() -> None:
    history = InputHistory()
    history.append("mine")
    history.append("new")
    history.load(["old"])
    assert list(history.entries) == ["old", "mine", "new"]
    history.load([])
    assert list(history.entries) == ["mine", "new"]


def test_what_the_kernel_remembers_too_is_there_once() -> None:
    history = InputHistory()
    history.append("mine")
    history.append("new")
    history.load(["old", "mine"])
    assert list(history.entries) == ["old", "mine", "new"]


def test_newer_without_a_walk_moves_nothing() -> None:
    assert InputHistory(["x"]).newer("", "draft") is None


@given(ENTRIES, st.sampled_from(["", "a", "b"]))
def test_going_back_and_forth_ends_at_the_draft(entries: list[str], prefix: str) -> None:
    history = InputHistory(entries)
    text = draft = prefix + "?"
    seen: list[str] = []
    while (found := history.older(prefix, text)) is not None:
        assert found.startswith(prefix)
        assert found != text
        seen.append(found)
        text = found
    assert len(seen) <= len(history.entries)
    back: list[str] = []
    while (found := history.newer(prefix, text)) is not None:
        back.append(found)
        text = found
    assert text == draft
    assert not history.walking
    assert back == ([*reversed(seen[:-1]), draft] if seen else [])


def test_entries_that_contain_something_are_found_when_they_may() -> None:
    history = InputHistory(["import csv", "x", "read_csv(1)"])
    assert history.older("csv", "csv", anywhere=True) == "read_csv(1)"
    assert history.older("csv", "read_csv(1)", anywhere=True) == "import csv"
    assert history.older("csv", "import csv", anywhere=True) is None
    assert history.newer("csv", "import csv", anywhere=True) == "read_csv(1)"
    assert history.newer("csv", "read_csv(1)", anywhere=True) == "csv"


def test_loading_waits_until_a_walk_is_over() -> None:
    history = InputHistory(["one", "two"])
    history.older("", "")
    history.load(["zero", "one", "two"])
    assert history.older("", "two edited") == "one"
    assert history.newer("", "one") == "two edited"
    history.append("three")
    assert history.entries == ("zero", "one", "two", "three")
