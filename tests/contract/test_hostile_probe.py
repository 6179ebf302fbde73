"""Objects that do harm when they are looked at are told of, and none of their code runs."""

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
class Meta(type):
    def __getattribute__(cls, name): ran.append("meta"); return type.__getattribute__(cls, name)
    def __eq__(cls, other): ran.append("meta eq"); return True
    def __hash__(cls): ran.append("meta hash"); return 1
Kept = Meta("Kept", (object,), {})
class Old: pass
sleeps, raises, prints, huge, answers = Sleeps(), Raises(), Prints(), Huge(), Answers()
lies, bare, acts, lazy, old, kept = Lies(), Bare(), Acts(), Lazy(), Old(), Kept()
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
    *("generator", "mapped", "zipped", "listed", "table", "mixed", "far", "Lies", "Bare", "kept"),
)

UNREADABLE = """\
ran = []
class Odd(object): pass
odd = Odd(); odd.__dict__[str("caf\\xe9")] = 1
raw, listed = b"\\xff", [b"\\xff", u"\\xe4"]
def fails(): raise ValueError(b"\\xff")
class Raising(object): prop = property(lambda self: fails())
raising = Raising()
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
        {"op": "inspection", "path": [name]},
        {"op": "source", "path": [name]},
        {"op": "picture", "path": [name]},
        {"op": "held", "path": [name]},
        {"op": "grid_open", "path": [name], "view": name, "sort": [[0, True]]},
        {"op": "grid_page", "view": name, "first": 0, "count": 9, "columns": [0, 1]},
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


def test_bytes_that_are_no_text_are_told_as_far_as_they_can_be(python: list[str]) -> None:
    """Python 2 has them for text everywhere, also where a name stands."""
    questions = [each for name in ("odd", "raw", "listed") for each in looking(name)]
    run = {"op": "run", "path": ["raising", ["attribute", "prop"]]}
    told = asked(python, {"op": "variables"}, run, *questions, objects=UNREADABLE).answers
    assert all("error" not in answer for answer in told)
    assert {"odd", "raw", "listed"} <= {row[0] for row in told[0]["ok"]["variables"]}
    assert told[1]["ok"]["raised"][0] == "ValueError"


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
