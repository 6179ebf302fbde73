import inspect
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.signature.binding import current_parameter
from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_list import parse_signature

P = inspect.Parameter
NAMES = "abcdefgh"


class Written(NamedTuple):
    """An argument as text, and what a call with it is given."""

    text: str
    positional: tuple[int, ...] = ()
    keywords: tuple[tuple[str, int], ...] = ()

    @property
    def value(self) -> int:
        """The first value that it passes on."""
        return (*self.positional, *(value for _, value in self.keywords))[0]


@st.composite
def signatures(draw: st.DrawFn) -> inspect.Signature:
    names = iter(draw(st.permutations(NAMES)))
    kinds = [
        *[P.POSITIONAL_ONLY] * draw(st.integers(0, 2)),
        *[P.POSITIONAL_OR_KEYWORD] * draw(st.integers(0, 2)),
        *[P.VAR_POSITIONAL] * draw(st.integers(0, 1)),
        *[P.KEYWORD_ONLY] * draw(st.integers(0, 2)),
        *[P.VAR_KEYWORD] * draw(st.integers(0, 1)),
    ]
    defaults_from = draw(st.integers(0, len(kinds)))
    defaults = st.sampled_from([None, 0, "a, (b=", (1, [2]), {"k": ":"}, object(), P.empty])
    annotations = st.sampled_from([P.empty, int, list[int], "str, 'x'", dict[str, tuple[int, ...]]])
    found: list[P] = []
    for index, kind in enumerate(kinds):
        starred = kind in (P.VAR_POSITIONAL, P.VAR_KEYWORD)
        default = draw(defaults) if index >= defaults_from and not starred else P.empty
        if default is P.empty and index > defaults_from and kind < P.VAR_POSITIONAL:
            default = 1
        found.append(P(next(names), kind, default=default, annotation=draw(annotations)))
    fixed: list[P] = []
    seen = False
    for one in found:  # a parameter without default cannot follow one with it
        seen = seen or (one.kind < P.VAR_POSITIONAL and one.default is not P.empty)
        needed = seen and one.kind < P.VAR_POSITIONAL and one.default is P.empty
        fixed.append(one.replace(default=2) if needed else one)
    return inspect.Signature(fixed, return_annotation=draw(annotations))


@st.composite
def arguments(draw: st.DrawFn) -> list[Written]:
    values = iter(range(10, 99))
    found: list[Written] = []
    for _ in range(draw(st.integers(0, 5))):
        count = draw(st.sampled_from([None, None, None, 0, 1, 2]))
        if count is None:
            value = next(values)
            found.append(Written(draw(spelled(value)), (value,)))
        else:
            unpacked = tuple(next(values) for _ in range(count))
            found.append(Written(f"*{list(unpacked)}", unpacked))
    for name in draw(st.lists(st.sampled_from([*NAMES, "x", "y"]), max_size=3, unique=True)):
        value = next(values)
        sign = draw(st.sampled_from(["=", " = ", "\n=", "= # (,\n"]))
        found.append(Written(f"{name}{sign}{draw(spelled(value))}", (), ((name, value),)))
    if draw(st.booleans()):
        value = next(values)
        found.append(Written(f"**{{'z': {value}}}", (), (("z", value),)))
    return found


def spelled(value: int) -> st.SearchStrategy[str]:
    forms = ["{}", "[{}, 0][0]", "max({}, 0, key=None)", "(lambda a, b=0: {})(1, 2)", "({})"]
    return st.sampled_from([form.format(value) for form in forms])


def filled(signature: inspect.Signature, given_arguments: list[Written], value: int) -> int | None:
    """Return the index of the parameter that a value goes to; raise TypeError as a call would."""
    positional = [one for written in given_arguments for one in written.positional]
    keywords = dict(one for written in given_arguments for one in written.keywords)
    # To keywords these names are free: Python refuses them, or passes them on in **kwargs. What
    # bind_partial makes of them is another thing in 3.11 and in 3.13.0, which fills the parameter.
    hidden = [n for n, one in signature.parameters.items() if one.kind is P.POSITIONAL_ONLY]
    keywords = {f"{n}_" if n in hidden else n: value for n, value in keywords.items()}
    bound = signature.bind_partial(*positional, **keywords)
    for index, parameter in enumerate(signature.parameters.values()):
        held = bound.arguments.get(parameter.name, ())
        if parameter.kind is P.VAR_KEYWORD and held:
            held = tuple(held.values())
        if value == held or (isinstance(held, tuple) and value in held):
            return index
    raise AssertionError("bound to nothing")


def expected(signature: inspect.Signature, given_arguments: list[Written], at: int) -> int | None:
    """Ask the judge about all arguments; if he refuses, about those that place the one at it."""
    one = given_arguments[at]
    try:
        return filled(signature, given_arguments, one.value)
    except TypeError:
        positional = [*given_arguments[:at], Written("", one.positional[:1])]
        alone = [one] if one.keywords else [item for item in positional if not item.keywords]
        try:
            return filled(signature, alone, one.value)
        except TypeError:
            return None


