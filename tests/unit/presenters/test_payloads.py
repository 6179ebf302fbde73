"""Payloads of old kernels, of which a view needs to know nothing."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from vitrail.presenters.payloads import Payloads
from vitrail_widgets.transcript.cells import Cell, StreamOutput
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.transcript import Transcript


class Heard:
    """An execution as payloads see it."""

    def __init__(self) -> None:
        self.transcript = Transcript()
        self.transcript.append_cell("a", "str 3", at=1.0)
        self.changes: list[Change] = []
        self.notices: list[str] = []
        self.listener = SimpleNamespace(transcript_changed=self.changes.extend)

    def notice(self, _level: object, text: str) -> None:
        self.notices.append(text)

    @property
    def cell(self) -> Cell:
        cell = self.transcript.cell("a")
        assert cell is not None
        return cell


def taken(**payload: Any) -> Heard:
    heard = Heard()
    Payloads(cast("Any", None), cast("Any", heard)).take(payload, "a")
    return heard


def test_rewritten_input_is_printed_with_its_cell() -> None:
    """IPython 0.13 to 2 send it so; later ones print it themselves."""
    heard = taken(source="auto_rewrite_input", transformed_input="\x1b[0;32m-> \x1b[0mstr(3)")
    [output] = heard.cell.outputs
    assert isinstance(output, StreamOutput)
    assert output.text.buffer.plain_text() == "-> str(3)"
    assert heard.changes


def test_doctest_mode_needs_no_notice() -> None:
    heard = taken(source="doctest_mode", mode=True)
    assert (heard.notices, heard.changes) == ([], [])


@pytest.mark.parametrize("source", ["unheard_of", "some.module.unheard_of"])
def test_unknown_payload_is_named(source: str) -> None:
    assert taken(source=source).notices == [
        "The kernel sent a payload that is not known here: 'unheard_of'."
    ]
