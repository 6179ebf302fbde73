"""The probe sorts and sifts tables where they are, and compares nothing of the user's."""

import sys
from typing import Any

import pytest

from support.probed import interpreter
from support.probed_grids import arranging, opening, paging, told

VERSIONS = ("2.7", "3.11", "3.13")

SORTED = """\
ran = []
class Noisy(object):
    def __lt__(self, other): ran.append("lt"); return True
    __gt__ = __le__ = __ge__ = __eq__ = __ne__ = __lt__
    def __hash__(self): ran.append("hash"); return 1
numbers = [3, 1.5, None, 2, float("nan"), 1]
mixed = ["b", 2, None, "a", Noisy(), 1, True]
rows = [("x", 2, 0), ("y", 1, 1), ("x", 1, 2), ("y", 2, 3)]
texts = ["Kiruna", "Visby", "kiosk", None, "Ystad"]
del ran[:]
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


@pytest.mark.parametrize(
    ("name", "sort", "places"),
    [
        ("numbers", [[0, False]], [5, 1, 3, 0, 2, 4]),
        ("numbers", [[0, True]], [0, 3, 1, 5, 2, 4]),
        ("mixed", [[0, False]], [5, 6, 1, 3, 0, 4, 2]),
        ("rows", [[0, False], [1, False]], [2, 0, 1, 3]),
        ("rows", [[1, True], [0, False]], [0, 3, 2, 1]),
    ],
)
def test_lists_are_sorted_with_what_is_missing_last(
    python: list[str], name: str, sort: list[Any], places: list[int]
) -> None:
    opened, page = told(python, SORTED, arranging(name, sort), paging())
    assert opened["refused"] == ""
    assert page["labels"] == [[str(at) for at in places]]


@pytest.mark.parametrize(
    ("name", "condition", "places"),
    [
        ("numbers", ["=", ["2"]], [3]),
        ("numbers", [">=", ["2"]], [0, 3]),
        ("numbers", ["!=", ["2"]], [0, 1, 2, 4, 5]),
        ("numbers", ["between", ["1", "2"]], [1, 3, 5]),
        ("numbers", ["in", ["1", "3"]], [0, 5]),
        ("numbers", ["missing", []], [2, 4]),
        ("numbers", ["present", []], [0, 1, 3, 5]),
        ("texts", ["contains", ["ki"]], [0, 2]),
        ("texts", ["matches", ["^[vy]"]], [1, 4]),
        ("texts", ["=", ["Visby"]], [1]),
        ("texts", ["in", ["Visby", "Ystad"]], [1, 4]),
        ("mixed", ["=", ["1"]], [5, 6]),
    ],
)
def test_lists_are_sifted(
    python: list[str], name: str, condition: list[Any], places: list[int]
) -> None:
    opened, page = told(python, SORTED, arranging(name, filters=[[0, *condition]]), paging())
    assert (opened["refused"], opened["shown"]) == ("", len(places))
    assert page["labels"] == [[str(at) for at in places]]


def test_a_filter_that_cannot_be_read_is_refused_and_all_rows_stay(python: list[str]) -> None:
    opened, page = told(
        python, SORTED, arranging("texts", filters=[[0, "matches", ["("]]]), paging()
    )
    code, values = opened["refused"]
    assert (code, values["text"]) == ("bad-pattern", "(")
    assert (opened["shown"], len(page["cells"][0])) == (5, 5)


ORDERED = """\
ran = []
from datetime import datetime as moment
import numpy as np, pandas as pd, polars as pl
moments = pd.to_datetime(["2024-03-01", None, "2024-01-01", "2024-02-01"])
frame = pd.DataFrame({
    "real": [2.0, np.nan, 1.0, 2.0],
    "whole": [3, 1, 2, 0],
    "when": moments,
    "where": moments.tz_localize("Europe/Stockholm"),
    "maybe": pd.array([2, None, 1, 3], dtype="Int64"),
    "group": pd.Categorical(["low", None, "high", "low"], ["low", "high"], ordered=True),
    "text": ["b", None, "A", "c"],
    "truth": [True, False, True, False],
    "month": pd.period_range("2024-01", periods=4, freq="M"),
    "range": pd.interval_range(0, 4),
    "thing": [object(), 1, "a", None],
})
bears = pl.DataFrame({
    "real": [2.0, None, float("nan"), 1.0],
    "text": ["b", None, "A", "c"],
    "when": [moment(2024, 3, 1), None, moment(2024, 1, 1), moment(2024, 2, 1)],
    "list": [[1], [2], None, [3]],
    "group": pl.Series(["x", "y", None, "x"], dtype=pl.Categorical),
})
plane = np.array([[3, 1], [1, 2], [2, 0]])
"""
PANDAS = [
    *[
        "real",
        "whole",
        "when",
        "where",
        "maybe",
        "group",
        "text",
        "truth",
        "month",
        "range",
        "thing",
    ]
]
POLARS = ["real", "text", "when", "list", "group"]
CASES: list[tuple[str, list[Any], list[Any], list[int] | tuple[str, dict[str, str]]]] = [
    ("frame", [["real", False]], [], [2, 0, 3, 1]),
    ("frame", [["real", True]], [], [0, 3, 2, 1]),
    ("frame", [["real", True], ["whole", False]], [], [3, 0, 2, 1]),
    ("frame", [["when", False]], [], [2, 3, 0, 1]),
    ("frame", [["where", True]], [], [0, 3, 2, 1]),
    ("frame", [["maybe", True]], [], [3, 0, 2, 1]),
    ("frame", [["group", True]], [], [2, 0, 3, 1]),
    ("frame", [["text", False]], [], [2, 0, 3, 1]),
    ("frame", [["truth", False], ["whole", False]], [], [3, 1, 2, 0]),
    ("frame", [["thing", False]], [], [1, 2, 0, 3]),
    ("frame", [["range", False]], [], ("no-order", {})),
    ("frame", [], [["real", "=", ["2"]]], [0, 3]),
    ("frame", [], [["real", "!=", ["2"]], ["real", "present", []]], [2]),
    ("frame", [], [["real", "missing", []]], [1]),
    ("frame", [], [["when", ">=", ["2024-02-01"]]], [0, 3]),
    ("frame", [], [["where", "between", ["2024-01-01", "2024-02-01"]]], [2, 3]),
    ("frame", [], [["maybe", "<", ["3"]]], [0, 2]),
    ("frame", [], [["group", "in", ["low", "none"]]], [0, 3]),
    ("frame", [], [["group", "missing", []]], [1]),
    ("frame", [], [["text", "contains", ["a"]]], [2]),
    ("frame", [], [["truth", "=", ["true"]]], [0, 2]),
    ("frame", [], [["month", ">", ["2024-02"]]], [2, 3]),
    ("frame", [], [["whole", ">", ["x"]]], ("no-number", {"text": "x"})),
    ("frame", [], [["whole", "contains", ["1"]]], ("texts-only", {})),
    ("frame", [["whole", True]], [["real", "=", ["2"]]], [0, 3]),
    ("bears", [["real", True]], [], [0, 3, 1, 2]),
    ("bears", [["text", False]], [], [2, 0, 3, 1]),
    ("bears", [["when", True]], [], [0, 3, 2, 1]),
    ("bears", [["list", True]], [], ("no-order", {})),
    ("bears", [], [["text", "contains", ["a"]]], [2]),
    ("bears", [], [["group", "!=", ["x"]], ["group", "present", []]], [1]),
    ("bears", [], [["when", "<", ["2024-02-01"]]], [2]),
    ("plane", [[0, False]], [], [1, 2, 0]),
    ("plane", [], [[1, ">", ["0"]]], [0, 1]),
]


@pytest.fixture(scope="module")
def orders() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what is told of each of `CASES`."""

    def placed(name: str, parts: list[Any]) -> list[Any]:
        names = {"frame": PANDAS, "bears": POLARS}.get(name, [])
        return [[names.index(one) if one in names else one, *rest] for one, *rest in parts]

    questions = [
        each
        for name, sort, filters, _ in CASES
        for each in (arranging(name, placed(name, sort), placed(name, filters)), paging())
    ]
    answers = told([sys.executable], ORDERED, *questions)
    return list(zip(answers[::2], answers[1::2], strict=True))


