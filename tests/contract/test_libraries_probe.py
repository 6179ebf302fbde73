"""Arrays and frames are looked at, whatever age their library has, and nothing of the user's runs.

Python 2.7 has numpy 1.16 and pandas 0.24: `make kernels` puts that numpy beside IPython 1.2.1, and
PYTHON27 may name an interpreter that has both.
"""

from typing import Any

import pytest

from support.probed import Answers, asked, interpreter_with

VERSIONS = ("2.7", "3.11", "3.13")
GROUPS = ("item", "data", "property", "method", "class", "module", "inherited", "dunder")

ARRAYS = """\
ran = []
import numpy as np
class Hostile(object):
    def __repr__(self): ran.append("repr"); return "?"
    __str__ = __repr__
    def __eq__(self, other): ran.append("eq"); return True
    def __hash__(self): ran.append("hash"); return 1
    def __lt__(self, other): ran.append("lt"); return True
    def __len__(self): ran.append("len"); return 3
    def __float__(self): ran.append("float"); return 1.0
    def __array__(self, *a, **k): ran.append("array"); return np.zeros(1)
    def __getattr__(self, name): ran.append("getattr"); return self
class Own(np.ndarray):
    def __getitem__(self, at): ran.append("getitem"); return 0
    def __len__(self): ran.append("len"); return 0
    def __array_finalize__(self, other): ran.append("finalize")
    shape = property(lambda self: ran.append("shape"))
    dtype = property(lambda self: ran.append("dtype"))
lazy = np.broadcast_to(np.int8(1), (10**15,))  # to look at all of it would take days
plane, cube = np.arange(6.0).reshape(2, 3), np.arange(24, dtype="i8").reshape(2, 3, 4)
truths, words, raw = np.array([True, False]), np.array([u"a", u"\\xe4"]), np.array([b"\\xff", b"c"])
when, lengths = np.array(["2024-01-01", "NaT"], dtype="M8[D]"), np.array([1, 2], dtype="m8[s]")
waves, records = np.array([1 + 2j]), np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")])
masked, empty, single = np.ma.array([1, 2], mask=[0, 1]), np.zeros((0, 3)), np.array(3.5)
scalar, own = np.float64(2.5), np.zeros(3).view(Own)
objects = np.empty(2, dtype=object); objects[0] = Hostile(); objects[1] = 1
held = {"objects": objects, "own": own}
del ran[:]
"""
FRAMES = """\
ran = []
import numpy as np, pandas as pd
class Hostile(object):
    def __repr__(self): ran.append("repr"); return "?"
    def __eq__(self, other): ran.append("eq"); return True
    def __hash__(self): ran.append("hash"); return 1
class Own(pd.DataFrame):
    def __len__(self): ran.append("len"); return 1
    def __getattr__(self, name): ran.append("getattr"); raise AttributeError(name)
    shape = property(lambda self: ran.append("shape"))
frame = pd.DataFrame({"n": [2.0, None], "o": [Hostile(), 1], "s": [u"\\xe4", None]})
twice = pd.DataFrame([[1, 2, 3]], columns=["a", "a", 7])
wide = pd.DataFrame(np.zeros((2, 10000)))
series, kinds = pd.Series([3, 1], name="s"), pd.Series([u"\\xe4", u"b"]).astype("category")
when = pd.Series(pd.date_range("2024-01-01", periods=2), index=[7, 9])
crossed = pd.DataFrame([[1, 2]], index=pd.MultiIndex.from_tuples([("a", 1)]))
own = Own({"a": [1]})
del ran[:]
"""
ARRAY_NAMES = (
    *("lazy", "plane", "cube", "truths", "words", "raw", "when", "lengths", "waves", "records"),
    *("masked", "empty", "single", "scalar", "own", "objects", "held"),
)
FRAME_NAMES = ("frame", "twice", "wide", "series", "kinds", "when", "crossed", "own")

Told = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module", params=VERSIONS)
def arrays(request: pytest.FixtureRequest) -> Told:
    """Return what is told of each array, by its name and the operation."""
    return told_of(request.param, ARRAYS, ARRAY_NAMES, "numpy")


@pytest.fixture(scope="module", params=VERSIONS)
def frames(request: pytest.FixtureRequest) -> Told:
    """Return what is told of each frame, by its name and the operation."""
    return told_of(request.param, FRAMES, FRAME_NAMES, "pandas")


def told_of(version: str, objects: str, names: tuple[str, ...], library: str) -> Told:
    python = interpreter_with(version, library)
    if python is None:
        pytest.skip(f"there is no Python {version} with {library} here")
    questions = [each for name in names for each in looking(name)]
    found = asked(python, *questions, {"op": "variables", "budget_ms": 60_000}, objects=objects)
    assert found.ran == []
    assert [answer["error"] for answer in found.answers if "error" in answer] == []
    assert set(names) <= {row[0] for row in found.answers[-1]["ok"]["variables"]}
    return by_name(found, questions)


