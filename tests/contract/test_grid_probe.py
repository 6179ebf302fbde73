"""The probe shows tables a page at a time, and nothing of the user's runs."""

import sys
from typing import Any

import pytest

from support.probed import interpreter
from support.probed_grids import opening, paging, told

VERSIONS = ("2.7", "3.11", "3.13")
NONE, NAN, NAT, NA, NULL, LACKING = range(6)

PLAIN = """\
ran = []
class Noisy(object):
    def __repr__(self): ran.append("repr"); return "noise"
    def __len__(self): ran.append("len"); return 1
    def __eq__(self, other): ran.append("eq"); return True
    def __hash__(self): ran.append("hash"); return hash("b")
    @property
    def __class__(self): ran.append("class"); return int
    def __getattr__(self, name): ran.append(name); return 1
class Stack(list): pass
noisy = Noisy()
values = [1, 2.5, None, float("nan"), "text", noisy, [1, 2], True, 10 ** 400, b"raw"]
numbers = list(range(1000))
texts = ["x" * 100000] * 1000
table = {"one": 1, "two": noisy, 3: None}
records = [{"a": 1, "b": "x"}, {"a": 2, noisy: 5, "c": 3}, 7]
pairs = ((1, "a"), (2, "b"))
nothing = []
stack = Stack([1, 2])
del ran[:]
"""

