from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.presenters.templates import (
    LONGEST,
    Piece,
    Shown,
    parse_template,
    prompt_of,
    shown,
    unquoted,
)
from vitrail_widgets.transcript.prompt import IN, Prompt


def ok(text: Any) -> dict[str, Any]:
    return {"status": "ok", "data": {"text/plain": text}, "metadata": {}}


def failed(ename: str, evalue: str) -> dict[str, Any]:
    return {"status": "error", "ename": ename, "evalue": evalue, "traceback": []}


def text_of(template: str, **values: Any) -> str:
    return "".join(part.text for part in parse_template(template).shown(values))


def python_of(template: str) -> list[str]:
    return [piece.expression(is_python=True) for piece in parse_template(template).pieces]


@pytest.mark.parametrize(
    ("template", "asked"),
    [
        ("plain, $x, 100 %", []),
        ("{a}", ["a"]),
        ("{ a } {b}", ["a", "b"]),
        ("{{a}} {b}", ["b"]),
        ("{d['}']}", ["d['}']"]),
        ("{ {1: 2}[1] }", ["{1: 2}[1]"]),
        ("{f(x, {'a': [1]})}", ["f(x, {'a': [1]})"]),
        ("{x[1:2]}", ["x[1:2]"]),
        ("{x:.2f}", ["format((x), '.2f')"]),
        ("{x!r}", ["repr((x))"]),
        ("{x!r:>5}", ["format((repr((x))), '>5')"]),
        ("{a != b}", ["a != b"]),
        ("{(y := 3)}", ["(y := 3)"]),
        ("{lambda: 1}", ["lambda: 1"]),
        ("{} {", []),
        ("{'it\\'s'}", ["'it\\'s'"]),
    ],
)
def test_pieces_are_what_stands_between_braces(template: str, asked: list[str]) -> None:
    assert python_of(template) == asked


def test_another_language_gets_all_that_stands_there() -> None:
    (piece,) = parse_template("{x:y}").pieces
    assert piece.expression(is_python=False) == "x:y"


def test_braces_and_text_stay() -> None:
    assert text_of("{{a}} } {b} {}", b=ok("1")) == "{a} } 1 {}"


def test_strings_lose_their_quotes_and_nothing_else_does() -> None:
    assert text_of("{a}", a=ok("'it\\'s'")) == "it's"
    assert unquoted('"two" + "three"') == '"two" + "three"'
    assert unquoted("u'old'") == "old"
    assert unquoted("b'bytes'") == "b'bytes'"
    assert unquoted("[1] 'x'") == "[1] 'x'"


def test_a_piece_that_fails_is_written_as_in_2010() -> None:
    part = shown(Piece("1/0", "1/0"), failed("ZeroDivisionError", "division by zero"))
    assert part == Shown("[ERROR in 1/0: ZeroDivisionError - division by zero]", "1/0")
    text = text_of(
        "a {x} b {y}", x=failed("NameError", "name 'x'\nis \x1b[31mnot\x1b[0m"), y=ok("2")
    )
    assert text == "a [ERROR in x: NameError - name 'x' is not] b 2"


@pytest.mark.parametrize(
    "value", [None, {}, {"status": "ok"}, 5, {"data": 5}, {"data": {}}, ok(None)]
)
def test_a_kernel_that_says_nothing_costs_the_piece_alone(value: Any) -> None:
    assert text_of("a {x} b", x=value) == "a  b"


def test_long_and_unseemly_values_are_cut() -> None:
    assert len(text_of("{x}", x=ok("y" * 10_000_000))) == LONGEST
    assert text_of("{x}", x=ok("a\n\tb\u202ec\x00")) == "a bc"


def test_the_number_of_a_prompt_stays_open() -> None:
    assert prompt_of(parse_template("In [{n}]"), {}) == IN
    template = parse_template("{env} [{n}]>")
    assert prompt_of(template, {"env": ok("'base'")}) == Prompt("base [", "]>")
    assert prompt_of(parse_template(">>>"), {}) == Prompt(">>>", "", has_number=False)
    assert Prompt(">>>", "", has_number=False).number(3) == ""


@given(st.text("{}:!ab'\"[] =n", max_size=30))
def test_any_text_is_a_template(text: str) -> None:
    template = parse_template(text)
    template.shown({})
    prompt_of(template, {})
    assert "".join(part for part in template.parts if isinstance(part, str)).count(
        "a"
    ) <= text.count("a")


@given(st.text(max_size=30))
def test_doubled_braces_are_text(text: str) -> None:
    template = parse_template(text.replace("{", "{{").replace("}", "}}"))
    assert template.parts == ((text,) if text else ())
