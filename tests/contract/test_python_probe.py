"""The probe on objects that notice what is done to them, on the oldest Python and the newest."""

from typing import Any

import pytest

from support.probed import Answers, asked, interpreter
from vitrail_resources import python_probe

VERSIONS = ("2.7", "3.11", "3.13")


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


def names(path: str, prefix: str = "", **more: Any) -> dict[str, Any]:
    return {"op": "names", "path": path, "prefix": prefix, **more}


def describe(path: str) -> dict[str, Any]:
    return {"op": "describe", "path": path}


def listed(answer: dict[str, Any]) -> dict[str, str]:
    return dict(answer["ok"]["names"])


def of_one(python: list[str], question: dict[str, Any]) -> dict[str, Any]:
    told = asked(python, question)
    assert told.ran == []
    return told.answers[0]


def test_it_is_ascii_and_says_which_version_it_is(python: list[str]) -> None:
    assert python_probe().isascii()
    answer = of_one(python, {"op": "hello"})
    assert answer["ok"]["version"] == 2


HOSTILE_PATHS = (
    *("hostile", "hostile.inner", "hostile.method", "hostile.prop", "hostile.computed", "Hostile"),
    *("hostile.field", "hostile.made", "hostile.plain", "hostile.invented", "Hostile.method"),
    *("odd", "odd.other", "hiding", "slotted", "slotted.filled", "slotted.empty", "takes"),
    *("wrapper", "waiting", "mapped", "loop", "partial", "Base", "hostile.__class__", "nothing"),
    *("hostile.inner.inner.method", "hostile.method.__name__", "many", "hostile.__dict__", ""),
)


def test_nothing_of_the_users_runs_whatever_is_asked(python: list[str]) -> None:
    questions = [make(path) for path in HOSTILE_PATHS for make in (names, describe)]
    questions += [names(path, "_") for path in HOSTILE_PATHS]
    told: Answers = asked(python, *questions)
    assert told.ran == []
    assert not [answer for answer in told.answers if "error" in answer]


def test_objects_that_notice_do_notice(python: list[str]) -> None:
    """Else the test above could not fail."""
    touched = (
        "hostile.prop; dir(hostile); repr(hostile); hostile == 1; Base == int; odd.__dict__.items()"
    )
    objects = f"def touch(): {touched}\n"
    told = asked(
        python,
        {"op": "hello"},
        objects="import atexit\n" + _objects_with(objects),
    )
    seen = " ".join(told.ran)
    assert told.ran
    for what in ("property", "dir", "repr", "eq", "meta eq", "dict items"):
        assert what in seen


def _objects_with(code: str) -> str:
    """Let the first question touch the objects: `hello` looks for IPython in `sys.modules`."""
    from support.probed import OBJECTS

    return f"""{OBJECTS}
{code}
import sys
class Modules(object):
    class InteractiveShell(object):
        @staticmethod
        def initialized(): touch(); return False
sys.modules["IPython.core.interactiveshell"] = Modules
"""


def test_names_of_an_instance_are_its_own_and_its_classes(python: list[str]) -> None:
    found = listed(of_one(python, names("hostile")))
    assert found["field"] == "instance"
    assert found["method"] == "method"
    assert found["made"] == "method"
    assert found["prop"] == "property"
    assert "invented" not in found
    assert "__init__" not in found


def test_underscored_names_come_when_they_are_asked_for(python: list[str]) -> None:
    assert "__repr__" in listed(of_one(python, names("hostile", "_")))


def test_names_that_stand_alone_are_variables_builtins_and_keywords(python: list[str]) -> None:
    found = listed(of_one(python, names("")))
    expected = {"hostile": "function", "Hostile": "class", "functools": "module", "len": "function"}
    assert expected.items() <= found.items()
    assert found["while"] == "keyword"


def test_module_names_come_with_their_kinds_and_are_all(python: list[str]) -> None:
    answer = of_one(python, names("functools"))
    assert listed(answer)["partial"] == "class"
    assert listed(answer)["wraps"] == "function"
    assert answer["ok"]["complete"]


def test_whoever_makes_names_up_may_have_more(python: list[str]) -> None:
    assert not of_one(python, names("hostile"))["ok"]["complete"]


@pytest.mark.parametrize("path", ["hostile.prop", "hostile.computed", "nothing", "hostile.nothing"])
def test_what_only_code_could_tell_is_unknown(python: list[str], path: str) -> None:
    assert "unknown" in of_one(python, names(path))


def test_slots_are_read_without_the_class(python: list[str]) -> None:
    assert "upper" in listed(of_one(python, names("slotted.filled")))
    assert "unknown" in of_one(python, names("slotted.empty"))


SIGNATURES = {
    "hostile.method": "(first, second=None)",
    "Hostile.method": "(self, first, second=None)",
    "hostile.made": "(source)",
    "hostile.plain": "(value)",
    "hostile": "(called)",
    "takes": "(a, b=<Hostile>, c=Hostile, *rest, **named)",
    "wrapper": "(a, b=<Hostile>, c=Hostile, *rest, **named)",
    "partial": "(b=<Hostile>, c=Hostile, *rest, **named)",
}


@pytest.mark.parametrize("path", SIGNATURES)
def test_signatures_are_written_without_a_repr(python: list[str], path: str) -> None:
    assert of_one(python, describe(path))["ok"]["signature"] == SIGNATURES[path]


@pytest.mark.parametrize(
    ("path", "doc"),
    [("hostile.method", "Do it."), ("hostile", "A class that notices."), ("takes", "Take it all.")],
)
def test_docstrings_are_told(python: list[str], path: str, doc: str) -> None:
    assert of_one(python, describe(path))["ok"]["doc"] == doc


def test_a_long_docstring_is_cut_to_the_budget(python: list[str]) -> None:
    answer = of_one(python, describe("takes") | {"budget_bytes": 4})
    assert answer["ok"]["doc"] == "Take"
    assert answer["ok"]["truncated"]


def test_an_answer_keeps_its_budget_and_says_that_more_is_there(python: list[str]) -> None:
    answer = of_one(python, names("many", budget_bytes=3000))
    assert 10 < len(answer["ok"]["names"]) < 200
    assert not answer["ok"]["complete"]
    near = of_one(python, names("many", "n1999", budget_bytes=200))
    assert {name[:5] for name, _ in near["ok"]["names"]} == {"n1999"}
    late = of_one(python, names("many", budget_ms=0))
    assert len(late["ok"]["names"]) < 1000


@pytest.mark.parametrize(
    "question", [{"op": "nothing"}, {}, {"op": "names"}, {"op": "names", "path": 5}]
)
def test_a_bad_question_is_answered_with_the_error(
    python: list[str], question: dict[str, Any]
) -> None:
    answer = of_one(python, question)
    assert {"error", "unknown"} & answer.keys()


def test_modern_parameters_are_written(python: list[str]) -> None:
    if python == interpreter("2.7"):
        pytest.skip("Python 2 has no annotations")
    objects = """
from typing import Optional
class Own: pass
def f(a: int, /, b: Optional[Own] = None, *c: str, d: "list[int]" = [1], **e) -> "Own": pass
def g(x: list[Own] | None, *, y=...) -> None: pass
"""
    told = asked(python, describe("f"), describe("g"), objects=objects)
    f, g = (answer["ok"]["signature"] for answer in told.answers)
    assert f == "(a: int, /, b: Own | None = None, *c: str, d: list[int] = [1], **e) -> Own"
    assert g == "(x: list[Own] | None, *, y=Ellipsis) -> None"
