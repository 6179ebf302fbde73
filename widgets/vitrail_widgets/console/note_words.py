"""What is said beside a cell's code, from the fullest form to the shortest."""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from vitrail_resources.translation import tr
from vitrail_widgets.console.offers import Offer, offers_of
from vitrail_widgets.transcript.cells import Cell, CellStatus

SIZE = 0.88  # of the code font
BETWEEN = " · "
APART = "  "  # between two offers
STATES = {
    CellStatus.QUEUED: (tr("queued"), ""),
    CellStatus.ABORTED: (tr("not run"), tr("not run")),
    CellStatus.LOST: (tr("lost with its kernel"), tr("lost")),
}
"""The words for a state: usually, and where there is little room."""


class Said(NamedTuple):
    """A piece of a note; an offer, if it can be clicked."""

    text: str
    offer: Offer | None = None


Form = tuple[Said, ...]


def forms(cell: Cell, elapsed: str, *, hovered: bool, has_offers: bool = True) -> list[Form]:
    """Return what may be said, the fullest first; none where there is nothing to say.

    Args:
        cell: Of which it is said.
        elapsed: How long it has been running or took, if that is to be said.
        hovered: Whether the pointer is on it: then the queue's offers are among it.
        has_offers: Whether anything can be clicked: not on paper.
    """
    is_offering = has_offers and (hovered or cell.status is not CellStatus.QUEUED)
    offers = tuple(_apart(offers_of(cell))) if is_offering else ()
    long, short = state_of(cell), state_of(cell, short=True)
    heads = [(cell.author, long or elapsed), (cell.author, short or elapsed)]
    heads.append((cell.author or short or elapsed, ""))
    texts = dict.fromkeys(BETWEEN.join(filter(None, head)) for head in heads)
    tail = (Said(BETWEEN), *offers) if offers else ()
    found: list[Form] = [(Said(text), *tail) for text in texts if text]
    if offers and cell.status is CellStatus.QUEUED:
        found.append(offers)
    return found


def least_columns(cell: Cell) -> int:
    """Return how many cells of the code font a lasting note needs; 0 where there is none.

    What is said only while the pointer is on a cell, or while it runs, is left out where it has
    no room; its state, what it offers and whose it is never are.
    """
    if not cell.author and cell.status not in STATES:
        return 0
    shortest = (forms(cell, "", hovered=hovered) for hovered in (False, True))
    letters = max((letters_of(found[-1]) for found in shortest if found), default=0)
    return ceil(letters * SIZE) + 1 if letters else 0


def letters_of(form: Form) -> int:
    """Return how long a form is, in characters."""
    return sum(len(said.text) for said in form)


def state_of(cell: Cell, *, short: bool = False) -> str:
    """Return a cell's state in a word or two, with its place if it waits; empty when it is over."""
    state = STATES.get(cell.status, ("", ""))[short]
    place = ordinal(cell.place) if cell.place else ""
    return BETWEEN.join(filter(None, (state, place)))


def ordinal(place: int) -> str:
    """Return a place in a queue as a word: "next", "2nd"."""
    if place == 1:
        return "next"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ending}"


def _apart(offers: tuple[Offer, ...]) -> Iterator[Said]:
    for number, offer in enumerate(offers):
        if number:
            yield Said(APART)
        yield Said(offer.value, offer)
