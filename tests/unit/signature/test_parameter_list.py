import inspect
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.signature.model import UNKNOWN_DEFAULT, Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_list import (
    LONGEST_TEXT,
    parse_signature,
    split_parameters,
)

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: Kind.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD: Kind.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL: Kind.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY: Kind.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD: Kind.VAR_KEYWORD,
}


class Odd:
    def __repr__(self) -> str:
        return "<Odd a=(, [b, <c>>"


FUNCTIONS = [
    "(a, b, /, c: 'dict[str, int]', d=None, *args: int, e, f: int = 2, **kwargs: str) -> None",
    "() -> list[str]",
    """(a="it's, (", b='"', c="\\\\", d="é\\n", *, e=b"','")""",
    "(a=(1, (2,)), b={'x': [1, 2]}, c=Odd(), d=lambda x, y: 0, e=-1, f=1.5, *g)",
    "(a: 'Callable[[int], str]' = len, b=inspect.Parameter.POSITIONAL_ONLY, c=Odd)",
]


def default_of(parameter: inspect.Parameter) -> str | None:
    return None if parameter.default is parameter.empty else repr(parameter.default)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_what_inspect_writes_is_read_as_it_was(text: str) -> None:
    namespace: dict[str, Any] = {"Odd": Odd, "inspect": inspect}
    exec(f"def f{text}: ...", namespace)
    expected = inspect.signature(namespace["f"])
    found = parse_signature(f"f{expected}")
    assert found is not None
    parameters = expected.parameters.values()
    assert [one.name for one in found.parameters] == list(expected.parameters)
    assert [one.kind for one in found.parameters] == [KINDS[one.kind] for one in parameters]
    assert [one.default for one in found.parameters] == [default_of(one) for one in parameters]
    assert (found.returns is None) == (expected.return_annotation is expected.empty)


def test_all_parts_of_a_parameter() -> None:
    found = parse_signature("f(a: 'x=1, (' = {'k': ':'}) -> dict[str, int]")
    parameter = Parameter("a", annotation="'x=1, ('", default="{'k': ':'}")
    assert found == Signature("f", (parameter,), "dict[str, int]")


def test_a_signature_on_several_lines() -> None:
    text = "f(\n    a,\n    /,\n    b=<object object at 0x7f>,  # it's\n    *,\n    c,\n) -> int\n"
    found = parse_signature(text)
    assert found is not None
    assert found.parameters == (
        Parameter("a", Kind.POSITIONAL_ONLY),
        Parameter("b", default="<object object at 0x7f>"),
        Parameter("c", Kind.KEYWORD_ONLY),
    )
    assert found.returns == "int"


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("<object object at 0x7f>", "<object object at 0x7f>"),
        ("<function <lambda> at 0x7f>", "<function <lambda> at 0x7f>"),
        ("<a (, ['>", "<a (, ['>"),
        ("[<a, b>, <c)>]", "[<a, b>, <c)>]"),
        ("<Color.RED: 1>", "<Color.RED: 1>"),
        ("lambda a, b=1: (a, b)", "lambda a, b=1: (a, b)"),
        ("f(1, g(2, 3))", "f(1, g(2, 3))"),
        ("1 < 2", "1 < 2"),
        ("x <y", "x <y"),
        ("<1", "<1"),
        ("<a", "<a"),
        ("<a\nb>", "<a\nb>"),
        ("a == b", "a == b"),
        ("x[1:2, 3]", "x[1:2, 3]"),
    ],
)
def test_commas_in_a_default_separate_nothing(text: str, default: str) -> None:
    found = parse_signature(f"f(a={text}, z=0)")
    assert found is not None
    assert [one.default for one in found.parameters] == [default, "0"]


def test_a_repr_without_end_takes_a_bounded_time() -> None:
    started = time.process_time()
    parse_signature("f(" + "a=<a, " * 10_000)
    assert time.process_time() - started < 2, "some 100 ms are usual"


@pytest.mark.parametrize(
    ("text", "names", "optional"),
    [
        ("range(start, stop[, step])", ["start", "stop", "step"], [False, False, True]),
        ("int([x])", ["x"], [True]),
        ("f(a[, b[, c]], d)", ["a", "b", "c", "d"], [False, True, True, True]),
        ("f(a, [b, ]c=1)", ["a", "b", "c"], [False, True, True]),
        ("f(a=[1, 2], b=[])", ["a", "b"], [True, True]),
        ("f([[a]])", ["a"], [True]),
        ("f(a[, *b])", ["a", "b"], [False, False]),
    ],
)
def test_documentation_has_optional_parts_in_brackets(
    text: str, names: list[str], optional: list[bool]
) -> None:
    found = parse_signature(text)
    assert found is not None
    assert [one.name for one in found.parameters] == names
    assert [one.default is not None for one in found.parameters] == optional


def test_nobody_knows_the_default_of_an_optional_part() -> None:
    found = parse_signature("f([a])")
    assert found is not None
    assert found.parameters[0].default == UNKNOWN_DEFAULT


def test_dots_stand_for_any_number() -> None:
    found = parse_signature("print(value, ..., sep=' ')")
    assert found is not None
    assert [(one.name, one.kind) for one in found.parameters] == [
        ("value", Kind.POSITIONAL_OR_KEYWORD),
        ("...", Kind.VAR_POSITIONAL),
        ("sep", Kind.KEYWORD_ONLY),
    ]


def test_the_name_is_that_of_the_text_or_the_one_given() -> None:
    given_name = parse_signature("(a, b=2)", "f")
    own_name = parse_signature("C.<lambda>(a)", "f")
    assert given_name is not None
    assert own_name is not None
    assert (given_name.name, own_name.name) == ("f", "C.<lambda>")


def test_a_tuple_parameter_has_a_name_too() -> None:
    found = parse_signature("f(a, (b, c), d)")
    assert found is not None
    assert [one.name for one in found.parameters] == ["a", "(b, c)", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "f",
        "f(",
        "f(a, b",
        "f(a b)",
        "f(see below)",
        "f(1)",
        "f(a) does this",
        "a f(b)",
        "f[0](a)",
        "f(" + "a, " * LONGEST_TEXT + ")",
    ],
)
def test_other_text_is_no_signature(text: str) -> None:
    assert parse_signature(text) is None


def test_signature_of_a_wrapper_says_nothing() -> None:
    wrapper = parse_signature("f(*args, **kwargs)")
    other = parse_signature("f(*args)")
    assert wrapper is not None
    assert wrapper.says_nothing
    assert other is not None
    assert not other.says_nothing


@given(st.text(alphabet="ab=,:()[]{}<>'\"*/.\n \\-λ", max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    parse_signature(text)
    parse_signature(f"f({text}")
    found = split_parameters(f"({text})", 0)
    assert found is None or found.end <= len(text) + 2
