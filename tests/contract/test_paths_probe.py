"""The probe follows a path to an object, and nothing of the user's runs on the way."""

from typing import Any

import pytest

from support.probed import asked, interpreter
from vitrail_widgets.objects.target import Target, target_of

VERSIONS = ("2.7", "3.11", "3.13")

OBJECTS = """\
ran = []
class Stack(list):
    def __getitem__(self, at): ran.append("getitem"); return 0
    def __len__(self): ran.append("len"); return 0
class Table(dict):
    def values(self): ran.append("values"); return []
    def __getitem__(self, at): ran.append("getitem"); return 0
class Holder(object):
    @property
    def computed(self): ran.append("property")
stack, table, single = Stack([1, 2, "three"]), Table(a=[7]), frozenset(["only"])
holder = Holder()
holder.inner = stack
count = iter([1, 2])
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def glances(python: list[str], *targets: Target) -> list[dict[str, Any]]:
    questions = [{"op": "glance", "path": target.path} for target in targets]
    told = asked(python, *questions, objects=OBJECTS)
    assert told.ran == []
    return told.answers


def test_steps_lead_to_attributes_and_items(python: list[str]) -> None:
    inner = Target("holder").attribute("inner").item(2, "[2]")
    value = Target("table").item(0, "['a']").item(0, "[0]")
    told = glances(python, inner, value, Target("single").item(0, ""))
    assert [each["ok"]["row"][1] for each in told] == ["str", "int", "str"]
    assert [each["ok"]["row"][4] for each in told] == ["'three'", "7", "'only'"]


def test_what_is_not_there_or_computed_is_unknown(python: list[str]) -> None:
    absent = [
        Target("nothing"),
        Target("stack").item(3, "[3]"),
        Target("stack").item(-1, "[-1]"),
        Target("count").item(0, ""),
        Target("holder").attribute("computed"),
        Target("holder").attribute("computed").attribute("real"),
        Target("table").item(5, ""),
    ]
    assert all("unknown" in each for each in glances(python, *absent))


def test_a_dotted_name_is_the_same_as_its_path(python: list[str]) -> None:
    dotted = target_of("holder.inner")
    assert dotted is not None
    told = glances(python, dotted, Target("stack"))
    assert told[0]["ok"] == told[1]["ok"]
