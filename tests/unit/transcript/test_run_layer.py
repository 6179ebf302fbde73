"""Styles between texts become runs of the lines they fall on."""

from vitrail_widgets.transcript.run_layer import RunLayer
from vitrail_widgets.transcript.styles import PLAIN, Run, TextStyle

RED = TextStyle(fg=1)


def test_runs_are_placed_from_where_the_text_begins() -> None:
    layer = RunLayer(PLAIN, 7, 3)
    layer.lay(["ab", "cd", "e"], ["31", "0"])
    assert layer.runs == {7: [Run(5, 7, RED)]}
    assert layer.style == PLAIN


def test_a_style_goes_on_over_lines() -> None:
    layer = RunLayer(RED, 0, 0)
    layer.lay(["ab\n\ncd", "e"], ["31"])
    assert layer.runs == {0: [Run(0, 2, RED)], 2: [Run(0, 3, RED)]}
    assert layer.style == RED


def test_plain_lines_are_only_counted() -> None:
    layer = RunLayer(PLAIN, 0, 0)
    layer.lay(["a\nb\nc", "d"], ["31"])
    assert layer.runs == {2: [Run(1, 2, RED)]}


def test_no_parameters_change_no_style() -> None:
    layer = RunLayer(RED, 0, 0)
    layer.lay(["a", "b"], [None])
    assert layer.runs == {0: [Run(0, 2, RED)]}
