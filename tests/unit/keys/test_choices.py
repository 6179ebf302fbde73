from vitrail_widgets.keys.choices import MAX_RECENT, Choice, Recent, sifted
from vitrail_widgets.keys.command import Command

RESTART = Choice(Command("kernel.restart", "&Restart", menu="Kernel"))
COPY = Choice(Command("edit.copy", "&Copy", menu="Edit"))
COPY_INFO = Choice(Command("kernel.copy", "Copy connection &info", menu="Kernel"))
ALL = (COPY, RESTART, COPY_INFO)


def test_without_a_word_all_are_offered_in_their_order() -> None:
    assert sifted(ALL, "") == list(ALL)
    assert sifted(ALL, "  ") == list(ALL)


def test_letters_that_begin_words_are_enough() -> None:
    assert sifted(ALL, "cci") == [COPY_INFO]


def test_the_area_may_be_typed_too() -> None:
    assert sifted(ALL, "kernel copy") == [COPY_INFO]


def test_a_title_is_closer_than_an_area() -> None:
    other = Choice(Command("edit.x", "Kernel of truth", menu="Edit"))
    assert sifted((RESTART, other), "kernel") == [other, RESTART]


def test_what_nothing_fits_finds_nothing() -> None:
    assert sifted(ALL, "zzz") == []


def test_what_was_chosen_last_comes_first_and_once() -> None:
    recent = Recent()
    for name in ("kernel.copy", "edit.copy", "kernel.copy", "gone.away"):
        recent.note(name)
    assert [choice.command.id for choice in recent.first(ALL)] == [
        "kernel.copy",
        "edit.copy",
        "kernel.restart",
    ]
    assert [choice.is_recent for choice in recent.first(ALL)] == [True, True, False]


def test_only_a_few_are_recent() -> None:
    recent = Recent()
    many = [Choice(Command(f"a.{number}", str(number))) for number in range(9)]
    for choice in many:
        recent.note(choice.command.id)
    assert sum(choice.is_recent for choice in recent.first(many)) == MAX_RECENT
