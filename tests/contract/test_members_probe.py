"""The probe tells what an object holds, and runs nothing of it; what is clicked it runs once."""

from typing import Any

import pytest

from support.probed import asked, interpreter

VERSIONS = ("2.7", "3.11", "3.13")
ALL = ("item", "data", "property", "method", "class", "module", "inherited", "dunder")

OBJECTS = """\
ran = []
import collections, types
class Base(object):
    def inherited(self, x): ran.append("inherited")
    @property
    def basic(self): ran.append("basic")
class Thing(Base):
    shared = [1, 2]
    __slots__ = ("filled", "empty")
    def method(self, first, second=2): ran.append("method")
    @classmethod
    def made(cls, source): ran.append("made")
    @property
    def area(self):
        "How large it is."
        ran.append("area")
        return self.filled
    @property
    def broken(self): raise ValueError("no such thing")
    @property
    def ends(self): raise SystemExit(3)
    class Inner(object): pass
    def __call__(self): ran.append("call")
thing = Thing()
thing.filled, thing.field, thing.myself = "text", 7, thing
other = Thing(); other.child = thing
class Loud(object):
    def __str__(self): ran.append("str"); return "loud"
    __repr__ = __str__
class Odd(Exception):
    def __str__(self): ran.append("str"); return "odd"
class Breaks(object):
    @property
    def odd(self): raise Odd(Loud(), 1)
breaks = Breaks()
class Table(dict):
    def items(self): ran.append("items"); return []
    def __iter__(self): ran.append("iter"); return iter(())
    def __len__(self): ran.append("len"); return 0
table = Table([("a key", 1), (2, [3]), ((1, "b"), {}), (Loud, 4), (float("inf"), 5)])
long = list(range(1000))
single = frozenset(["only"])
def count():
    ran.append("count")
    for each in range(5): yield each
counting = count()
Pair = collections.namedtuple("Pair", "left right")
pair = Pair(1, [2])
class Iterable(object):
    def __iter__(self): ran.append("iter"); return iter("ab")
iterable = Iterable()
class Endless(object):
    def __iter__(self): return self
    def __next__(self): return 1
    next = __next__
endless = Endless()
module = types.ModuleType("module"); module.value, module.Kind, module.len = 1, Thing, len
del ran[:]
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def inside(python: list[str], path: list[Any], **fields: Any) -> dict[str, dict[str, list[Any]]]:
    """Return the rows of each group by name, and see to it that nothing ran."""
    question = {"op": "members", "path": path, "groups": ALL, "budget_ms": 60_000, **fields}
    told = asked(python, question, objects=OBJECTS)
    assert told.ran == []
    groups = told.answers[0]["ok"]["groups"]
    return {group: {row[3]: row for row in rows} for group, _, rows in groups}


def test_attributes_are_grouped_and_say_where_they_come_from(python: list[str]) -> None:
    found = inside(python, ["thing"])
    assert list(found["data"]) == ["empty", "field", "filled", "myself", "shared"]
    assert {"method", "made"} == set(found["method"])
    assert {"area", "broken", "ends"} == set(found["property"])
    assert {"Inner"} == set(found["class"])
    assert {"inherited", "basic"} == set(found["inherited"])
    assert found["inherited"]["basic"][8:10] == ["Base", "run"]
    assert found["data"]["shared"][8] == "Thing"
    assert found["data"]["field"][4:9] == ["instance", "int", "", "7", ""]
    assert found["data"]["empty"][9] == "empty"
    assert found["method"]["method"][7] == "(first, second=2)"
    assert found["method"]["made"][5] == "classmethod"
    assert found["property"]["area"][7] == "How large it is."


def test_an_object_that_holds_itself_says_so(python: list[str]) -> None:
    told = inside(python, ["other"])["data"]["child"]
    mine = inside(python, ["thing"])["data"]["myself"]
    assert told[10]
    assert mine[11]


def test_items_are_told_with_the_code_that_leads_to_them(python: list[str]) -> None:
    found = inside(python, ["table"])["item"]
    by_name = {name: row[2] for name, row in found.items()}
    assert by_name["'a key'"] == "['a key']"
    assert by_name["(1, 'b')"] == "[(1, 'b')]"
    assert by_name["2"] == "[2]"
    assert by_name["<type>"] == ""
    assert by_name["<float>"] == ""
    assert inside(python, ["single"])["item"]["{0}"][7] == "'only'"


def test_long_containers_are_told_in_pages(python: list[str]) -> None:
    question = {"op": "members", "path": ["long"], "groups": ["item"], "after": 990, "most": 20}
    [answer] = asked(python, question, objects=OBJECTS).answers
    group = next(each for each in answer["ok"]["groups"] if each[0] == "item")
    assert group[1] == 1000
    assert [row[2] for row in group[2]] == [f"[{at}]" for at in range(990, 1000)]


def test_names_and_keys_are_found_by_a_part(python: list[str]) -> None:
    assert set(inside(python, ["thing"], match="FI")["data"]) == {"field", "filled"}
    assert set(inside(python, ["table"], match="key")["item"]) == {"'a key'"}


def test_named_tuples_modules_and_classes_are_told(python: list[str]) -> None:
    assert [row[7] for row in inside(python, ["pair"])["item"].values()] == ["1", "[2]"]
    module = inside(python, ["module"])
    assert module["data"]["value"][7] == "1"
    assert set(module["class"]) == {"Kind"}
    assert set(module["method"]) == {"len"}
    cls = inside(python, ["Thing"])
    assert cls["property"]["area"][9] == ""
    assert set(cls["inherited"]) >= {"inherited", "basic"}


def test_iterators_are_offered_and_not_touched(python: list[str]) -> None:
    assert [row[9] for row in inside(python, ["counting"])["item"].values()] == ["consume"]
    assert [row[9] for row in inside(python, ["iterable"])["item"].values()] == ["iterate"]


def test_objects_that_notice_everything_notice_nothing(python: list[str]) -> None:
    names = ("hostile", "odd", "hiding", "slotted", "waiting", "mapped", "loop", "Hostile", "Meta")
    questions = [
        {"op": "members", "path": [name], "groups": ALL, "budget_ms": 60_000} for name in names
    ]
    told = asked(python, *questions)
    assert told.ran == []
    assert all("ok" in answer for answer in told.answers)
    assert told.answers[0]["ok"]["made_up"]


def test_a_hundred_thousand_attributes_are_counted_and_told_in_part(python: list[str]) -> None:
    objects = (
        "ran = []\nclass Many(object): pass\nmany = Many()\n"
        "many.__dict__.update(('n%06d' % at, at) for at in range(100000))\n"
    )
    question = {"op": "members", "path": ["many"], "groups": ["data"], "most": 100}
    [answer] = asked(python, question, objects=objects).answers
    [data] = [each for each in answer["ok"]["groups"] if each[0] == "data"]
    assert data[1] == 100_000
    assert len(data[2]) == 100


def run(*path: Any) -> dict[str, Any]:
    return {"op": "run", "path": list(path)}


def test_what_is_clicked_is_run_once_and_kept(python: list[str]) -> None:
    told = asked(
        python,
        run("thing", ["attribute", "area"]),
        {"op": "glance", "path": ["thing", ["kept", 1]]},
        {"op": "forget", "numbers": [1]},
        {"op": "glance", "path": ["thing", ["kept", 1]]},
        objects=OBJECTS,
    )
    assert told.ran == ["area"]
    assert told.answers[0]["ok"]["row"][1:4] == ["str", "4", "'text'"]
    assert told.answers[0]["ok"]["number"] == 1
    assert told.answers[1]["ok"]["row"][4] == "'text'"
    assert told.answers[2]["ok"] == {"kept": 0}
    assert "unknown" in told.answers[3]


def test_errors_of_what_is_run_are_told_and_their_str_is_not_run(python: list[str]) -> None:
    told = asked(
        python,
        run("thing", ["attribute", "broken"]),
        run("thing", ["attribute", "ends"]),
        run("breaks", ["attribute", "odd"]),
        run("thing", ["attribute", "nothing"]),
        objects=OBJECTS,
    )
    raised = [answer["ok"]["raised"] for answer in told.answers]
    assert raised[0][:2] == ["ValueError", "no such thing"]
    assert "in broken" in raised[0][2]
    assert raised[1][:2] == ["SystemExit", "3"]
    assert raised[2][:2] == ["Odd", "<Loud>, 1"]
    assert raised[3][0] == "AttributeError"
    assert told.ran == []


def test_iterators_give_their_first_items_when_they_are_run(python: list[str]) -> None:
    told = asked(
        python,
        run("counting", ["items", 0]),
        run("endless", ["items", 0]),
        {"op": "members", "path": ["counting", ["kept", 1]], "groups": ["item"]},
        objects=OBJECTS,
    )
    assert told.ran == ["count"]
    assert told.answers[0]["ok"]["row"][1:4] == ["list", "5", "[0, 1, 2, 3, 4]"]
    assert told.answers[1]["ok"]["row"][2] == "50"
    items = next(each for each in told.answers[2]["ok"]["groups"] if each[0] == "item")
    assert items[1] == 5


def test_what_is_kept_is_bounded(python: list[str]) -> None:
    questions = [run("thing", ["attribute", "area"])] * 100
    told = asked(python, *questions, {"op": "forget", "numbers": []}, objects=OBJECTS)
    assert told.answers[-1]["ok"]["kept"] <= 32
    assert told.answers[-2]["ok"]["number"] == 100
