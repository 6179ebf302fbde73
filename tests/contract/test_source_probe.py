"""The probe tells where an object is written down, and why it cannot; nothing is run for it."""

from pathlib import Path
from typing import Any

import pytest

from support.probed import asked, interpreter
from vitrail_widgets.objects.target import target_of

VERSIONS = ("2.7", "3.11", "3.13")

MODULE = '''\
# -*- coding: latin-1 -*-
"""A m\xf6dule."""
import functools

def decorated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs): return function(*args, **kwargs)
    wrapper.__wrapped__ = function
    return wrapper

class Point(object):
    "An old one."
    pass

@decorated
def wrapped(first):
    return __name__

class Point(object):
    """A point."""
    def __init__(self, x):
        self.__x = x
    @property
    def size(self):
        return super(Point, self)
    class Inner(object):
        def deep(self):
            return 1

class Bare(object):
    pass

def last(): return 1
'''

OBJECTS = """\
ran = []
import sys, functools
sys.dont_write_bytecode = True
sys.path.insert(0, {directory!r})
import shapes, json, collections
point, made = shapes.Point(1), collections.namedtuple("Made", "a b")
first = functools.partial(shapes.wrapped, 1)
def typed(): pass
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.py"
    path.write_text(MODULE, "latin-1")
    return path


def told(
    python: list[str], module: Path, *names: str, more: str = "", **fields: Any
) -> list[dict[str, Any]]:
    targets = [target_of(name) for name in names]
    questions = [
        {"op": "source", "path": target.path, "budget_ms": 60_000, **fields}
        for target in targets
        if target is not None
    ]
    objects = OBJECTS.format(directory=str(module.parent)) + more
    found = asked(python, *questions, objects=objects)
    assert found.ran == []
    return [each["ok"] for each in found.answers]


def line(text: str) -> int:
    return MODULE.split("\n").index(text) + 1


def test_functions_classes_and_modules_have_text_and_place(python: list[str], module: Path) -> None:
    wrapped, point, bare, last, whole = told(
        python, module, "shapes.wrapped", "shapes.Point", "shapes.Bare", "shapes.last", "shapes"
    )
    assert wrapped["text"] == "@decorated\ndef wrapped(first):\n    return __name__\n"
    assert (wrapped["line"], wrapped["file"]) == (line("@decorated"), str(module))
    assert point["text"].startswith('class Point(object):\n    """A point."""\n')
    assert point["text"].rstrip().endswith("return 1")
    assert bare["text"].rstrip() == "class Bare(object):\n    pass"
    assert last["text"] == "def last(): return 1\n"
    assert (whole["text"], whole["line"]) == (MODULE, 1)
    assert not any(each["changed"] for each in (wrapped, point, bare, last, whole))


def test_of_a_value_it_is_that_of_its_class(python: list[str], module: Path) -> None:
    point, size, first = told(python, module, "point", "point.size", "first")
    assert point["of"] == "Point"
    assert point["text"].startswith("class Point")
    assert size["text"].lstrip().startswith("@property")
    assert (size["of"], size["changed"]) == ("", False)
    assert first["text"].startswith("@decorated")


def test_why_there_is_none_is_said(python: list[str], module: Path) -> None:
    reasons = [
        each["reason"]
        for each in told(python, module, "len", "sys", "typed", "made", "int", "dict.get")
    ]
    assert reasons == [
        ["in-C", {}],
        ["no-file", {}],
        ["in-no-file", {"file": "<objects>"}],
        ["no-statement", {}],
        ["in-C", {}],
        ["in-C", {}],
    ]


def test_a_file_that_is_gone_is_missed(python: list[str], module: Path) -> None:
    [gone] = told(python, module, "shapes.last", more=f"import os; os.remove({str(module)!r})\n")
    assert gone["reason"] == ["file-gone", {"file": str(module)}]


@pytest.mark.parametrize("text", ["# one more line\n", "x = 1\n" * 3])
def test_a_file_that_was_edited_since_is_noticed(
    python: list[str], module: Path, text: str
) -> None:
    edit = f"import io; io.open({str(module)!r}, 'w').write(u{text + MODULE[:300]!r})\n"
    [edited] = told(python, module, "shapes.Point.__init__", more=edit)
    assert edited.get("changed") or edited["reason"][0] == "ends-before"


def test_an_edit_within_a_function_is_noticed(python: list[str], module: Path) -> None:
    new = MODULE.replace("return __name__", "return first.other")
    edit = f"import io; io.open({str(module)!r}, 'w', encoding='latin-1').write(u{new!r})\n"
    [edited] = told(python, module, "shapes.wrapped", more=edit)
    assert edited["changed"]
    assert "first.other" in edited["text"]


def test_a_long_source_is_cut_and_said_to_be(python: list[str], module: Path) -> None:
    [whole] = told(python, module, "json", budget_bytes=100)
    assert whole["cut"]
    assert len(whole["text"]) == 100


def test_hostile_objects_do_not_notice(python: list[str]) -> None:
    names = ("hostile", "odd", "hiding", "slotted", "waiting", "mapped", "loop", "partial")
    more = ("Hostile", "hostile.prop", "hostile.method", "takes", "wrapper", "Meta", "Base")
    targets = [target for target in map(target_of, names + more) if target is not None]
    questions = [{"op": "source", "path": each.path} for each in targets]
    found = asked(python, *questions)
    assert found.ran == []
    assert [each for each in found.answers if "ok" not in each] == []
