"""What closing tabs would cost, and so what is to be asked before. Pure: no Qt, no kernel.

A question is asked only if something would be lost: values that a kernel of ours has computed, what
it runs, cells that wait for a kernel that goes on without them, or changes since a session was
saved. A kernel that has computed nothing is not missed, and one that somebody else started, or that
another tab still shows, goes on in any case.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vitrail_resources.translation import tr, trn

MOST_NAMES = 6
_CLOSING = {
    "tab": tr("Close this tab?"),
    "window": tr("Close this window?"),
    "kernel": tr("Close this kernel?"),
}


class Tie(StrEnum):
    """What binds a tab to its kernel."""

    OWNER = "owner"  # we launched it for this tab: it ends with it
    GUEST = "guest"  # we launched it for another tab
    FOREIGN = "foreign"  # somebody else launched it
    NONE = "none"  # there is none, or it is dead


@dataclass(frozen=True, kw_only=True, slots=True)
class Stake:
    """What is at stake in a tab.

    Attributes:
        name: What the tab is called.
        kernel: Stands for its kernel; the same for all tabs that show it.
        is_busy: Whether the kernel runs something.
        has_computed: Whether it has run anything in this life.
        waiting: How many cells wait here to be sent.
        unsaved: The file whose session has changed since it was saved; empty for none.
    """

    name: str
    kernel: Hashable = None
    tie: Tie = Tie.OWNER
    is_busy: bool = False
    has_computed: bool = False
    waiting: int = 0
    unsaved: str = ""


class Choice(StrEnum):
    """An answer. CLOSE leaves kernels to what happens to them anyway."""

    SHUT_DOWN = "shut down"
    KEEP = "keep running"
    CLOSE = "close"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """What to ask.

    Attributes:
        question: In a few words.
        details: What would be lost, a sentence each.
        choices: What can be answered, the proposed one first; empty when nothing is to be asked.
        unsaved: Files that could be saved before.
    """

    question: str = ""
    details: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    unsaved: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether there is a question at all."""
        return bool(self.choices)


def closing_plan(
    leaving: Sequence[Stake], staying: Collection[Hashable] = (), *, what: str = "tab"
) -> ClosingPlan:
    """Decide what to ask before tabs are closed.

    Args:
        leaving: The tabs.
        staying: The kernels that other tabs go on showing.
        what: What is closed, in a word.
    """
    ending = [each for each in leaving if each.tie is Tie.OWNER and each.kernel not in staying]
    gone = {each.kernel for each in ending}
    missed = [each for each in ending if each.is_busy or each.has_computed]
    bereft = [each for each in leaving if each.waiting and each.kernel not in gone]
    unsaved = tuple(each.unsaved for each in leaving if each.unsaved)
    if not (missed or bereft or unsaved):
        return ClosingPlan()
    details = (*_said_of_kernels(missed), *_said_of_cells(bereft), *_said_of_files(unsaved))
    choices: tuple[Choice, ...]
    if missed:
        choices = (Choice.SHUT_DOWN, Choice.KEEP, Choice.CANCEL)
    else:
        choices = (Choice.CLOSE, Choice.CANCEL)
    return ClosingPlan(_question(missed, what), details, choices, unsaved)


def _question(missed: Sequence[Stake], what: str) -> str:
    if not missed:
        return _CLOSING[what]
    if len(missed) == 1:
        return tr("Shut down the kernel of “{name}”?", name=missed[0].name)
    return trn("Shut down {count} kernel?", "Shut down {count} kernels?", len(missed))


def _said_of_kernels(missed: Sequence[Stake]) -> list[str]:
    busy = sum(each.is_busy for each in missed)
    match len(missed):
        case 0:
            return []
        case 1 if busy:
            return [tr("What it runs is broken off. What it has computed is lost.")]
        case 1:
            return [tr("What it has computed is lost.")]
        case _:
            names = _listed([f"“{each.name}”" for each in missed])
            if not busy:
                return [tr("What they have computed is lost: {names}.", names=names)]
            lost = tr(
                "What they have computed is lost; what runs in {busy} of them is broken off:"
                " {names}.",
                busy=busy,
                names=names,
            )
            return [lost]


def _said_of_cells(bereft: Sequence[Stake]) -> list[str]:
    count = sum(each.waiting for each in bereft)
    if not count:
        return []
    return [trn("One cell that waits is not run.", "{count} cells that wait are not run.", count)]


def _said_of_files(unsaved: Sequence[str]) -> list[str]:
    match unsaved:
        case []:
            return []
        case [name]:
            return [tr("{name} has changed since it was saved.", name=name)]
        case _:
            return [tr("Changed since they were saved: {names}.", names=_listed(unsaved))]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    return trn("{names} and {count} more", "{names} and {count} more", more, names=shown)
