"""The probe tells of an object what can be read, and nothing of the user's runs."""

from typing import Any

import pytest

from support.probed import asked, interpreter
from vitrail_widgets.objects.target import Target, linked_target, target_of

VERSIONS = ("2.7", "3.11", "3.13")

OBJECTS = '''\
ran = []
import functools, json

def decorated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs): ran.append("wrapper")
    wrapper.__wrapped__ = function
    return wrapper

class Base(object):
    "A base."

class Point(Base):
    """A point; see `move`, and `area`.

    See Also
    --------
    area : What it covers.
    Base, nothing_there
    """
    def __init__(self, x, y=0):
        "Make it."
        self.x, self.y = x, y
    def move(self, by): "Move it."
    @property
    def size(self):
        "How large."
        ran.append("property")

    class Inner(object):
        "Inside."

def area(width, height=2): "Tell the area of a `Point`."
@decorated
def wrapped(first, second=2): "Be wrapped."
point = Point(1)
long = type("Long", (object,), {"__doc__": "word " * 10000})
'''


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def told(python: list[str], *names: str, **fields: Any) -> list[dict[str, Any]]:
    targets = [target_of(name) for name in names]
    questions = [
        {"op": "inspection", "path": target.path, "budget_ms": 60_000, **fields}
        for target in targets
        if target is not None
    ]
    found = asked(python, *questions, objects=OBJECTS)
    assert found.ran == []
    return [each["ok"] for each in found.answers]


def test_what_it_is_takes_and_says_is_told(python: list[str]) -> None:
    point, cls, area, module = told(python, "point", "Point", "area", "json")
    assert (point["kind"], point["class"]) == ("instance", ["Point", ["Point"]])
    assert point["value"][3] in ("x, y", "y, x")
    assert [title for title, _ in point["docs"]] == ["class_docstring"]
    assert (cls["kind"], cls["name"], cls["signature"]) == ("class", "Point", "(x, y=0)")
    assert cls["bases"] == [["Base", ["Base"]]]
    assert [title for title, _ in cls["docs"]] == ["docstring", "init_docstring"]
    assert (area["kind"], area["signature"]) == ("function", "(width, height=2)")
    assert (module["kind"], module["name"]) == ("module", "json")
    assert module["defined"][0].endswith(("json/__init__.py", "json/__init__.pyc"))


def test_a_property_is_described_and_not_computed(python: list[str]) -> None:
    [size] = told(python, "point.size")
    assert size["kind"] == "property"
    assert size["docs"] == [["docstring", "How large."]]
    assert size["value"] == []


def test_a_wrapper_is_told_of_by_what_it_wraps(python: list[str]) -> None:
    [wrapped] = told(python, "wrapped")
    assert (wrapped["name"], wrapped["signature"]) == ("wrapped", "(first, second=2)")
    assert wrapped["defined"][1] == OBJECTS.split("\n").index("@decorated") + 1


def test_names_in_the_docstring_lead_to_objects(python: list[str]) -> None:
    cls, area = told(python, "Point", "area")
    assert set(cls["links"]) == {"move", "area", "Base"}
    assert area["links"] == {"Point": ["Point"]}
    targets = {name: linked_target(path) for name, path in cls["links"].items()}
    questions = [{"op": "glance", "path": each.path} for each in targets.values() if each]
    assert all("ok" in each for each in asked(python, *questions, objects=OBJECTS).answers)


def test_the_class_of_an_object_and_a_module_are_steps_of_a_path(python: list[str]) -> None:
    ways = [
        ["point", ["class", ""]],
        ["", ["module", "json"], ["attribute", "dumps"]],
        ["", ["module", "unheard.of"]],
    ]
    found = asked(python, *({"op": "inspection", "path": way} for way in ways), objects=OBJECTS)
    assert found.answers[0]["ok"]["name"] == "Point"
    assert found.answers[1]["ok"]["name"] == "dumps"
    assert "unknown" in found.answers[2]


def test_a_docstring_that_is_too_long_is_cut_and_said_to_be(python: list[str]) -> None:
    [long] = told(python, "long", budget_bytes=1000)
    assert long["truncated"]
    assert len(long["docs"][0][1]) <= 1000


def test_hostile_objects_do_not_notice(python: list[str]) -> None:
    names = ("hostile", "odd", "hiding", "slotted", "waiting", "mapped", "loop", "partial")
    more = ("Hostile", "hostile.prop", "hostile.method", "takes", "wrapper", "many", "Meta")
    targets = [Target("hostile").attribute("computed"), *map(target_of, names + more)]
    questions = [{"op": "inspection", "path": each.path} for each in targets if each is not None]
    found = asked(python, *questions)
    assert found.ran == []
    assert [each for each in found.answers if "ok" not in each] == []
