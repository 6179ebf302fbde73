"""Colours are told apart by one bit."""

from vitrail_widgets.transcript.styles import PLAIN, TRUE_COLOUR, TextStyle, true_colour


def test_a_true_colour_is_no_palette_index() -> None:
    assert true_colour(0, 0, 1) == TRUE_COLOUR | 1
    assert true_colour(0xAB, 0xCD, 0xEF) == TRUE_COLOUR | 0xABCDEF
    assert true_colour(256, 0, 9999) == TRUE_COLOUR | 0xFF00FF


def test_plain_is_the_style_without_anything() -> None:
    assert TextStyle() == PLAIN
