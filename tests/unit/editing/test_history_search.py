from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.history_search import HistorySearch, Wanted, scattered
from vitrail_widgets.editing.past import PastInput


def searched(*codes: str) -> HistorySearch:
    search = HistorySearch()
    search.load(PastInput(code, time_s=float(at)) for at, code in enumerate(codes))
    return search


def found(search: HistorySearch, typed: str) -> list[str]:
    search.look_for(typed)
    search.go_on(lambda: False)
    assert search.is_done
    return [each.code for each in search.found]


def test_without_letters_all_are_found_the_newest_first() -> None:
    assert found(searched("a", "b", "c"), "") == ["c", "b", "a"]


def test_an_input_that_came_again_is_there_once_at_its_newest_place() -> None:
    assert found(searched("a", "b", "a"), "") == ["a", "b"]


def test_blank_inputs_are_none() -> None:
    assert len(searched("", " \n", "x")) == 1


def test_what_is_typed_is_found_anywhere_and_in_any_line() -> None:
    codes = ("import os", "def f():\n    return os.getcwd()", "x")
    assert found(searched(*codes), "os.get") == [codes[1]]


def test_a_better_fit_comes_before_a_newer_one() -> None:
    codes = ("pd.read_csv(path)", "csv = 1; read(csv)", "rows.each(d); c.sort().values")
    assert found(searched(*codes), "read csv") == [codes[1], codes[0]]
    assert found(searched(codes[0], codes[2]), "rdcsv") == [codes[0]]


def test_letters_in_order_and_close_together_are_enough() -> None:
    assert found(searched("matplotlib.pyplot.plot(x)", "print(x)"), "mplplt") == [
        "matplotlib.pyplot.plot(x)"
    ]


def test_letters_far_apart_or_in_several_lines_are_not() -> None:
    assert not scattered("abc", "a" + "." * 100 + "b" + "." * 100 + "c")
    assert not scattered("abc", "a\nb\nc")


def test_a_later_close_group_counts_where_an_earlier_one_is_too_wide() -> None:
    text = "a" + "." * 100 + " aXbXc"
    assert scattered("abc", text) == (102, 104, 106)


def test_small_letters_mean_any_case_and_capitals_mean_themselves() -> None:
    search = searched("DataFrame()", "dataframe()")
    assert found(search, "dataframe") == ["dataframe()", "DataFrame()"]
    assert found(search, "DataF") == ["DataFrame()"]


def test_the_places_of_the_letters_are_told() -> None:
    assert Wanted("csv").places("read_csv()") == (5, 6, 7)
    assert Wanted("csv read").places("read_csv()") == (0, 1, 2, 3, 5, 6, 7)
    assert Wanted("rdc").places("read_csv()") == (0, 3, 5)
    assert Wanted("").places("x") == ()
    assert Wanted("i").places("İi") == ()  # lower case has another length: better none than wrong


def test_older_inputs_come_last_and_only_if_unknown() -> None:
    search = searched("known", "new")
    older = [PastInput("older"), PastInput("known"), PastInput("oldest"), PastInput("older")]
    assert search.add_older(older) == 2
    assert found(search, "") == ["new", "known", "older", "oldest"]
    search.add(PastInput("older"))
    assert found(search, "") == ["older", "new", "known", "oldest"]
    assert len(search) == 4


def test_what_became_of_an_input_is_corrected_in_place() -> None:
    search = searched("a", "b")
    search.correct(PastInput("a", count=3, time_s=0.0, failed=True))
    search.correct(PastInput("b", count=9, time_s=77.0))  # not the one that is there
    search.correct(PastInput("c"))
    search.look_for("")
    search.go_on(lambda: False)
    assert [each.count for each in search.found] == [None, 3]


def test_a_search_goes_on_in_slices_and_what_is_found_grows_at_its_end() -> None:
    search = searched(*(f"x = {number}" for number in range(1000)))
    search.look_for("9")
    seen: list[PastInput] = []
    slices = 0
    while not search.is_done:
        search.go_on(lambda: True)
        assert search.found[: len(seen)] == seen
        seen = list(search.found)
        slices += 1
    assert slices > 3
    assert len(seen) == sum("9" in str(number) for number in range(1000))


def test_a_new_search_forgets_the_old_one() -> None:
    search = searched(*(f"x = {number}" for number in range(1000)))
    search.look_for("1")
    search.go_on(lambda: True)
    whole = [*(f"x = {number}" for number in range(779, 769, -1)), "x = 77"]
    assert found(search, "x = 77")[:11] == whole


def test_hostile_texts_take_no_time_that_grows_with_every_letter() -> None:
    assert found(searched("a" * 20_000), "a" * 30 + "b") == []


@given(st.lists(st.text("ab\n cD", max_size=6), max_size=6), st.text("abcD ", max_size=4))
def test_what_is_found_fits_and_its_letters_are_where_they_are_told(
    codes: list[str], typed: str
) -> None:
    search = searched(*codes)
    wanted = Wanted(typed)
    results = found(search, typed)
    assert len(set(results)) == len(results)
    assert set(results) <= {code for code in codes if code.strip()}
    for code in results:
        letters = "".join(code[place] for place in wanted.places(code))
        folded = letters if wanted.has_case else letters.lower()
        assert wanted.typed == "" or set(folded) == set(wanted.typed) - (
            set() if wanted.typed in folded else {" "}
        )
    whole = {code for code in codes if code.strip() and typed.strip() in code}
    assert whole <= set(results)
