"""The probe lists variables: what they are and hold, and nothing of the user's runs."""

import json
import sys
from typing import Any

import pytest

from support.probed import asked, interpreter

VERSIONS = ("2.7", "3.11", "3.13")
QUESTION: dict[str, Any] = {"op": "variables", "budget_ms": 2000}

PLAIN = """\
ran = []
number, text, data = 42, "word " * 100, b"bytes"
numbers, pair, unique = list(range(100)), (1, "a"), {7}
table = {"one": 1, "two": [1, 2]}
huge = 1 << 100000
class Point(object):
    def __init__(self): self.x, self.y = 1, 2
class Stack(list):
    def __len__(self): ran.append("len"); return -5
point, stack = Point(), Stack([1, 2, 3])
def area(width, height=2): return width * height
import json as codec
_hidden = 1
"""

LIBRARIES = """\
ran = []
import numpy as np, pandas as pd, polars as pl
class Noisy(object):
    def __repr__(self): ran.append("repr"); return "noise"
class Own(np.ndarray):
    def __getattribute__(self, name):
        ran.append(name)
        return np.ndarray.__getattribute__(self, name)
grid = np.arange(12.0).reshape(3, 4)
objects = np.array([Noisy(), Noisy()], dtype=object)
lazy = np.broadcast_to(np.int8(1), (10**6, 1000))
own = np.zeros(3).view(Own)
records = np.zeros(2, dtype=[("a", "i4"), ("b", "f8")])
scalar = np.float64(1.5)
frame = pd.DataFrame({"a": [1, 2], 3: ["x", "y"]})
twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
column = pd.Series([1.5, 2.5], name="c")
things = pd.Series([Noisy(), Noisy()])
wide = pd.DataFrame(np.zeros((2, 10000)))
bears = pl.DataFrame({"a": [1, 2], "b": ["x", "y"]})
del ran[:]
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def rows(python: list[str], objects: str) -> dict[str, list[Any]]:
    told = asked(python, QUESTION, objects=objects)
    assert told.ran == []
    answer = told.answers[0]["ok"]
    assert answer["complete"]
    return {row[0]: row[1:] for row in answer["variables"]}


def test_hostile_objects_are_listed_and_do_not_notice(python: list[str]) -> None:
    told = asked(python, QUESTION)
    assert told.ran == []
    listed = {row[0]: row for row in told.answers[0]["ok"]["variables"]}
    assert {"hostile", "odd", "hiding", "slotted", "waiting", "mapped", "loop"} <= set(listed)
    assert listed["hostile"][2] == "Hostile"
    assert listed["loop"][5] == "[[<list>]]"


def test_type_size_and_preview_of_builtin_values(python: list[str]) -> None:
    found = rows(python, PLAIN)
    assert found["number"][:2] == ["instance", "int"]
    assert found["number"][4] == "42"
    assert found["text"][2] == "500"
    assert len(found["text"][4]) <= 160
    assert found["numbers"][2] == "100"
    assert found["numbers"][4] == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...]"
    assert found["pair"][4] == "(1, 'a')"
    assert "'two': [1, 2]" in found["table"][4]
    assert found["huge"][4] == "100001 bits"
    assert found["point"][1:4] == ["Point", "", None]
    assert sorted(found["point"][4].split(", ")) == ["x", "y"]
    assert found["area"][4] == "(width, height=2)"
    assert found["codec"][:2] == ["module", "module"]
    assert "_hidden" in found
    assert not {"__name__", "__builtins__"} & set(found)


def test_the_length_of_a_subclass_is_its_base_classs(python: list[str]) -> None:
    assert rows(python, PLAIN)["stack"][1:3] == ["Stack", "3"]


def test_arrays_and_frames_say_shape_type_and_bytes() -> None:
    found = rows([sys.executable], LIBRARIES)
    assert found["grid"][1:5] == [
        "ndarray[float64]",
        "3 x 4",
        96,
        "[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, ...]",
    ]
    assert found["scalar"][1:5] == ["float64", "", 8, "1.5"]
    assert found["records"][1:3] == ["ndarray[structured]", "2"]
    assert found["lazy"][2] == "1000000 x 1000"
    assert found["frame"][1:3] == ["DataFrame", "2 x 2"]
    assert found["frame"][4].startswith("a: int64, 3: ")
    assert found["twice"][4] == "a: int64, a: int64"
    assert found["wide"][2] == "2 x 10000"
    assert found["column"][1:3] == ["Series[float64]", "2"]
    assert found["column"][4] == "[1.5, 2.5]"
    assert found["bears"][1:3] == ["DataFrame", "2 x 2"]
    assert found["bears"][4] == "a: Int64, b: String"


def test_objects_within_arrays_and_subclasses_of_them_are_not_touched() -> None:
    found = rows([sys.executable], LIBRARIES)
    assert found["objects"][4] == ""
    assert found["things"][4] == "[]"
    assert found["own"][1:5] == ["Own", "", None, ""]


def test_what_exceeds_the_budget_is_told_in_a_further_answer(python: list[str]) -> None:
    objects = "ran = []\nfor i in range(3000): globals()['v%04d' % i] = i\n"
    small = {**QUESTION, "budget_bytes": 20_000}
    names: list[str] = []
    while True:
        told = asked(python, {**small, "after": len(names)}, objects=objects).answers[0]["ok"]
        names += [row[0] for row in told["variables"]]
        if told["complete"]:
            break
        assert len(json.dumps(told)) < 40_000
    assert len(names) == len(set(names))
    assert {f"v{i:04d}" for i in range(3000)} <= set(names)


def test_when_half_of_the_time_is_over_rows_are_brief(python: list[str]) -> None:
    objects = "ran = []\nfor i in range(3000): globals()['v%04d' % i] = [i]\n"
    brief = {**QUESTION, "budget_ms": 0}
    details = {"op": "previews", "names": ["v0001", "v0002", "gone"]}
    told = asked(python, brief, details, objects=objects)
    listed = told.answers[0]["ok"]["variables"]
    assert {tuple(row[3:6]) for row in listed} == {("", None, None)}
    assert "list" in {row[2] for row in listed}
    full = {row[0]: row[5] for row in told.answers[1]["ok"]["variables"]}
    assert full == {"v0001": "[1]", "v0002": "[2]"}
