import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.signature.argspec import (
    default_text,
    signature_of_argspec,
    signature_of_object_info,
)
from vitrail_widgets.signature.model import UNKNOWN_DEFAULT, Kind, Parameter, Signature
from vitrail_widgets.signature.tip import one_line

DATA = Path(__file__).parents[2] / "data" / "signature" / "object_info.json"
REPLIES: dict[str, list[dict[str, Any]]] = json.loads(DATA.read_text("utf-8"))


def reply(session: str, name: str) -> dict[str, Any]:
    return next(one for one in REPLIES[session] if one["name"] == name)


def shown(signature: Signature | None) -> tuple[str, str]:
    assert signature is not None
    return one_line(signature).text, signature.summary


@pytest.mark.parametrize(
    ("session", "name", "tip", "summary"),
    [
        ("ipython-1.2.1", "f", "f(a, b=2, *c, **d)", "doc of f"),
        ("ipython-1.2.1", "c", "c(y)", "call doc"),
        ("ipython-1.2.1", "C", "C(x)", "init doc"),
        (
            "ipython-1.2.1",
            "%time",
            "%time(line='', cell=None, local_ns=None)",
            "Time execution of a Python statement or expression.",
        ),
        (
            "ipython-1.2.1",
            "len",
            "len(object) -> integer",
            "Return the number of items of a sequence or collection.",
        ),
        (
            "ipython-1.2.1",
            "range",
            "range(start, stop, step=…) -> list of integers",
            "Return a list containing an arithmetic progression of integers.",
        ),
        (
            "ipython-0.13.2",
            "%time",
            "%time(parameter_s, user_locals)",
            "Time execution of a Python statement or expression.",
        ),
        (
            "v4bridge",
            "f",
            "f(a, b=2, *c, k=<object object at 0x7fd750ac7260>, **d)",
            "doc of f",
        ),
        ("v4bridge", "len", "len(obj, /)", "Return the number of items in a container."),
        ("v4bridge", "C", "C(x)", "init doc"),
        ("v4bridge", "c", "c(y)", "call doc"),
        (
            "v4bridge",
            "os.path.join",
            "os.path.join(a, *p)",
            "Join two or more pathname components, inserting '/' as needed.",
        ),
    ],
)
def test_replies_of_real_kernels(session: str, name: str, tip: str, summary: str) -> None:
    assert shown(signature_of_object_info(reply(session, name))) == (tip, summary)


@pytest.mark.parametrize("name", ["x", "os", "nope"])
def test_what_is_no_function_has_no_signature(name: str) -> None:
    assert signature_of_object_info(reply("ipython-1.2.1", name)) is None


def test_the_argspec_of_a_class_is_trusted_not_the_definition_of_its_call() -> None:
    content = reply("ipython-1.2.1", "C")
    assert "y" in content["definition"]
    assert shown(signature_of_object_info(content | {"init_definition": None}))[0] == "C(x)"


def test_a_definition_of_other_parameters_is_not_taken() -> None:
    content = reply("ipython-1.2.1", "f") | {"definition": "f(a, *c, **d)"}
    assert shown(signature_of_object_info(content))[0] == "f(a, b=2, *c, **d)"


def test_the_definition_serves_where_there_is_no_argspec() -> None:
    content = reply("ipython-1.2.1", "f") | {"argspec": None}
    assert shown(signature_of_object_info(content))[0] == "f(a, b=2, *c, **d)"


def test_the_definition_says_how_a_default_is_written() -> None:
    content = {
        "name": "f",
        "base_class": "<type 'function'>",
        "argspec": {"args": ["a", "b"], "defaults": ["nan", [1, 2]]},
        "definition": "f(a='nan', b=(1, 2))\n",
    }
    assert shown(signature_of_object_info(content))[0] == "f(a='nan', b=(1, 2))"


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ({"base_class": "<type 'function'>"}, ["this", "a"]),
        (
            {"base_class": "<type 'instancemethod'>", "string_form": "<bound method C.f of 1>"},
            ["a"],
        ),
        (
            {"base_class": "<type 'instancemethod'>", "string_form": "<unbound method C.f>"},
            ["this", "a"],
        ),
        ({"base_class": "<class 'method'>", "string_form": "<bound method C.f of 1>"}, ["a"]),
        ({"base_class": "<type 'builtin_function_or_method'>"}, ["this", "a"]),
        ({"base_class": "<class 'method_descriptor'>"}, ["this", "a"]),
        ({"base_class": "<class 'method-wrapper'>"}, ["this", "a"]),
        ({"base_class": "<type 'type'>", "isclass": True}, ["a"]),
        ({"base_class": "<class '__main__.C'>"}, ["a"]),
    ],
)
def test_what_an_object_is_says_whether_its_first_argument_is_bound(
    what: dict[str, Any], names: list[str]
) -> None:
    content = {"name": "f", "argspec": {"args": ["this", "a"]}} | what
    signature = signature_of_object_info(content)
    assert signature is not None
    assert [one.name for one in signature.parameters] == names


