"""Objects that do harm when they are looked at are told of, and none of their code runs."""

import sys
from typing import Any

import pytest

from support.probed import asked, interpreter

VERSIONS = ("2.7", "3.11", "3.13")
GROUPS = ("item", "data", "property", "method", "class", "module", "inherited", "dunder")

OBJECTS = """\
ran = []
import time
class Sleeps(object):
    def __repr__(self): ran.append("repr"); time.sleep(60); return ""
class Raises(object):
    def __repr__(self): ran.append("repr"); raise KeyboardInterrupt
class Prints(object):
    def __repr__(self): ran.append("repr"); print("printed"); return ""
class Huge(object):
    def __repr__(self): ran.append("repr"); return "x" * 10**9
class Answers(object):
    def __getattr__(self, name): ran.append("getattr"); return self
    def __len__(self): ran.append("len"); return 10**9
    def __getitem__(self, at): ran.append("getitem"); return self
class Lies(object):
    @property
    def __class__(self): ran.append("__class__"); return dict
class Bare(object):
    __slots__ = ("value",)
class Acts(object):
    @property
    def changes(self): ran.append("property"); self.done = True
class Lazy(object):
    shape, dtype, size = (10**9,), "float64", 10**9
    def __array__(self, *a, **k): ran.append("array"); return []
    def __len__(self): ran.append("len"); return 10**9
    def __iter__(self): ran.append("iter"); return iter(())
    def __getitem__(self, at): ran.append("getitem"); return 0
class Old: pass
sleeps, raises, prints, huge, answers = Sleeps(), Raises(), Prints(), Huge(), Answers()
lies, bare, acts, lazy, old = Lies(), Bare(), Acts(), Lazy(), Old()
def count():
    ran.append("generator"); yield 1
generator, mapped, zipped = count(), map(ran.append, iter(range(3))), zip(iter(range(3)))
listed = [sleeps, raises, prints, huge, answers, lies, bare, acts, lazy]
table = {"a": sleeps, "b": lies}
listed.append(listed); table["self"] = table
mixed = {sleeps: 1, lies: 2}
far = (range if type(range) is type else xrange)(10**9)
del ran[:]
"""
NAMES = (
    *("sleeps", "raises", "prints", "huge", "answers", "lies", "bare", "acts", "lazy", "old"),
    *("generator", "mapped", "zipped", "listed", "table", "mixed", "far", "Lies", "Bare"),
)

LIBRARIES = """\
ran = []
import numpy as np, pandas as pd
lazy = np.broadcast_to(np.int8(1), (10**15,))  # to look at all of it would take days
twice = pd.DataFrame([[1, 2, 3]], columns=["a", "a", 7])
wide = pd.DataFrame(np.zeros((2, 10000)))
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def looking(name: str) -> list[dict[str, Any]]:
    """Return all that is asked about a name by who looks at it."""
    return [
        {"op": "glance", "path": [name]},
        {"op": "members", "path": [name], "groups": GROUPS, "budget_ms": 60_000},
        {"op": "describe", "path": name},
        {"op": "names", "path": name},
    ]


def test_nothing_of_theirs_runs_whatever_is_asked(python: list[str]) -> None:
    questions = [each for name in NAMES for each in looking(name)]
    told = asked(python, {"op": "variables", "budget_ms": 60_000}, *questions, objects=OBJECTS)
    assert told.ran == []
    assert all("error" not in answer for answer in told.answers)
    listed = {row[0] for row in told.answers[0]["ok"]["variables"]}
    assert set(NAMES) <= listed


def test_what_was_looked_at_is_not_used_up(python: list[str]) -> None:
    questions = [each for name in ("generator", "mapped", "zipped") for each in looking(name)]
    taken = [
        {"op": "run", "path": [name, ["items", 0]]} for name in ("generator", "mapped", "zipped")
    ]
    told = asked(python, *questions, *taken, objects=OBJECTS)
    rows = [answer["ok"]["row"] for answer in told.answers[-3:]]
    assert [row[2] for row in rows] == ["1", "3", "3"]


def test_a_class_that_lies_is_told_by_what_it_is(python: list[str]) -> None:
    told = asked(python, *looking("lies"), objects=OBJECTS).answers
    assert told[0]["ok"]["row"][1] == "Lies"
    assert told[1]["ok"]["type"] == "Lies"


def test_arrays_and_frames_of_any_size_are_told() -> None:
    questions = [each for name in ("lazy", "twice", "wide") for each in looking(name)]
    told = asked([sys.executable], *questions, objects=LIBRARIES).answers
    assert [told[at]["ok"]["row"][2] for at in (0, 4, 8)] == [str(10**15), "1 x 3", "2 x 10000"]


def test_a_part_that_is_sent_again_loses_nothing(python: list[str]) -> None:
    """Two clients of one kernel share the probe, and each sends what it needs."""
    told = asked(
        python,
        {"op": "run", "path": ["acts", ["attribute", "changes"]]},
        {"op": "glance", "path": ["acts", ["kept", 1]]},
        {"op": "run", "path": ["acts", ["attribute", "changes"]]},
        objects=OBJECTS,
        again=("running", "members", "paths"),
    )
    assert told.answers[1]["ok"]["row"][1] == "NoneType"
    assert told.answers[2]["ok"]["number"] == 2
