"""The facts of a value: written for people, in as many rows as they need."""

from pytestqt.qtbot import QtBot

from vitrail_widgets.inspector.value.facts import FactsStrip
from vitrail_widgets.qt.theme import Theme


def test_numbers_are_grouped_and_bytes_have_units(qtbot: QtBot) -> None:
    strip = FactsStrip()
    qtbot.addWidget(strip)
    strip.show_facts(
        (("shape", "10000 x 3"), ("memory", 48_000_000), ("min", "-12345"), ("of", "int, str"))
    )
    assert strip.facts == (
        *(("shape", "10\u202f000 × 3"), ("memory", "48 MB")),
        *(("min", "\u221212\u202f345"), ("of", "int, str")),
    )
    assert strip.accessibleDescription().startswith("shape 10\u202f000 × 3, memory 48 MB")


def test_what_does_not_fit_side_by_side_goes_below(qtbot: QtBot) -> None:
    strip = FactsStrip()
    qtbot.addWidget(strip)
    strip.apply_theme(Theme.load("light"))
    strip.show_facts(tuple((f"label {n}", f"text {n}") for n in range(6)))
    assert strip.heightForWidth(2000) < strip.heightForWidth(200) < strip.heightForWidth(60)
