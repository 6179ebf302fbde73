import pytest

from vitrail_widgets.highlight.lexing import highlight_code


def coloured(code: str) -> list[list[tuple[str, str]]]:
    """Return (text, colour) of every span, line by line."""
    lines = zip(code.split("\n"), highlight_code(code, "ipython3"), strict=True)
    return [[(line[one.start : one.end], one.name) for one in spans] for line, spans in lines]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%matplotlib inline", [("%matplotlib", "decorator")]),
        ("    %cd ..", [("%cd", "decorator")]),
        ("%time 1", [("%time", "decorator"), ("1", "number")]),
        ("x = %cd 1", [("=", "operator"), ("%cd", "decorator")]),
        ("!echo 'a'", [("!", "operator"), ("echo", "builtin"), ("'a'", "string")]),
        ("!!ls", [("!!", "operator")]),
        ("x = !echo a", [("=", "operator"), ("!", "operator"), ("echo", "builtin")]),
        ("obj?", [("?", "operator")]),
        ("obj.attr??", [("??", "operator")]),
        ("?obj.*", [("?", "operator")]),
        ("%time?", [("%time", "decorator"), ("?", "operator")]),
        ("a %b", [("%", "operator")]),
        ("x != y", [("!=", "operator")]),
        ("'100% a' # what?", [("'100% a'", "string"), ("# what?", "comment")]),
    ],
)
def test_a_line_of_ipython(line: str, expected: list[tuple[str, str]]) -> None:
    assert coloured(line) == [expected]


def test_a_percent_sign_on_a_continuation_line_is_an_operator() -> None:
    assert coloured("f(a\n%b)")[1] == [("%", "operator")]
    assert coloured("a \\\n%b")[1] == [("%", "operator")]


def test_a_percent_sign_in_a_string_is_a_string() -> None:
    assert coloured('"""\n%time x\n"""')[1] == [("%time x", "string")]


def test_a_cell_magic_colours_its_body_in_its_language() -> None:
    assert coloured("%%bash\nfor x in y; do") == [
        [("%%bash", "decorator")],
        [("for", "keyword"), ("in", "keyword"), ("do", "keyword")],
    ]


def test_the_body_of_a_python_magic_is_ipython() -> None:
    assert coloured("%%time\nNone\n!ls") == [
        [("%%time", "decorator")],
        [("None", "keyword")],
        [("!", "operator")],
    ]


def test_the_body_of_an_unknown_cell_magic_is_plain() -> None:
    assert coloured("\n%%mine 1\nfor x") == [[], [("%%mine", "decorator")], []]


def test_a_cell_magic_stands_only_at_the_start() -> None:
    assert coloured("x\n%%bash\nNone")[2] == [("None", "keyword")]
