import pytest

from vitrail_widgets.editing.dotted import DottedName, dotted_name


@pytest.mark.parametrize(
    ("code", "path", "prefix"),
    [
        ("np.li", "np", "li"),
        ("np.", "np", ""),
        ("x = a.b.c", "a.b", "c"),
        ("", "", ""),
        ("f(al", "", "al"),
        ("[x.y", "x", "y"),
        ("'👩' + größe.ä", "größe", "ä"),
        ("'done'; al", "", "al"),
        ("'''a\nb'''\nal", "", "al"),
        ("if x:\n    np.a", "np", "a"),
        ("-al", "", "al"),
    ],
)
def test_the_name_before_the_cursor(code: str, path: str, prefix: str) -> None:
    assert dotted_name(code, len(code)) == DottedName(path, prefix, len(code) - len(prefix))


@pytest.mark.parametrize(
    "code",
    [
        "f(x).al",
        "x[0].al",
        "'text'.up",
        "1.re",
        "1e5",
        "'al",
        '"""\nal',
        "# al",
        "x = 1  # al",
        "import al",
        "from os import pa",
        "def al",
        "%time al",
        "!ls al",
        "x = 'a\\'al",
    ],
)
def test_where_no_name_can_be_looked_up(code: str) -> None:
    assert dotted_name(code, len(code)) is None


def test_what_is_behind_the_cursor_does_not_count() -> None:
    assert dotted_name("np.li + 'x", 5) == DottedName("np", "li", 3)
    assert dotted_name("np.linspace", 5) == DottedName("np", "li", 3)


def test_a_long_input_is_looked_at_from_its_end() -> None:
    code = "x = 1\n" * 100_000 + "np.a"
    assert dotted_name(code, len(code)) == DottedName("np", "a", len(code) - 1)
