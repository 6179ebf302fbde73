"""Which keys mean which command: the defaults, and what the user made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vitrail_resources.translation import tr
from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.strokes import Strokes, is_typed, parse, text_of

_TYPED_IN = (
    Scope.WINDOW,
    Scope.CONSOLE,
    Scope.INPUT,
    Scope.FIND,
    Scope.QUESTION,
    Scope.HISTORY,
    Scope.INSPECTOR,
)


class Conflict(NamedTuple):
    """Two commands whose keys cannot both be heard.

    Attributes:
        strokes: The keys of the one that is looked at.
        other: The command that has them too, or has more or fewer keys that begin the same way.
    """

    strokes: Strokes
    other: Command


class Keymap:
    """The keys of all commands; it never changes.

    Attributes:
        commands: By id, in the order of the table.
        problems: A sentence about each override that was ignored.
    """

    def __init__(
        self, commands: Iterable[Command], overrides: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Make a keymap.

        Args:
            commands: The table.
            overrides: Key sequences by command id, instead of the default ones; none to unbind.
                What cannot be understood is ignored, and said in `problems`.

        Raises:
            ValueError: The table has an id twice, or keys that are none.
        """
        self.commands: dict[str, Command] = {}
        self._keys: dict[str, tuple[Strokes, ...]] = {}
        for command in commands:
            if command.id in self.commands:
                raise ValueError(f"The command {command.id} is there twice.")
            self.commands[command.id] = command
            self._keys[command.id] = tuple(parse(text) for text in command.keys)
        self._defaults = dict(self._keys)
        problems: list[str] = []
        for command_id, texts in (overrides or {}).items():
            self._override(command_id, texts, problems)
        self.problems = tuple(problems)
        self._index()

    def keys_of(self, command_id: str) -> tuple[Strokes, ...]:
        """Return the key sequences of a command, the one to show first."""
        return self._keys[command_id]

    def texts_of(self, command_id: str) -> tuple[str, ...]:
        """Return the key sequences of a command as text."""
        return tuple(text_of(strokes) for strokes in self._keys[command_id])

    def is_changed(self, command_id: str) -> bool:
        """Tell whether a command has other keys than by default."""
        return not self.is_default(command_id, self._keys[command_id])

    def is_default(self, command_id: str, keys: tuple[Strokes, ...]) -> bool:
        """Tell whether these are the keys that a command has if nobody changes them."""
        return keys == self._defaults[command_id]

    def at(self, strokes: Strokes, scope: Scope) -> Sequence[Command]:
        """Return the commands of keys in one scope, in the order in which they have their turn."""
        return self._by_keys.get((scope, strokes), ())

    def begins(self, strokes: Strokes, scope: Scope) -> bool:
        """Tell whether more keys may follow to make a sequence of the scope."""
        return (scope, strokes) in self._beginnings

    def was_taken(self, strokes: Strokes, scope: Scope) -> bool:
        """Tell whether the user took from keys what they meant by default.

        Keys that mean another command now, and that under any condition, are not among them.
        """
        return (scope, strokes) in self._taken

    def conflicts_of(self, command_id: str) -> tuple[Conflict, ...]:
        """Return what cannot be heard, or keeps something else from being heard."""
        found = (self.conflicts_at(command_id, keys) for keys in self._keys[command_id])
        return tuple(conflict for conflicts in found for conflict in conflicts)

    def conflicts_at(self, command_id: str, strokes: Strokes) -> tuple[Conflict, ...]:
        """Return the conflicts there would be if a command had these keys."""
        command = self.commands[command_id]
        return tuple(
            Conflict(strokes, other)
            for other in self.commands.values()
            if _exclude(command, other)
            and any(_begin_alike(strokes, keys) for keys in self._keys[other.id])
        )

    def reason_against(self, command_id: str, strokes: Strokes) -> str:
        """Say why a command cannot have these keys; empty when it can."""
        if self.commands[command_id].scope in _TYPED_IN and is_typed(strokes):
            return tr("{key} alone is text that is typed.", key=strokes[0])
        return ""

    def _override(self, command_id: str, texts: Sequence[str], problems: list[str]) -> None:
        if command_id not in self.commands:
            problems.append(
                tr("There is no command “{command_id}” to give keys to.", command_id=command_id)
            )
            return
        try:
            keys = tuple(dict.fromkeys(parse(text) for text in texts))
            for strokes in keys:
                if reason := self.reason_against(command_id, strokes):
                    raise ValueError(reason)
        except ValueError as error:
            problems.append(
                tr(
                    "The keys of “{command_id}” are the usual ones: {error}",
                    command_id=command_id,
                    error=error,
                )
            )
        else:
            self._keys[command_id] = keys

    def _index(self) -> None:
        by_keys = defaultdict[tuple[Scope, Strokes], list[Command]](list)
        for command in sorted(self.commands.values(), key=lambda command: not command.when):
            for strokes in self._keys[command.id]:
                by_keys[command.scope, strokes].append(command)
        self._by_keys = dict(by_keys)
        self._beginnings = {
            (scope, strokes[:count])
            for scope, strokes in self._by_keys
            for count in range(1, len(strokes))
        }
        settled = {
            place
            for place, commands in self._by_keys.items()
            if any(not command.when for command in commands)
        }
        self._taken = {
            (self.commands[command_id].scope, strokes)
            for command_id, keys in self._defaults.items()
            for strokes in keys
            if strokes not in self._keys[command_id]
        } - settled


def _exclude(one: Command, other: Command) -> bool:
    """Tell whether only one of two commands could have the same keys."""
    if one.id == other.id or not one.scope.overlaps(other.scope):
        return False
    if Scope.WINDOW in (one.scope, other.scope):
        return True  # the focus has the key or the window: it is not handed on
    if one.scope is other.scope:
        return one.when == other.when
    first = one if one.scope is Scope.CONSOLE else other
    return not first.when


def _begin_alike(one: Strokes, other: Strokes) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
