"""Variables are read from what bash says of them."""

import pytest

from vitrail.presenters.bash_variables import rows_in

TOLD = r"""declare -- BASH_VERSION="5.2.15(1)-release"
declare -ar BASH_VERSINFO=([0]="5" [1]="2")
declare -x EDITOR="vi"
declare -x HOME="/home/ada"
declare -a list=([0]="a" [1]="b \"c\" [2]=\"d\"" [5]=$'tab\tit\'s')
declare -A map=([one]="1" ["two words"]="2" )
declare -i number="7"
declare -- text="it is \"quoted\"
declare -- fake=\"1\"
 and long"
declare -- odd=$'new\nline'
declare -a empty=()
declare -- unset
declare -r fixed="1"
declare -- cut="the end is mis"""


def test_declarations_are_read_with_their_types_and_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("EDITOR", "emacs")
    rows = {row.name: row for row in rows_in(TOLD)}
    assert list(rows) == [
        *("EDITOR", "list", "map", "number", "text", "odd", "empty", "unset", "fixed"),
    ]
    kinds = {name: (row.type, row.size) for name, row in rows.items()}
    assert kinds["list"] == ("array", "3")
    assert kinds["map"] == ("array[string]", "2")
    assert kinds["number"] == ("integer", "1")
    assert kinds["empty"] == ("array", "0")
    assert kinds["unset"] == ("string", "0")
    assert rows["fixed"].preview == '"1"'
    assert rows["odd"].preview == r"$'new\nline'"


def test_long_values_are_cut() -> None:
    [row] = rows_in(f'declare -- text="{"x" * 1000}"\n')
    assert (len(row.preview), row.size) == (160, "1000")


def test_what_is_no_declaration_is_passed_over() -> None:
    assert rows_in("nothing\ndeclare -f\n") == []
