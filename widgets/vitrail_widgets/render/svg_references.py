"""What an SVG document draws, with all that it draws again by reference."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vitrail_resources.translation import tr

MAX_DEPTH: Final = 120
MAX_ELEMENTS: Final = 200_000
"""With all that `use` draws again."""
MAX_STEPS: Final = 2_000_000
"""From reference to reference; a figure of matplotlib takes two for each of its elements."""


class UnsafeSvgError(Exception):
    """It is not SVG, or nothing that can be drawn with care; one sentence."""


@dataclass(slots=True)
class Element:
    """An element with what it holds."""

    name: str
    attributes: dict[str, str]
    content: list["Element | str"] = field(default_factory=list["Element | str"])

    @property
    def local_name(self) -> str:
        """Name without a prefix."""
        return self.name.rpartition(":")[2]

    def children(self) -> Iterator["Element"]:
        """Yield the elements in it."""
        return (each for each in self.content if isinstance(each, Element))


class References:
    """The `use` elements of a document and what they lead to."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._by_id: dict[str, Element] = {}
        self._counts: dict[int, int] = {}
        self._steps = 0
        todo = [root]
        while todo:
            element = todo.pop()
            if "id" in element.attributes:
                self._by_id.setdefault(element.attributes["id"], element)
            todo += element.children()

    def count(self) -> int:
        """Return how many elements are drawn; `use` that leads in a circle is taken out.

        Raises:
            UnsafeSvgError: There are too many.
        """
        return self._count(self._root, frozenset())

    def _count(self, element: Element, above: frozenset[int]) -> int:
        if id(element) in self._counts:
            return self._counts[id(element)]
        if len(above) > 4 * MAX_DEPTH:
            raise UnsafeSvgError(tr("its references go too deep"))
        inner = above | {id(element)}
        total = 1
        for child in list(element.children()):
            goals = inner | {id(child)}
            target = self._target(child)
            if target is not None and self._leads_to(target, goals):
                element.content.remove(child)
                continue
            total += self._count(child, inner)
            if target is not None:
                total += self._count(target, goals)
            if total > MAX_ELEMENTS:
                raise UnsafeSvgError(
                    tr("it would draw more than {count} elements", count=MAX_ELEMENTS)
                )
        self._counts[id(element)] = total
        return total

    def _leads_to(self, start: Element, goals: frozenset[int]) -> bool:
        """Tell whether an element is one of some others, or uses one within it."""
        seen: set[int] = set()
        todo = [start]
        while todo:
            element = todo.pop()
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise UnsafeSvgError(tr("its references lead to too many others"))
            if id(element) in goals:
                return True
            if id(element) in seen:
                continue
            seen.add(id(element))
            target = self._target(element)
            if target is not None:
                todo.append(target)
            todo += element.children()
        return False

    def _target(self, element: Element) -> Element | None:
        if element.local_name != "use":
            return None
        for name, value in element.attributes.items():
            if name.rpartition(":")[2] == "href":
                return self._by_id.get(value.strip()[1:])
        return None
