"""Prompts as they are cut to the gutter."""

from vitrail_widgets.transcript.prompt import Prompt, pieces_of


def shown(prompt: Prompt, count: int) -> str:
    return "".join(piece.text for piece in pieces_of(prompt, count, 8, overhang=1)[1])


def test_a_long_number_hangs_over_and_what_is_longer_is_cut_to_the_gutter() -> None:
    assert shown(Prompt("In [", "]"), 1234) == "In [1234]"
    assert shown(Prompt("In [", "]"), 12345) == "…[12345]"
    assert shown(Prompt("a long name [", "]"), 1) == "…ame [1]"
