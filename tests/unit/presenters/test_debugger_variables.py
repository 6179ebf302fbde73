"""Variables are read from what a debugger says of them."""

from typing import Any

import pytest

from vitrail.presenters.debugger_variables import can_inspect, rows_in
from vitrail.protocol.replies import KernelInfoReply

TOLD: list[Any] = [
    {"name": "special variables", "value": "", "type": "", "variablesReference": 1},
    {"name": "apple", "value": "1", "type": "int", "evaluateName": "apple"},
    {"name": "lines", "value": "'a\\n  b'\n", "type": "str", "presentationHint": {}},
    {"name": "math", "value": "<module 'math'>", "type": "module"},
    {"name": "bare"},
    {"value": "7"},
    None,
]


def test_rows_are_read_and_headings_are_not() -> None:
    rows = rows_in({"variables": TOLD})
    assert [row.name for row in rows] == ["apple", "lines", "math", "bare"]
    assert [row.kind for row in rows] == ["instance", "instance", "module", "instance"]
    assert (rows[0].type, rows[0].preview) == ("int", "1")
    assert rows[1].preview == "'a\\n b'"


@pytest.mark.parametrize("body", [None, [], {}, {"variables": None}, {"variables": 7}])
def test_an_odd_answer_has_no_rows(body: Any) -> None:
    assert rows_in(body) == []


def test_a_debugger_is_advertised_in_two_ways() -> None:
    assert can_inspect(KernelInfoReply(status="ok", debugger=True))
    assert can_inspect(KernelInfoReply(status="ok", supported_features=["debugger"]))
    assert not can_inspect(KernelInfoReply(status="ok"))


def test_a_debugger_that_goes_deaf_of_it_is_not_asked() -> None:
    told = KernelInfoReply(
        status="ok", implementation="xeus-python", supported_features=["debugger"]
    )
    assert not can_inspect(told)
