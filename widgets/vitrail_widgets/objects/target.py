"""Where an object is found: a name of the user's, and the steps that lead on from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

_DOTTED: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


@dataclass(frozen=True, slots=True)
class Step:
    """A way from an object to one that it holds.

    Attributes:
        kind: What leads there: "attribute", "item", or what another part of the probe adds.
        at: The name of an attribute; the place of an item, from 0, in the order of its container.
        text: As the user would write it: `.shape`, `[0]`, `['key']`.
    """

    kind: str
    at: str | int
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """An object, by the way to it.

    Attributes:
        name: A variable of the user's, or a builtin name; empty where the first step leads to a
            module that is loaded, whatever the user calls it.
        steps: From what it stands for to the object.
    """

    name: str
    steps: tuple[Step, ...] = ()

    @property
    def text(self) -> str:
        """What the user would write for it; a dotted name where only attributes lead there."""
        return self.name + "".join(step.text for step in self.steps)

    @property
    def path(self) -> list[str | list[str | int]]:
        """The way as the probe takes it."""
        return [self.name, *([step.kind, step.at] for step in self.steps)]

    @property
    def parent(self) -> "Target | None":
        """What holds it; None for a variable."""
        return Target(self.name, self.steps[:-1]) if self.steps else None

    def attribute(self, name: str) -> "Target":
        """Return an attribute of it."""
        return self.step(Step("attribute", name, f".{name}"))

    def item(self, place: int, text: str) -> "Target":
        """Return an item of it.

        Args:
            place: From 0, in the order of the container.
            text: As the user would write it, brackets and all.
        """
        return self.step(Step("item", place, text))

    def step(self, step: Step) -> "Target":
        """Return what a step leads to."""
        return Target(self.name, (*self.steps, step))


_TEXTS: Final = {"attribute": ".{}", "module": "{}", "class": ".__class__"}


def linked_target(path: Iterable[Any]) -> Target | None:
    """Return what a path of the probe's leads to; None for one that is not understood.

    Args:
        path: As in `Target.path`, with steps of the kinds attribute, module and class.
    """
    match list(path):
        case [str(name), *steps] if all(_is_step(step) for step in steps):
            made = (Step(kind, at, _TEXTS[kind].format(at)) for kind, at in steps)
            return Target(name, tuple(made)) if name or steps else None
        case _:
            return None


def _is_step(step: object) -> bool:
    match step:
        case [str(kind), str()] | (str(kind), str()):
            return kind in _TEXTS
        case _:
            return False


def target_of(dotted: str) -> Target | None:
    """Return what a dotted name means; None for what is no name."""
    if not _DOTTED.fullmatch(dotted):
        return None
    name, *attributes = dotted.split(".")
    target = Target(name)
    for attribute in attributes:
        target = target.attribute(attribute)
    return target
