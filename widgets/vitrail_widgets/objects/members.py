"""What an object holds, as far as one has looked: attributes and items by group; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.objects.target import Step, Target

ITEMS: Final = "item"
TITLES: Final = MappingProxyType(
    {
        ITEMS: tr("Items"),
        "data": tr("Data"),
        "property": tr("Properties"),
        "method": tr("Methods"),
        "class": tr("Classes"),
        "module": tr("Modules"),
        "inherited": tr("Inherited"),
        "dunder": tr("Special"),
    }
)
"""The groups, in order, by what the probe calls them."""

OPEN: Final = (ITEMS, "data", "property", "method", "class", "module")
"""Those whose rows are shown at once."""


class Mark(StrEnum):
    """What keeps a value from being known."""

    KNOWN = ""
    RUN = "run"
    ITERATE = "iterate"
    CONSUME = "consume"
    EMPTY = "empty"

    @property
    def is_runnable(self) -> bool:
        """Whether running code tells."""
        return self in (Mark.RUN, Mark.ITERATE, Mark.CONSUME)


@dataclass(frozen=True, slots=True)
class Member:
    """An attribute or an item of an object.

    Attributes:
        step: Leads there from the object that holds it.
        name: Of the attribute; the key or the place of an item.
        kind: "instance", "method", "property", "class", "module" …; chooses the icon.
        type: The name of its type.
        size: Its length or shape.
        preview: The beginning of its value, the parameters of a method, what a property says.
        origin: The class that it comes from; empty for what the object holds itself.
        mark: What keeps its value from being known.
        expands: Whether there is something within it.
        identity: Of the object that it is, to notice that it is one of those around it.
    """

    step: Step
    name: str
    kind: str
    type: str
    size: str
    preview: str
    origin: str = ""
    mark: Mark = Mark.KNOWN
    expands: bool = False
    identity: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one sort.

    Attributes:
        name: One of `TITLES`.
        total: How many there are.
        rows: The first of them, as many as were asked for.
    """

    name: str
    total: int
    rows: tuple[Member, ...] = ()

    @property
    def missing(self) -> int:
        """How many there are beyond the rows."""
        return max(0, self.total - len(self.rows))


@dataclass(frozen=True, slots=True)
class Inside:
    """What one object holds.

    Attributes:
        groups: Those that are not empty, in order.
        type: The name of its type.
        makes_up: Whether its class may answer to further names, by code.
        identity: Of the object.
    """

    groups: tuple[Group, ...] = ()
    type: str = ""
    makes_up: bool = False
    identity: int = 0

    def group(self, name: str) -> Group:
        """Return a group; an empty one when there is none."""
        return next((each for each in self.groups if each.name == name), Group(name, 0))

    def extended(self, more: Group) -> "Inside":
        """Return the same with further rows of a group, behind those that it has."""
        old = self.group(more.name)
        joined = Group(more.name, more.total, old.rows + more.rows)
        groups = tuple(joined if each.name == more.name else each for each in self.groups)
        return replace(self, groups=groups)


class RunState(StrEnum):
    """How far the running of a member is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    RAISED = "raised"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a member that the user ran.

    Attributes:
        result: What it gave, by a step that leads there from the holder; None before.
        error: What it raised: the type, what was said, and where it came from.
        took_ms: Of the kernel's time.
        count: The number of the last cell before.
    """

    state: RunState
    result: Member | None = None
    error: tuple[str, str, str] = ("", "", "")
    took_ms: float = 0.0
    count: int | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether its end is still to come."""
        return self.state in (RunState.WAITING, RunState.RUNNING)


NOWHERE: Final = Target("")


@dataclass(frozen=True)
class Members:
    """What is known of a target and of what was opened below it.

    Attributes:
        target: What holds them all.
        inside: What objects hold, by where they are; those that one has looked into.
        runs: What was run, by the member.
        match: Only names with this in them were asked for.
    """

    target: Target = NOWHERE
    inside: Mapping[Target, Inside] = field(default_factory=dict[Target, Inside])
    runs: Mapping[Target, Run] = field(default_factory=dict[Target, Run])
    match: str = ""

    def place_of(self, target: Target) -> Target:
        """Return where the members of a row are found: those of a result, once it was run."""
        run = self.runs.get(target)
        if run is None or run.result is None or target.parent is None:
            return target
        return target.parent.step(run.result.step)


def code_of(target: Target) -> str:
    """Write an expression for a target.

    What can be had by no subscript is written as an item of a list: `list(names)[3]`.
    """
    code = target.name
    for step in target.steps:
        if step.text.startswith((".", "[")):
            code += step.text
        elif step.kind == "kept" or step.kind == "items":
            code = f"list({code})"
        elif step.text.startswith("{"):
            code = f"list({code})[{step.at}]"
        else:
            code = f"list({code}.values())[{step.at}]"
    return code


def is_found(name: str, typed: str) -> bool:
    """Tell whether a name is one of those looked for: it holds each word, in any case."""
    lowered = name.lower()
    return all(word in lowered for word in typed.lower().split())
