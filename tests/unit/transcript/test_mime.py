"""The representation to show is the one of lowest rank that is there."""

from typing import Any

import pytest

from vitrail_widgets.transcript.mime import MimeBundle, choose

RANKS = {"image/png": 10, "text/html": 20, "text/plain": 90, "text/latex": 20}


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        ({"text/plain": "x", "image/png": "iVBO"}, "image/png"),
        ({"text/plain": "x", "application/unknown": {}}, "text/plain"),
        ({"text/plain": "x", "image/png": None}, "text/plain"),
        ({"text/latex": "$x$", "text/html": "<b>x</b>"}, "text/latex"),
        ({"text/plain": ""}, "text/plain"),
        ({"application/unknown": {}}, None),
        ({}, None),
    ],
)
def test_the_lowest_rank_is_chosen(data: dict[str, Any], chosen: str | None) -> None:
    assert choose(MimeBundle(data), RANKS) == chosen


@pytest.mark.parametrize(
    ("content", "text"),
    [("x\ny", "x\ny"), (["x\n", "y"], "x\ny"), (("x",), "x"), (3, "3"), (None, ""), ([1, 2], "12")],
)
def test_content_is_read_as_text(content: Any, text: str) -> None:
    assert MimeBundle({"text/plain": content}).text("text/plain") == text
    assert MimeBundle({}).text("text/plain") == ""
