"""Where one has been: objects that were looked at, and the way back and forward."""

from collections.abc import Sequence
from typing import Final

from vitrail_widgets.objects.target import Target

LONGEST: Final = 100


class Trail:
    """The targets that were visited, in order, and which of them is looked at."""

    def __init__(self) -> None:
        self._visited: list[Target] = []
        self._at = -1
        self._is_passed = False

    @property
    def target(self) -> Target | None:
        """What is looked at."""
        return self._visited[self._at] if self._visited else None

    @property
    def visited(self) -> Sequence[Target]:
        """All of them, the first one first."""
        return tuple(self._visited)

    @property
    def at(self) -> int:
        """Which of `visited` is looked at; -1 for none."""
        return self._at

    @property
    def can_go_back(self) -> bool:
        """Whether something was looked at before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has gone back."""
        return self._at + 1 < len(self._visited)

    def visit(self, target: Target, *, in_passing: bool = False) -> bool:
        """Look at something; what lay ahead is forgotten. Say whether it is something else.

        Args:
            target: What to look at.
            in_passing: Whether nobody asked for it: the next one that is looked at in passing
                takes its place.
        """
        was_passed = self._is_passed
        if target == self.target:
            self._is_passed = was_passed and in_passing
            return False
        self._is_passed = in_passing
        del self._visited[self._at + (not (in_passing and was_passed)) :]
        self._visited.append(target)
        del self._visited[:-LONGEST]
        self._at = len(self._visited) - 1
        return True

    def go(self, at: int) -> bool:
        """Look at one of `visited` again; say whether it is something else."""
        if at == self._at or not 0 <= at < len(self._visited):
            return False
        self._at, self._is_passed = at, False
        return True
