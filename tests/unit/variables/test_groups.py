"""Variables in groups."""

from vitrail_widgets.variables.groups import Heading, group_of, grouped
from vitrail_widgets.variables.variable import Variable


def made(name: str, type_name: str, kind: str = "instance") -> Variable:
    return Variable(name, kind, type_name, "", None, "", 1)


def test_each_kind_has_its_group() -> None:
    rows = {
        "ndarray[float64]": "tables",
        "DataFrame": "tables",
        "dict": "containers",
        "str": "plain",
        "Point": "objects",
    }
    assert {name: group_of(made("x", name)) for name in rows} == rows
    assert group_of(made("x", "module", "module")) == "module"
    assert group_of(made("x", "type", "class")) == "class"
    assert group_of(made("x", "function", "function")) == "function"


def test_groups_have_headings_and_keep_the_order_within() -> None:
    b, a, thing = made("b", "int"), made("a", "str"), made("t", "Thing")
    assert grouped([thing, b, a]) == [
        *(Heading("Numbers and text", 2), b, a),
        *(Heading("Objects", 1), thing),
    ]
