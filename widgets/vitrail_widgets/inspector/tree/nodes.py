"""The rows of a tree of objects, grown out of what is known; no Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.objects.holding import MOST_BELOW
from vitrail_widgets.objects.members import (
    ITEMS,
    TITLES,
    Group,
    Inside,
    Member,
    Members,
    Run,
    is_found,
)
from vitrail_widgets.objects.target import Target

INLINE: Final = (ITEMS, "data", "property")
"""Groups that stand without a heading where an object is opened within the tree."""

ASKING: Final = "…"
EMPTY: Final = tr("There is nothing in it")


class NodeKind(StrEnum):
    """What a row is."""

    GROUP = "group"
    MEMBER = "member"
    MORE = "more"
    NOTE = "note"


@dataclass(eq=False)
class Node:
    """A row, which stays the same one while the tree is renewed.

    Attributes:
        key: Tells it from its siblings.
        place: What holds what it stands for.
        group: What a heading, or the offer of more, is about.
        member: What a member's row shows.
        run: What came of running that.
        text: What a heading or a note says.
        around: The name of the object around it that it is itself; empty for none.
        row: Among its siblings.
    """

    kind: NodeKind
    key: tuple[str, str]
    place: Target
    group: Group | None = None
    member: Member | None = None
    run: Run | None = None
    text: str = ""
    around: str = ""
    parent: "Node | None" = None
    row: int = 0
    children: list["Node"] = field(default_factory=list["Node"])

    @property
    def target(self) -> Target:
        """What a member's row stands for."""
        return self.place if self.member is None else self.place.step(self.member.step)

    @property
    def expands(self) -> bool:
        """Whether it can be opened."""
        if self.kind is NodeKind.GROUP:
            return True
        result = self.run.result if self.run is not None else None
        shown = result or self.member
        return shown is not None and shown.expands

    def walk(self) -> Iterator["Node"]:
        """Yield it and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def root_of(target: Target) -> Node:
    """Return the row above all others, which nobody sees."""
    return Node(NodeKind.NOTE, ("root", ""), target)


class Grower:
    """Grows a tree: keeps the rows that are still there, and adds and drops others."""

    def __init__(self, known: Members, typed: str, *, is_flat: bool = False) -> None:
        """Prepare.

        Args:
            known: What the tree is to show.
            typed: Words; only names with all of them are shown, of the target itself.
            is_flat: Whether its items alone are shown, with no heading above them.
        """
        self._known, self._typed, self._is_flat = known, typed, is_flat

    def grow(self, root: Node) -> None:
        """Bring a tree up to date."""
        inside = self._known.inside.get(root.place, Inside())
        around = {inside.identity: root.place.text} if inside.identity else {}
        if self._is_flat:
            self._set(root, self._rows(root.place, inside.group(ITEMS)), around)
            return
        groups = (self._sifted(group) for group in inside.groups)
        self._set(root, [self._heading(root.place, each) for each in groups if each.total], around)

    def _sifted(self, group: Group) -> Group:
        if not self._typed.strip():
            return group
        rows = tuple(row for row in group.rows if is_found(row.name, self._typed))
        is_all_here = not group.missing
        return Group(group.name, len(rows) if is_all_here else group.total, rows)

    def _set(self, parent: Node, specs: Iterable[Node], around: dict[int, str]) -> None:
        kept = {child.key: child for child in parent.children}
        parent.children = [_joined(kept.get(spec.key), spec) for spec in specs]
        for row, child in enumerate(parent.children):
            child.parent, child.row = parent, row
            self._grow_below(child, around)

    def _grow_below(self, node: Node, around: dict[int, str]) -> None:
        if node.kind is NodeKind.GROUP and node.group is not None:
            self._set(node, self._rows(node.place, node.group), around)
        elif node.kind is NodeKind.MEMBER and node.member is not None:
            node.run = self._known.runs.get(node.target)
            node.around = around.get(node.member.identity, "")
            identity = node.member.identity
            if node.run is not None and node.run.result is not None:
                identity = node.run.result.identity
            within = {**around, identity: node.target.text} if identity else around
            self._set(node, self._within(node) if node.expands else (), within)

    def _within(self, node: Node) -> Iterator[Node]:
        """Yield what stands below a member: its rows, and headings of what is less looked for."""
        place = self._known.place_of(node.target)
        inside = self._known.inside.get(place)
        if inside is None or not inside.groups:
            yield Node(NodeKind.NOTE, ("note", ""), place, text=EMPTY if inside else ASKING)
            return
        for group in inside.groups:
            if group.name in INLINE:
                yield from self._rows(place, group)
            else:
                yield self._heading(place, group)

    def _rows(self, place: Target, group: Group) -> Iterator[Node]:
        for member in group.rows:
            key = (member.step.kind, f"{member.step.at} {member.step.text}")
            yield Node(NodeKind.MEMBER, key, place, member=member)
        if group.missing:
            text = self._words_of_more(group)
            yield Node(NodeKind.MORE, ("more", group.name), place, group=group, text=text)

    def _words_of_more(self, group: Group) -> str:
        if not group.rows and group.name not in INLINE:
            return ASKING
        count = f"{group.missing:,}".replace(",", "\u202f")
        if self._is_flat and len(group.rows) >= MOST_BELOW:
            return tr("{count} more, on pages of their own", count=count)
        return tr("{count} more", count=count)

    def _heading(self, place: Target, group: Group) -> Node:
        title = TITLES.get(group.name, group.name)
        return Node(NodeKind.GROUP, ("group", group.name), place, group=group, text=title)


def _joined(kept: Node | None, spec: Node) -> Node:
    if kept is None:
        return spec
    kept.place, kept.group, kept.member, kept.text = spec.place, spec.group, spec.member, spec.text
    return kept