@pytest.mark.parametrize(
    ("args", "names"),
    [(["self", "a"], ["a"]), (["cls"], []), (["a", "self"], ["a", "self"]), ([], [])],
)
def test_where_nobody_knows_the_first_arguments_name_says_it(
    args: list[str], names: list[str]
) -> None:
    found = signature_of_argspec({"args": args})
    assert [one.name for one in found.parameters] == names


def test_a_receiver_that_a_star_takes_is_not_dropped() -> None:
    found = signature_of_argspec({"args": [], "varargs": "args"}, has_receiver=True)
    assert found.parameters == (Parameter("args", Kind.VAR_POSITIONAL),)


def test_defaults_belong_to_the_last_arguments() -> None:
    found = signature_of_argspec({"args": ["a", "b", "c"], "defaults": [1, "x"]}, "f")
    assert found == Signature(
        "f", (Parameter("a"), Parameter("b", default="1"), Parameter("c", default="'x'"))
    )


def test_no_defaults_are_not_a_default_of_none() -> None:
    without = signature_of_argspec({"args": ["a"], "defaults": None})
    with_null = signature_of_argspec({"args": ["a"], "defaults": [None]})
    assert without.parameters[0].default is None
    assert with_null.parameters[0].default == "None"


def test_the_draft_of_2010_called_them_func_defaults() -> None:
    found = signature_of_argspec({"args": ["a", "b"], "func_defaults": [2]})
    assert [one.default for one in found.parameters] == [None, "2"]


def test_more_defaults_than_arguments_are_not_an_error() -> None:
    found = signature_of_argspec({"args": ["a"], "defaults": [1, 2]})
    assert [one.default for one in found.parameters] == ["2"]


@pytest.mark.parametrize(
    ("argument", "name"),
    [
        (["b", "c"], "(b, c)"),
        (["b", ["c", "d"]], "(b, (c, d))"),
        (["b"], "(b,)"),
        ([], "()"),
    ],
)
def test_python_2_has_tuples_among_its_parameters(argument: list[Any], name: str) -> None:
    found = signature_of_argspec({"args": ["a", argument], "defaults": [[1, 2]]})
    assert found.parameters == (Parameter("a"), Parameter(name, default="[1, 2]"))


def test_keyword_only_parameters_come_from_bridges() -> None:
    argspec = {"args": [], "kwonlyargs": ["j", "k"], "kwonlydefaults": {"k": None}, "varkw": "w"}
    assert signature_of_argspec(argspec).parameters == (
        Parameter("j", Kind.KEYWORD_ONLY),
        Parameter("k", Kind.KEYWORD_ONLY, default="None"),
        Parameter("w", Kind.VAR_KEYWORD),
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (None, "None"),
        (True, "True"),
        ("s", "'s'"),
        ("", "''"),
        ("it's", '"it\'s"'),
        ([1, {"2": 3}], "[1, {'2': 3}]"),
        ("<__main__.O object at 0x7f>", "<__main__.O object at 0x7f>"),
        ("nan", "nan"),
        ("-inf", "-inf"),
        ("(1+2j)", "(1+2j)"),
        ("datetime.date(2020, 1, 1)", "datetime.date(2020, 1, 1)"),
        ("b'x'", "b'x'"),
        ("a(b", "'a(b'"),
    ],
)
def test_a_default_is_a_json_value_or_a_repr(value: object, text: str) -> None:
    assert default_text(value) == text


def test_a_default_too_deep_to_write_is_there_nevertheless() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    assert default_text(value) == UNKNOWN_DEFAULT


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)
FIELDS = st.sampled_from([*reply("v4bridge", "f"), "args", "varargs", "varkw", "defaults"])
SPEC = st.dictionaries(
    st.sampled_from(["args", "varargs", "varkw", "defaults", "kwonlyargs", "kwonlydefaults"]), JSON
)


@given(st.dictionaries(FIELDS, JSON), SPEC)
def test_no_reply_is_an_error(content: dict[str, Any], argspec: dict[str, Any]) -> None:
    signature_of_object_info(content)
    signature_of_object_info(content | {"argspec": argspec})
