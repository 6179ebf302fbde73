import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_list import parse_signature
from vitrail_widgets.signature.tip import LONGEST_PART, Tip, brief, fitted, one_line, wrapped
from vitrail_widgets.transcript.cell_width import cell_width


def model(text: str) -> Signature:
    found = parse_signature(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "f()",
        "f() -> int",
        "f(a, b=2, *c, d, e=None, **g) -> dict[str, int]",
        "f(a, /)",
        "f(a, /, b)",
        "f(a, /, *, b)",
        "f(*, a: int, b: str = 'x')",
        "f(*a, b)",
        "f(a, /, *b)",
        "f(a, /, **b)",
        "f(a, (b, c), d)",
    ],
)
def test_a_signature_is_written_as_python_does(text: str) -> None:
    assert one_line(model(text)).text == text


@pytest.mark.parametrize(
    ("current", "part"),
    [(0, "a: int"), (1, "b=2"), (2, "*c"), (3, "d"), (4, "**e"), (None, ""), (9, "")],
)
def test_the_current_parameter_is_a_part_of_the_text(current: int | None, part: str) -> None:
    signature = model("f(a: int, /, b=2, *c, d, **e) -> str")
    for tip in (one_line(signature, current), wrapped(signature, current, columns=12)):
        assert tip.text[tip.start : tip.end] == part


def test_where_there_is_no_current_parameter_the_part_is_empty() -> None:
    assert one_line(model("f(a)")) == Tip("f(a)", 0, 0)


def test_other_languages_are_written_their_own_way() -> None:
    signature = Signature(
        "printf",
        (
            Parameter("format", Kind.POSITIONAL_ONLY, "char *", written="char *format"),
            Parameter("...", Kind.VAR_POSITIONAL, written="..."),
        ),
        "int",
    )
    assert one_line(signature, 0) == Tip("printf(char *format, ...) -> int", 7, 19)


def test_lines_break_between_parameters() -> None:
    tip = wrapped(model("function(alpha, beta=2, gamma, delta) -> int"), 2, columns=23)
    assert tip.text == "function(alpha, beta=2,\n    gamma,\n    delta) -> int"
    assert tip.text[tip.start : tip.end] == "gamma"


def test_a_line_breaks_before_the_first_parameter_if_it_must() -> None:
    assert wrapped(model("function(alpha)"), columns=12).text == "function(\n    alpha)"


def test_what_fits_is_one_line() -> None:
    signature = model("fun(a, b) -> int")
    assert wrapped(signature, columns=16) == one_line(signature)
    assert wrapped(signature, columns=15).text == "fun(a,\n    b) -> int"


def test_a_break_that_gains_nothing_is_not_made() -> None:
    assert wrapped(model("f(alpha)"), columns=3).text == "f(alpha)"


def test_what_has_no_parameters_is_one_line() -> None:
    assert wrapped(model("function() -> int"), columns=5).text == "function() -> int"


def test_of_a_long_default_the_middle_is_left_out() -> None:
    signature = Signature("f", (Parameter("a", default="x" * 500 + "\ny"),), "z" * 61)
    text = one_line(signature).text
    assert len(text) <= 2 * LONGEST_PART + 10
    assert text.count(" … ") == 2
    assert "\n" not in text
    assert text.partition(")")[0].endswith("x y")


NAMES = st.text(alphabet="ab漢é", min_size=1, max_size=9)
PARAMETERS = st.builds(
    Parameter,
    NAMES,
    st.sampled_from(Kind),
    annotation=st.none() | NAMES,
    default=st.none() | NAMES,
)
SIGNATURES = st.builds(
    Signature,
    NAMES,
    st.lists(PARAMETERS, max_size=6).map(
        lambda found: tuple(sorted(found, key=lambda one: one.kind.value))
    ),
    returns=st.none() | NAMES,
)


@given(SIGNATURES, st.integers(0, 6), st.integers(1, 60))
def test_wrapping_changes_only_white_space(
    signature: Signature, current: int, columns: int
) -> None:
    line, lines = one_line(signature, current), wrapped(signature, current, columns=columns)
    assert "".join(lines.text.split()) == "".join(line.text.split())
    assert lines.text[lines.start : lines.end] == line.text[line.start : line.end]
    for one in lines.text.split("\n"):
        parts = one.strip().split(", ")
        assert cell_width(one) <= columns or len(parts) == 1, "it could have been broken"


@given(SIGNATURES)
def test_what_is_written_can_be_read(signature: Signature) -> None:
    kinds = [one.kind for one in signature.parameters]
    if kinds.count(Kind.VAR_POSITIONAL) > 1 or kinds.count(Kind.VAR_KEYWORD) > 1:
        return
    plain = [
        Parameter(one.name, one.kind, one.annotation)
        if one.kind in (Kind.VAR_POSITIONAL, Kind.VAR_KEYWORD)
        else one
        for one in signature.parameters
    ]
    expected = Signature(signature.name, tuple(plain), signature.returns)
    assert parse_signature(one_line(expected).text) == expected


def test_a_long_signature_is_told_in_brief_by_its_names() -> None:
    signature = parse_signature("read(path: str, /, *rest: int, sep: str = ',', **more) -> Frame")
    assert signature is not None
    assert brief(signature, 100) == one_line(signature).text
    assert brief(signature, 40) == "read(path, /, *rest, sep, **more) -> Frame"
    assert brief(signature, 20) == "read(path, /, *rest, …) -> Frame"
    assert brief(signature, 2) == "read(…) -> Frame"


MANY = Signature(
    "read",
    tuple(Parameter(f"option{n}", annotation="str | None", default="None") for n in range(40)),
)


def test_a_short_signature_is_fitted_on_one_line() -> None:
    signature = model("f(a: int, b=2)")
    assert fitted(signature, 1, columns=14, rows=1) == one_line(signature, 1)


def test_a_longer_one_is_wrapped_and_whole_while_it_has_room() -> None:
    assert fitted(MANY, 3, columns=80, rows=99) == wrapped(MANY, 3, columns=80)


def test_types_go_first_but_that_of_the_current_parameter() -> None:
    tip = fitted(MANY, 3, columns=80, rows=12)
    assert tip.text.count("str | None") == 1
    assert tip.text[tip.start : tip.end] == "option3: str | None = None"
    assert "option39=None)" in tip.text


@pytest.mark.parametrize("current", [None, *range(40)])
@pytest.mark.parametrize("rows", [3, 4, 6])
def test_what_is_left_of_too_many_lines_has_the_current_parameter(
    current: int | None, rows: int
) -> None:
    tip = fitted(MANY, current, columns=60, rows=rows)
    lines = tip.text.split("\n")
    assert len(lines) == rows
    assert lines[0].startswith("read(")
    assert "…" in tip.text
    assert max(map(len, lines)) <= 60 + len(" …")
    expected = "" if current is None else f"option{current}: str | None = None"
    assert tip.text[tip.start : tip.end] == expected