@given(signatures(), arguments(), st.data())
def test_the_parameter_that_bind_partial_fills(
    signature: inspect.Signature, given_arguments: list[Written], data: st.DataObject
) -> None:
    candidates = [i for i, one in enumerate(given_arguments) if one.positional or one.keywords]
    if not candidates:
        return
    at = data.draw(st.sampled_from(candidates))
    one = given_arguments[at]
    before = "f(" + "".join(f"{written.text}, " for written in given_arguments[:at])
    code = before + ", ".join(written.text for written in given_arguments[at:]) + ")"
    in_text = data.draw(st.sampled_from([0, len(one.text)]))
    model = parse_signature(f"f{signature}")
    assert model is not None
    found = current_parameter(code, len(before) + in_text, model)
    assert found is not None
    judged = expected(signature, given_arguments, at)
    if any(written.text.startswith("*[") for written in given_arguments[:at]) and one.positional:
        assert found.parameter in (judged, None)  # how many came before it, code does not say
    else:
        assert found.parameter == judged


def judge_empty(signature: inspect.Signature, before: list[Written]) -> None:
    """Check that what is pointed out can be given next."""
    code = "f(" + "".join(f"{written.text}, " for written in before)
    model = parse_signature(f"f{signature}")
    assert model is not None
    found = current_parameter(code, len(code), model)
    assert found is not None
    if found.parameter is None:
        taken = {name for written in before for name, _ in written.keywords}
        for name in {*signature.parameters, "unknown"} - taken:
            with pytest.raises(TypeError):
                filled(signature, [*before, Written("", (), ((name, 1),))], 1)
        return
    chosen = model.parameters[found.parameter]
    if any(written.keywords for written in before):
        name = "unknown" if chosen.kind is Kind.VAR_KEYWORD else chosen.name
        attempt = [*before, Written("", (), ((name, 1),))]
    elif chosen.kind in (Kind.KEYWORD_ONLY, Kind.VAR_KEYWORD):
        attempt = [*before, Written("", (), (("unknown", 1),))]
        if chosen.kind is Kind.KEYWORD_ONLY:
            attempt[-1] = Written("", (), ((chosen.name, 1),))
    else:
        attempt = [*before, Written("", (1,))]
    assert filled(signature, attempt, 1) == found.parameter


@given(signatures(), arguments())
def test_where_nothing_is_written_yet_the_parameter_can_be_given(
    signature: inspect.Signature, before: list[Written]
) -> None:
    plain = [one for one in before if "*" not in one.text]
    try:
        signature.bind_partial(
            *(value for one in plain for value in one.positional),
            **dict(pair for one in plain for pair in one.keywords),
        )
    except TypeError:
        return
    judge_empty(signature, plain)


def name_at(marked: str, text: str = "f(a, b=1, /, c=2, *args, key, **kw)", **more: Any) -> str:
    """Return the name of the parameter at the `|`."""
    before, _, after = marked.rpartition("|")
    model = more.pop("model", None) or parse_signature(text)
    assert model is not None
    found = current_parameter(before + after, len(before), model, **more)
    assert found is not None
    return "" if found.parameter is None else model.parameters[found.parameter].name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("f(|", "a"),
        ("f(1|, 2", "a"),
        ("f(1, |", "b"),
        ("f(1, 2, |", "c"),
        ("f(1, 2, 3, |", "args"),
        ("f(1, 2, 3, 4, |", "args"),
        ("f(key|=1", "key"),
        ("f(1, c=|", "c"),
        ("f(a=|", "kw"),
        ("f(other=|", "kw"),
        ("f(c=1, |", "key"),
        ("f(c=1, key=2, |", "kw"),
        ("f(c=1, k|", "key"),
        ("f(c=1, zz|", ""),
        ("f(c=1, 2|", ""),
        ("f(**d, |", "c"),
        ("f(*xs|", "a"),
        ("f(1, 2, 3, *xs|", "args"),
        ("f(*xs, 1|", ""),
        ("f(**d|", "kw"),
    ],
)
def test_pythons_rules(marked: str, name: str) -> None:
    assert name_at(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("f(1, |", "key"),
        ("f(1, ke|", "key"),
        ("f(1, keyword|", "keyword"),
        ("f(1, other|", ""),
        ("f(1, 2|", ""),
        ("f(other=|", ""),
        ("f(**d|", ""),
        ("f(*xs, 2|", ""),
        ("f(1, *xs|", ""),
        ("f(a=1, |", "key"),
        ("f(a=1, key=1, keyword=2, |", ""),
        ("f(key=1, |", "a"),
    ],
)
def test_none_is_meant_where_none_can_be(marked: str, name: str) -> None:
    assert name_at(marked, "f(a, *, key, keyword)") == name


R = Signature(
    "rnorm",
    (
        Parameter("n"),
        Parameter("mean"),
        Parameter("...", Kind.VAR_POSITIONAL),
        Parameter("sd", Kind.KEYWORD_ONLY),
    ),
)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("rnorm(|", "n"),
        ("rnorm(n = 2, |", "mean"),
        ("rnorm(mean = 2, |", "n"),
        ("rnorm(|, n = 2)", "mean"),
        ("rnorm(me = |", "mean"),
        ("rnorm('sd' = |", "sd"),
        ("rnorm(1, 2, |", "..."),
        ("rnorm(other = |", "..."),
    ],
)
def test_in_r_named_arguments_come_first(marked: str, name: str) -> None:
    assert name_at(marked, model=R, language="R") == name


def test_without_a_signature_there_is_the_call_alone() -> None:
    found = current_parameter("f(1, ", 5, None)
    assert found is not None
    assert found.parameter is None
    assert found.call.callee == "f"
    assert current_parameter("f", 1, None) is None


def test_tuple_parameter_of_python_2_is_one_parameter() -> None:
    model = Signature("f", (Parameter("a"), Parameter("(b, c)"), Parameter("d")))
    assert name_at("f(1, (2, |3), 4)", model=model) == "(b, c)"