LIBRARIES = """\
ran = []
import datetime, decimal
import numpy as np, pandas as pd, polars as pl
class Noisy(object):
    def __repr__(self): ran.append("repr"); return "noise"
    def __getattr__(self, name): ran.append(name); raise AttributeError(name)
class Own(np.ndarray): pass
class Frame(pd.DataFrame): pass
class Zone(datetime.tzinfo):
    def utcoffset(self, moment): ran.append("zone"); return datetime.timedelta(0)
noisy = Noisy()
moments = ["2024-01-01 00:00", "2024-01-02 03:04:05.678", None]
frame = pd.DataFrame({
    "whole": [1, 2, 3],
    "real": [1.5, np.nan, 0.1],
    "single": np.array([0.1, 0.2, 0.3], dtype="float32"),
    "text": ["a", None, "c"],
    "when": pd.to_datetime(moments, format="mixed"),
    "where": pd.to_datetime(moments, format="mixed", utc=True),
    "lasting": pd.to_timedelta([1, 2, None], unit="s"),
    "maybe": pd.array([1, None, 3], dtype="Int64"),
    "group": pd.Categorical(["u", "v", None]),
    "thing": np.array([noisy, [1, 2], {"a": 1}], dtype=object),
    "month": pd.period_range("2024", periods=3, freq="M"),
    "range": pd.interval_range(0, 3),
    "exact": np.array([decimal.Decimal("1.10"), None, datetime.date(2024, 1, 2)], dtype=object),
})
twice = pd.DataFrame([[1, 2, 3]], columns=["a", "a", 7])
deep = frame[["whole", "text", "real"]].set_index(["text", "whole"])
crossed = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")]))
wide = pd.DataFrame(np.zeros((2, 10000)))
series = pd.Series([1.5, 2.5], index=["x", "y"], name="c")
no_rows, no_columns = pd.DataFrame({"a": []}), pd.DataFrame(index=range(3))
odd_time = pd.Series([datetime.datetime(2024, 1, 1, tzinfo=Zone())], dtype=object)
own, mine = np.zeros(3).view(Own), Frame({"a": [1]})
bears = pl.DataFrame({"a": [1, None], "b": [float("nan"), 2.5], "c": [[1, 2], None]})
lazy = pl.DataFrame({"a": [1]}).lazy()
line, plane, cube = np.arange(3), np.arange(6.0).reshape(2, 3), np.arange(24).reshape(2, 3, 4)
fields = np.zeros(2, dtype=[("n", "i4"), ("v", "f8", (2,))])
endless = np.broadcast_to(np.int8(1), (10**9, 3))
del ran[:]
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def whole(python: list[str], objects: str, name: str, *steps: list[Any]) -> dict[str, Any]:
    """Return what is told of a table, and of its first rows."""
    opened, page = told(python, objects, opening(name, *steps), paging())
    assert (opened["state"], page["state"]) == ("open", "open")
    return {**opened, **page}


Told = dict[str, dict[str, Any]]
SLICE = ["slice", [1, None, 2]]
FIRST_COLUMNS = {**opening("wide"), "budget_ms": 50, "budget_bytes": 50_000}
LAST_COLUMN = {"op": "grid_columns", "view": "v", "after": 9_999}


@pytest.fixture(scope="module")
def libraries() -> Told:
    """Return what is told of each object of `LIBRARIES`: they take long to import."""
    frames = "frame twice crossed deep series no_rows no_columns bears lazy mine odd_time"
    names = f"{frames} line plane fields cube own".split()
    questions = [each for name in names for each in (opening(name), paging())]
    more = [opening("cube", SLICE), paging()]
    more += [opening("endless"), paging(10**9 - 2, 5)]
    answers = told([sys.executable], LIBRARIES, *questions, *more)
    names += ["slice", "endless"]
    pairs = zip(names, answers[::2], answers[1::2], strict=True)
    return {name: {**page, **opened} for name, opened, page in pairs}


def test_values_of_builtin_types_are_written_and_others_named(python: list[str]) -> None:
    found = whole(python, PLAIN, "values")
    assert (found["kind"], found["rows"], found["columns"]) == ("list", 10, 1)
    written = found["cells"][0]
    assert written[:8] == ["1", "2.5", NONE, NAN, "text", ["Noisy"], "[1, 2]", "True"]
    assert written[8] == "1329 bits"


def test_a_dict_has_its_keys_as_labels(python: list[str]) -> None:
    found = whole(python, PLAIN, "table")
    assert found["levels"] == ["key"]
    pairs = dict(zip(found["labels"][0], found["cells"][0], strict=True))
    assert pairs == {"one": "1", "two": ["Noisy"], "3": NONE}


def test_dicts_in_a_list_are_rows_with_a_column_for_each_key(python: list[str]) -> None:
    found = whole(python, PLAIN.replace("noisy: 5, ", "").replace(", 7]", "]"), "records")
    assert found["kind"] == "records"
    columns = dict(zip([name[0] for name in found["names"]], found["cells"], strict=True))
    assert columns == {"a": ["1", "2"], "b": ["x", LACKING], "c": [LACKING, "3"]}


def test_keys_of_records_that_are_no_texts_are_not_compared(python: list[str]) -> None:
    found = whole(python, PLAIN.replace(", 7]", "]"), "records")
    assert sorted(name[0] for name in found["names"]) == ["a", "b", "c"]


def test_rows_of_one_length_are_a_table(python: list[str]) -> None:
    found = whole(python, PLAIN, "pairs")
    assert (found["kind"], found["columns"]) == ("rows", 2)
    assert found["cells"] == [["1", "2"], ["a", "b"]]


def test_a_list_without_items_has_no_rows(python: list[str]) -> None:
    found = whole(python, PLAIN, "nothing")
    assert (found["rows"], found["cells"]) == (0, [[]])


def test_only_the_rows_that_are_asked_for_are_told(python: list[str]) -> None:
    _, page, last, beyond = told(
        python, PLAIN, opening("numbers"), paging(500, 3), paging(998, 10), paging(5000, 10)
    )
    assert page["cells"] == [["500", "501", "502"]]
    assert last["cells"] == [["998", "999"]]
    assert beyond["cells"] == [[]]


def test_huge_texts_are_cut_to_the_budget(python: list[str]) -> None:
    _, page = told(python, PLAIN, opening("texts"), {**paging(0, 1000), "budget_bytes": 100_000})
    assert len(page["cells"][0]) == 1000
    assert sum(map(len, page["cells"][0])) <= 100_000
    assert page["cells"][0][0].endswith("…")


def test_what_is_no_table_says_so(python: list[str]) -> None:
    refused, gone = told(python, PLAIN, opening("stack"), opening("missing"))
    assert refused == {"state": "refused", "why": ["no-table", {"type": "Stack"}]}
    assert gone["state"] == "gone"


def test_a_view_of_another_object_or_shape_is_changed(python: list[str]) -> None:
    opened, again, other, page = told(
        python, PLAIN, opening("numbers"), opening("numbers"), opening("pairs"), paging()
    )
    assert (opened["again"], again["again"], other["again"]) == (False, True, False)
    assert page["cells"][0] == ["1", "2"]


def test_views_are_forgotten_when_closed_or_when_there_are_too_many(python: list[str]) -> None:
    many = [{**opening("numbers"), "view": str(at)} for at in range(40)]
    answers = told(
        python,
        PLAIN,
        opening("numbers"),
        {"op": "grid_close", "view": "v"},
        paging(),
        *many,
        {**paging(), "view": "0"},
        {**paging(), "view": "39"},
    )
    assert answers[2]["state"] == "forgotten"
    assert [each["state"] for each in answers[-2:]] == ["forgotten", "open"]


def test_columns_of_a_frame_say_their_type_and_show_their_values(libraries: Told) -> None:
    found = libraries["frame"]
    assert found["labels"] == []
    kinds = {name[0]: name[1] for name in found["names"]}
    columns = dict(zip(kinds, found["cells"], strict=True))
    assert (kinds["whole"], columns["whole"]) == ("integer", ["1", "2", "3"])
    assert (kinds["real"], columns["real"]) == ("number", ["1.5", NAN, "0.1"])
    assert columns["single"] == ["0.1", "0.2", "0.3"]
    assert (kinds["text"], columns["text"]) == ("text", ["a", NAN, "c"])
    first, second = "2024-01-01 00:00:00", "2024-01-02 03:04:05.678"
    assert (kinds["when"], columns["when"]) == ("time", [first, second, NAT])
    assert columns["where"] == [f"{first}+00:00", f"{second}000+00:00", NAT]
    assert (kinds["lasting"], columns["lasting"][2]) == ("duration", NAT)
    assert (kinds["maybe"], columns["maybe"]) == ("integer", ["1", NA, "3"])
    assert (kinds["group"], columns["group"]) == ("category", ["u", "v", NAN])
    assert (kinds["thing"], columns["thing"]) == ("object", [["Noisy"], "[1, 2]", "{'a': 1}"])
    assert columns["month"] == ["2024-01", "2024-02", "2024-03"]
    assert (kinds["range"], columns["range"][0]) == ("object", "(0, 1]")
    assert columns["exact"] == ["1.10", NONE, "2024-01-02"]


def test_names_that_are_not_unique_or_no_texts_are_columns_too(libraries: Told) -> None:
    found = libraries["twice"]
    assert [name[0] for name in found["names"]] == ["a", "a", "7"]
    assert [name[3] for name in found["names"]] == ["'a'", "'a'", "7"]
    assert found["cells"] == [["1"], ["2"], ["3"]]
    crossed = libraries["crossed"]["names"]
    assert [name[0] for name in crossed] == ["a, x", "a, y"]
    assert crossed[0][3] == "('a', 'x')"


def test_levels_of_an_index_are_labels(libraries: Told) -> None:
    found = libraries["deep"]
    assert found["levels"] == ["text", "whole"]
    assert found["labels"] == [["a", NAN, "c"], ["1", "2", "3"]]
    assert libraries["series"]["labels"] == [["x", "y"]]


def test_tables_without_rows_or_columns_are_tables(libraries: Told) -> None:
    assert libraries["no_rows"]["cells"] == [[]]
    found = libraries["no_columns"]
    assert (found["rows"], found["columns"], found["cells"]) == (3, 0, [])


def test_ten_thousand_columns_are_told_within_the_budget() -> None:
    (opened, last) = told([sys.executable], LIBRARIES, FIRST_COLUMNS, LAST_COLUMN)
    assert opened["columns"] == 10_000
    assert 100 < len(opened["names"]) < 10_000
    assert last["names"] == [["9999", "number", "float64", "9999"]]


def test_polars_frames_are_shown_and_lazy_ones_not_collected(libraries: Told) -> None:
    found = libraries["bears"]
    assert found["cells"] == [["1", NULL], [NAN, "2.5"], ["[1, 2]", NULL]]
    refused = libraries["lazy"]
    assert (refused["state"], refused["why"]) == ("refused", ["lazy", {}])


def test_arrays_are_shown_by_axes_slices_and_fields(libraries: Told) -> None:
    assert libraries["line"]["cells"] == [["0", "1", "2"]]
    assert libraries["plane"]["cells"] == [["0.0", "3.0"], ["1.0", "4.0"], ["2.0", "5.0"]]
    assert libraries["slice"]["cells"] == [["14", "18", "22"]]
    assert libraries["cube"]["cells"][0] == ["0", "4", "8"], "the first plane"
    assert libraries["fields"]["cells"] == [["0", "0"], [["float64"], ["float64"]]]


def test_another_plane_of_an_array_is_told_where_it_is_asked_for() -> None:
    planes: list[dict[str, Any]] = [
        {"at": [1, 0, 0]},
        {"axes": [2, 0], "at": [0, 1, 0]},
        {"axes": [0, 0], "at": [99]},
    ]
    questions = [one for plane in planes for one in ({**opening("cube"), "slice": plane}, paging())]
    answers = told([sys.executable], LIBRARIES, *questions)
    opened, pages = answers[::2], answers[1::2]
    assert [one["shape"] for one in opened] == [[2, 3, 4]] * 3
    assert [(one["axes"], one["at"]) for one in opened] == [
        ([1, 2], [1, 0, 0]),
        ([2, 0], [0, 1, 0]),
        ([1, 2], [1, 0, 0]),
    ]
    assert pages[0]["cells"][0] == ["12", "16", "20"]
    assert pages[1]["cells"] == [["4", "5", "6", "7"], ["16", "17", "18", "19"]]
    assert opened[2]["again"] is False


def test_an_array_of_a_billion_rows_is_read_where_it_is_looked_at(libraries: Told) -> None:
    assert libraries["endless"]["rows"] == 10**9
    assert libraries["endless"]["cells"] == [["1", "1"]] * 3


def test_classes_that_inherit_from_tables_are_somebodys_code(libraries: Told) -> None:
    assert [libraries[name]["state"] for name in ("own", "mine")] == ["refused", "refused"]


def test_time_zones_of_the_users_are_not_asked(libraries: Told) -> None:
    assert libraries["odd_time"]["cells"] == [[["datetime"]]]


OWN_TYPE = """\
import numpy as np, pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype
ran = []
class Length(ExtensionDtype):
    type = float
    def __str__(self): ran.append("str"); return "length"
    @property
    def name(self): return "length"
class Lengths(ExtensionArray):
    def __init__(self, values): self.values = values
    dtype = Length()
    def __len__(self): return len(self.values)
    def __getitem__(self, at): ran.append("getitem"); return 1
    def isna(self): ran.append("isna"); return np.zeros(len(self), bool)
    def view(self, dtype=None): return self
    def copy(self): return self
    nbytes = 0
frame = pd.DataFrame({"plain": [1, 2]})
frame["own"] = Lengths([3, 4])
del ran[:]
"""


def test_columns_of_a_type_of_the_users_show_its_name() -> None:
    opened, page, sorted_ = told(
        [sys.executable],
        OWN_TYPE,
        opening("frame"),
        paging(),
        {**opening("frame"), "sort": [[1, False]]},
    )
    assert opened["names"][1][:3] == ["own", "object", "Length"]
    assert page["cells"] == [["1", "2"], [["Length"], ["Length"]]]
    assert sorted_["refused"] == ["no-order", {}]