def looking(name: str) -> list[dict[str, Any]]:
    """Return all that is asked about a name by who looks at it."""
    grid = {"view": name, "budget_ms": 60_000}
    sort = [] if name == "lazy" else [[0, True]]
    return [
        {"op": "glance", "path": [name], "name": name},
        {"op": "members", "path": [name], "name": name, "groups": GROUPS},
        {"op": "inspection", "path": [name], "name": name},
        {"op": "picture", "path": [name], "name": name},
        {"op": "held", "path": [name], "name": name},
        {"op": "grid_open", "path": [name], "name": name, "sort": sort, **grid},
        {"op": "grid_page", "first": 0, "count": 2, "columns": [0, 1, 2], "name": name, **grid},
        {"op": "grid_summary", "column": 0, "name": name, **grid, "budget_ms": 50},
    ]


def by_name(found: Answers, questions: list[dict[str, Any]]) -> Told:
    told: Told = {}
    for question, answer in zip(questions, found.answers, strict=False):
        told.setdefault(question["name"], {})[question["op"]] = answer.get("ok", {})
    return told


def test_arrays_say_their_type_and_shape_and_begin_to_say_their_items(arrays: Told) -> None:
    rows = {name: arrays[name]["glance"]["row"][1:5] for name in ARRAY_NAMES}
    assert rows["lazy"][:3] == ["ndarray[int8]", str(10**15), 10**15]
    assert rows["cube"] == ["ndarray[int64]", "2 x 3 x 4", 192, "[0, 1, 2, 3, 4, 5, ...]"]
    assert rows["words"] == ["ndarray[<U1]", "2", 8, "[a, ä]"]
    assert rows["raw"][:3] == ["ndarray[|S1]", "2", 2]
    assert rows["objects"] == ["ndarray[object]", "2", 16, ""]
    assert rows["records"] == ["ndarray[structured]", "1", 12, ""]
    assert rows["own"] == ["Own", "", None, ""]


def test_arrays_have_the_picture_of_their_shape(arrays: Told) -> None:
    kinds = {name: arrays[name]["picture"]["body"]["kind"] for name in ARRAY_NAMES}
    rows = dict.fromkeys(("lazy", "truths", "when", "lengths", "waves", "records"), "curve")
    rows |= {"masked": "curve", "plane": "map", "cube": "map", "held": "items"}
    rows |= dict.fromkeys(("words", "raw", "objects", "empty", "own"), "none")
    assert kinds == {**rows, "single": "lines", "scalar": "lines"}


def test_arrays_are_tables_that_can_be_sorted(arrays: Told) -> None:
    shown = {name: arrays[name]["grid_page"].get("cells") for name in ARRAY_NAMES}
    assert shown["plane"] == [["3.0", "0.0"], ["4.0", "1.0"], ["5.0", "2.0"]]
    assert shown["words"] == [["ä", "a"]]
    assert shown["objects"] == [[["Hostile"], "1"]]
    assert shown["lazy"] == [["1", "1"]]
    assert arrays["words"]["grid_open"]["names"][0][1] == "text"
    assert arrays["own"]["grid_open"]["state"] == "refused"


def test_frames_of_any_names_and_width_are_told(frames: Told) -> None:
    sizes = {name: frames[name]["glance"]["row"][2] for name in FRAME_NAMES}
    assert (sizes["twice"], sizes["wide"], sizes["own"]) == ("1 x 3", "2 x 10000", "")
    assert [each[0] for each in frames["twice"]["grid_open"]["names"]] == ["a", "a", "7"]
    assert frames["wide"]["grid_open"]["columns"] == 10_000
    assert frames["wide"]["held"]["total"] == 10_000


def test_frames_are_tables_that_can_be_sorted(frames: Told) -> None:
    shown = {name: frames[name]["grid_page"].get("cells") for name in FRAME_NAMES}
    cells = frames["frame"]["grid_page"]["cells"]
    assert (cells[0][0], cells[1], cells[2][0]) == ("2.0", [["Hostile"], "1"], "ä")
    assert shown["series"] == [["3", "1"]]
    assert shown["when"] == [["2024-01-02 00:00:00", "2024-01-01 00:00:00"]]
    assert frames["when"]["grid_page"]["labels"] == [["9", "7"]]
    assert frames["crossed"]["grid_page"]["labels"] == [["a"], ["1"]]
    assert frames["kinds"]["grid_page"]["cells"][0] == ["ä", "b"]
    assert frames["own"]["grid_open"]["state"] == "refused"
