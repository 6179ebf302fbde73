import pytest

from vitrail_widgets.editing.ipython_syntax import EscapeKind, cell_magic, escape_of


@pytest.mark.parametrize(
    ("line", "kind", "marker", "name"),
    [
        ("%cd x", EscapeKind.MAGIC, "%", "cd"),
        ("%%bash", EscapeKind.MAGIC, "%%", "bash"),
        ("x = %cd", EscapeKind.MAGIC, "%", "cd"),
        ("!ls", EscapeKind.SHELL, "!", ""),
        ("!!ls a?", EscapeKind.SHELL, "!!", ""),
        ("a, b = !ls", EscapeKind.SHELL, "!", ""),
        ("d['a'] = !ls", EscapeKind.SHELL, "!", ""),
        ("obj?", EscapeKind.HELP, "?", "obj"),
        ("a.b[0]?? ", EscapeKind.HELP, "??", "a.b[0]"),
        ("?obj", EscapeKind.HELP, "?", "obj"),
        ("%cd?", EscapeKind.HELP, "?", "%cd"),
        (",f a", EscapeKind.AUTOCALL, ",", "f"),
    ],
)
def test_a_line_that_is_not_python(line: str, kind: EscapeKind, marker: str, name: str) -> None:
    found = escape_of(line)
    assert found is not None
    assert (found.kind, line[slice(*found.marker)], line[slice(*found.name)].strip()) == (
        kind,
        marker,
        name,
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "a % b",
        "a %b",
        "x = a %b",
        "a != b",
        "x = '%a'",
        "x = 'a?",
        "# a?",
        "'a' ?b",
        ",",
        "f(x=!1)",
    ],
)
def test_a_line_that_is_python_or_none_of_ipythons(line: str) -> None:
    assert escape_of(line) is None


def test_a_cell_magic_has_a_name_and_arguments() -> None:
    assert cell_magic("%%bash -x  a ") == ("bash", "-x  a")
    assert cell_magic("%bash") is None
    assert cell_magic("%%bash?") is None