@pytest.mark.parametrize("at", range(len(CASES)), ids=lambda at: "-".join(map(str, CASES[at][:3])))
def test_frames_and_arrays_are_sorted_and_sifted(
    orders: list[tuple[dict[str, Any], dict[str, Any]]], at: int
) -> None:
    opened, page = orders[at]
    expected = CASES[at][3]
    if isinstance(expected, tuple):
        assert (opened["refused"], page["labels"]) == ([*expected], [])
    else:
        assert opened["refused"] == ""
        assert page["labels"] == [[str(place) for place in expected]]


def finding(text: str, first: int, step: int = 1) -> dict[str, Any]:
    where = {"column": 0, "first": first, "step": step, "budget_ms": 60_000}
    return {"op": "grid_find", "view": "v", "text": text, **where}


def test_a_text_is_found_in_a_column_in_both_directions(python: list[str]) -> None:
    sort = arranging("texts", [[0, False]])
    _, down, on, up, none = told(
        python,
        SORTED,
        sort,
        finding("KI", 1),
        finding("ki", 2),
        finding("ki", 3, -1),
        finding("q", 0),
    )
    assert [each["row"] for each in (down, on, up, none)] == [3, 3, 3, None]
    assert none["next"] is None


SUMMARIZED = """\
ran = []
import numpy as np, pandas as pd, polars as pl
frame = pd.DataFrame({
    "real": [1.0, 2.0, 3.0, np.nan],
    "text": ["a", "bcd", "a", None],
    "truth": [True, True, False, True],
    "when": pd.to_datetime(["2024-01-01", "2024-01-03", None, "2024-01-02"]),
    "group": pd.Categorical(["u", "v", "u", None]),
})
bears = pl.DataFrame({"n": [1, None, 3]})
empty = pd.DataFrame({"a": [], "b": pd.Series([], dtype=object)})
many = pd.DataFrame({"n": np.arange(1_000_000), "t": ["x", "y"] * 500_000})
"""


