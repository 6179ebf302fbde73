"""The requirement table of docs/protocol.md: whole, and of each row what it names exists.

The tests that it names are looked for in test_documents.py.
"""

import re
from collections import Counter

import pytest

from support.sources import ROOT

PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
TABLES = PAGE.partition("\n## A. ")[2]
ROWS = {"A": 20, "B": 4, "C": 12, "D": 8, "E": 20, "F": 17, "G": 13, "H": 6}
"""Of each section of the specification, the number of its last row."""

HOMES = ("app/vitrail/protocol", "app/vitrail", "")
"""Where a short path leads, the first that has it."""

ROW = re.compile(
    r"^\| ((?:[A-H]\d+[–, ]*)+) \| (.*?) \|(?: (.*?))? \|(?: (.*?))? ?\|?$", re.MULTILINE
)
EXCUSES = ("*not yet*", "*cannot apply*")


def expanded(cell: str) -> list[str]:
    """Return the rows that a cell names: `B1–B3`, `D7, C7`, `E1`."""
    found: list[str] = []
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        letter = first[0]
        numbers = range(int(first[1:]), int((last or first).lstrip(letter)) + 1)
        found += [f"{letter}{number}" for number in numbers]
    return found


def rows() -> list[tuple[str, str, str, str]]:
    """Return names, promise, tests and code of each row."""
    return [
        (name, what, tests or "", code or "") for name, what, tests, code in ROW.findall(TABLES)
    ]


def test_no_row_of_the_specification_is_missing() -> None:
    named = {row for cell, *_ in rows() for row in expanded(cell)}
    assert named == {f"{letter}{n}" for letter, last in ROWS.items() for n in range(1, last + 1)}


def test_every_row_stands_once() -> None:
    cells = Counter(cell for cell, *_ in rows())
    assert [cell for cell, count in cells.items() if count > 1] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_row_names_a_test_and_code_or_says_why_not(row: tuple[str, str, str, str]) -> None:
    name, what, tests, code = row
    assert "`test_" in tests or any(excuse in what for excuse in EXCUSES), name
    if code:
        files = re.findall(r"`([\w/]+\.py)`", code)
        assert files, f"{name}: {code}"
        assert [file for file in files if not any((ROOT / h / file).exists() for h in HOMES)] == []
    else:
        said = f"{name} has no fourth cell that names the files with its code"
        assert any(excuse in what for excuse in EXCUSES), said
