"""The probe lists variables: what they are and hold, and nothing of the user's runs."""

import json
import sys
from typing import Any

import pytest

from support.probed import asked, interpreter

VERSIONS = ("2.7", "3.11", "3.13")
QUESTION: dict[str, Any] = {"op": "variables", "budget_ms": 60_000}

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


def listened(python: list[str], objects: str, *then: str, **fields: Any) -> list[dict[str, Any]]:
    """Return what a listener is told, first and after each piece of code."""
    again = [{**QUESTION, "listener": "l", "since": at, **fields} for at in range(len(then) + 1)]
    questions = [{**each, "then": code} for each, code in zip(again, (*then, ""), strict=True)]
    told = asked(python, *questions, objects=f"ran = []\n{objects}")
    assert told.ran == []
    return [each["ok"] for each in told.answers]


def named(answer: dict[str, Any]) -> dict[str, str]:
    """Return the previews of the variables in an answer, but for those of the harness."""
    ours = ("json", "sys", "types", "told", "probe", "part", "each", "answers", "then", "ran", "i")
    return {row[0]: row[5] for row in answer["variables"] if row[0] not in ours}


def test_what_exceeds_the_budget_is_told_in_further_answers(python: list[str]) -> None:
    objects = "for i in range(3000): globals()['v%04d' % i] = i\n"
    answers = listened(python, objects, *[""] * 15, budget_bytes=20_000)
    assert [each["complete"] for each in answers[::15]] == [False, True]
    assert all(len(json.dumps(each)) < 40_000 for each in answers)
    names = [name for each in answers for name in named(each)]
    assert sorted(names) == [f"v{at:04d}" for at in range(3000)]


def test_a_listener_is_told_only_what_has_changed(python: list[str]) -> None:
    objects = "kept, number, items, table, gone = 'text', 1, [1], {'a': 1}, 5"
    first, idle, later = listened(
        python, objects, "", "number = 2; items.append(2); new = None; del gone"
    )
    assert first["whole"]
    assert {"kept": "'text'", "number": "1", "items": "[1]"}.items() <= named(first).items()
    assert not idle["whole"]
    assert (named(idle), idle["gone"]) == ({}, [])
    assert named(later) == {"number": "2", "items": "[1, 2]", "new": "None"}
    assert later["gone"] == ["gone"]


def test_another_number_at_the_same_place_in_memory_is_told(python: list[str]) -> None:
    _, later = listened(python, "value = float('1.5')", "value = value + 1")
    assert named(later) == {"value": "2.5"}


def test_what_was_told_keeps_no_object_of_the_users_alive(python: list[str]) -> None:
    objects = (
        "import gc, weakref\nclass Thing(object): pass\n"
        "thing, items, words = Thing(), [Thing()], set('a')\ndef work(): pass\n"
        "weak = list(map(weakref.ref, (thing, items[0], words, work, Thing)))"
    )
    deleted = (
        "del thing, items, words, work, Thing; x = gc.collect(); alive = str([w() for w in weak])"
    )
    _, later = listened(python, objects, deleted)
    assert named(later)["alive"] == "'[None, None, None, None, None]'"


def test_whose_last_answer_was_lost_is_told_all_again(python: list[str]) -> None:
    lost = {**QUESTION, "listener": "l", "since": 0}
    told = asked(python, lost, {**lost, "since": 7}, objects="ran = []\nvalue = 1")
    assert all(each["ok"]["whole"] for each in told.answers)
    assert named(told.answers[1]["ok"]) == {"value": "1"}


def test_a_listener_that_closes_is_forgotten(python: list[str]) -> None:
    ask = {**QUESTION, "listener": "l", "since": 0}
    close = {"op": "variables_close", "listener": "l"}
    told = asked(python, ask, close, {**ask, "since": 1}, objects="ran = []\nvalue = 1")
    assert named(told.answers[2]["ok"]) == {"value": "1"}


def test_into_what_there_was_no_time_to_look_is_named_and_looked_into_next(
    python: list[str],
) -> None:
    objects = "for i in range(3000): globals()['v%04d' % i] = [i]\n"
    base = {**QUESTION, "listener": "l", "then": "v0007.append(1); v2999.append(2)"}
    hurried = {**base, "since": 1, "budget_ms": 0, "then": ""}
    told = asked(
        python,
        {**base, "since": 0},
        hurried,
        {**QUESTION, "listener": "l", "since": 2},
        objects=f"ran = []\n{objects}",
    )
    first, second, third = [each["ok"] for each in told.answers]
    assert (first["complete"], first["unseen"]) == (True, [])
    assert (named(second), second["complete"]) == ({}, True)
    assert {"v0007", "v2999"} <= set(second["unseen"])
    assert named(third) == {"v0007": "[7, 1]", "v2999": "[2999, 2]"}


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