def summing(column: int) -> dict[str, Any]:
    return {"op": "grid_summary", "view": "v", "column": column, "budget_ms": 60_000}


@pytest.fixture(scope="module")
def sums() -> list[dict[str, Any]]:
    """Return what is told of the columns of `SUMMARIZED`."""
    frames = [opening("frame"), *map(summing, range(5)), opening("bears"), summing(0)]
    frames += [opening("empty"), summing(0), summing(1), opening("many"), summing(0), summing(1)]
    frames += [arranging("many", filters=[[0, "<", ["10"]]]), summing(0)]
    answers = told([sys.executable], SUMMARIZED, *frames)
    return [answer for answer in answers if "facts" in answer]


def test_numbers_are_summarized(sums: list[dict[str, Any]]) -> None:
    real = sums[0]
    assert (real["rows"], real["missing"], real["distinct"], real["sampled"]) == (4, 1, 3, 0)
    assert real["facts"] == [
        ["Least", "1.0"],
        ["Most", "3.0"],
        ["Mean", "2.0"],
        ["Deviation", "1.0"],
    ]
    assert real["histogram"] == [[1, 1, 1], "1.0", "3.0"]
    assert real["range"] == [1.0, 3.0]
    assert (sums[5]["missing"], sums[5]["facts"][1]) == (1, ["Most", "3"])


def test_texts_truths_moments_and_categories_are_summarized(sums: list[dict[str, Any]]) -> None:
    text, truth, when, group = sums[1:5]
    assert (text["missing"], text["top"]) == (1, [["a", 2], ["bcd", 1]])
    assert text["facts"] == [
        ["Shortest", ["characters", {"count": 1}]],
        ["Longest", ["characters", {"count": 3}]],
    ]
    assert (truth["top"], truth["histogram"]) == ([["True", 3], ["False", 1]], None)
    assert when["facts"][:2] == [["Least", "2024-01-01 00:00:00"], ["Most", "2024-01-03 00:00:00"]]
    assert (when["missing"], len(when["facts"])) == (1, 2)
    assert (group["missing"], group["top"]) == (1, [["u", 2], ["v", 1]])


def test_empty_columns_are_summarized(sums: list[dict[str, Any]]) -> None:
    assert [(each["rows"], each["top"], each["histogram"]) for each in sums[6:8]] == [
        (0, [], None)
    ] * 2


def test_of_long_columns_some_are_looked_at_and_that_is_said(sums: list[dict[str, Any]]) -> None:
    number, text, few = sums[8:]
    assert 100_000 < number["sampled"] <= 250_000
    assert (number["missing"], number["facts"][1]) == (0, ["Most", "999999"])
    assert 20_000 < text["sampled"] < 100_000
    assert (text["distinct"], text["missing"]) == (2, None)
    assert (few["rows"], few["sampled"], few["facts"][1]) == (10, 0, ["Most", "9"])
