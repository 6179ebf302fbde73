"""What a palette offers: commands, sifted by what is typed, the recent ones first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vitrail_widgets.editing.matching import Closeness, Pattern
from vitrail_widgets.keys.command import Command

MAX_RECENT = 5


class Choice(NamedTuple):
    """A command that can be chosen.

    Attributes:
        keys: Its keys as the platform writes them; empty for none.
        why_not: Why it cannot be done now, in a few words; empty when it can.
        is_recent: Whether it was chosen a short while ago.
        icon: Its kind, where icons are drawn; empty for none.
    """

    command: Command
    keys: str = ""
    why_not: str = ""
    is_recent: bool = False
    icon: str = ""


class Recent:
    """The commands that were chosen last, the latest first.

    Attributes:
        ids: Their ids.
    """

    def __init__(self, ids: Iterable[str] = (), limit: int = MAX_RECENT) -> None:
        """Begin with those that were chosen before.

        Args:
            ids: The latest first.
            limit: How many are remembered.
        """
        self._limit = limit
        self.ids = list(ids)[:limit]

    def note(self, command_id: str) -> None:
        """Remember that a command was chosen."""
        kept = [each for each in self.ids if each != command_id]
        self.ids = [command_id, *kept][: self._limit]

    def first(self, choices: Iterable[Choice]) -> list[Choice]:
        """Return the choices with the recent ones in front, MAX_RECENT at most, and marked."""
        by_id = {choice.command.id: choice for choice in choices}
        there = [each for each in self.ids if each in by_id][:MAX_RECENT]
        recent = [by_id.pop(each)._replace(is_recent=True) for each in there]
        return [*recent, *by_id.values()]


def sifted(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the choices that what was typed may mean, the closest first.

    The title counts more than area and title together, as in "kernel restart".
    """
    pattern = Pattern(typed.strip())
    titles = [choice.command.label for choice in choices]
    found = [match.at for match in pattern.rank(titles)]
    rest = sorted(set(range(len(choices))) - set(found))
    phrases = [f"{choice.command.area} {choice.command.label}" for choice in choices]
    near = (match for match in pattern.rank(phrases, rest) if match.closeness < Closeness.SCATTERED)
    found += [match.at for match in near]
    return [choices[index] for index in found]
