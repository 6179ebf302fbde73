"""Cells say what they are."""

from vitrail_widgets.transcript.cells import Cell, CellStatus


def test_a_cell_is_finished_unless_it_waits_or_runs() -> None:
    finished = {status for status in CellStatus if status.is_finished}
    assert finished == set(CellStatus) - {CellStatus.QUEUED, CellStatus.RUNNING}


def test_a_cell_without_origin_is_ours() -> None:
    assert Cell("1", "x").is_own
    assert not Cell("1", "x", origin="other").is_own
