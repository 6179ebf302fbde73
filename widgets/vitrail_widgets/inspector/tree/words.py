"""What a tree of objects says of a row, in pieces of different looks."""

from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.tree.nodes import Node, NodeKind
from vitrail_widgets.objects.members import Mark, Member, Run, RunState
from vitrail_widgets.qt.pieces import Piece, shown
from vitrail_widgets.qt.theme import Theme

OFFERS: Final = {
    Mark.RUN: tr("▷ run"),
    Mark.ITERATE: tr("▷ take the first"),
    Mark.CONSUME: tr("▷ take some: they are used up"),
}
UNDER_WAY: Final = {
    RunState.WAITING: tr("waits for the cell to end · Esc withdraws it"),
    RunState.RUNNING: tr("runs … · Esc interrupts it"),
}


def value_pieces(node: Node, theme: Theme, count: int | None) -> list[Piece]:
    """Return what stands under Value.

    Args:
        node: The row.
        theme: Gives the colours.
        count: Of the last cell, to say how old a result is.
    """
    member = node.member
    if member is None:
        return []
    if node.run is not None:
        return _of_run(node.run, theme, count)
    if member.mark in OFFERS:
        return [Piece(OFFERS[member.mark], theme.accent), Piece(_after(member), theme.muted)]
    if member.mark is Mark.EMPTY:
        return [Piece(tr("no value yet"), theme.muted)]
    if node.around:
        return [Piece(f"↻ {shown(node.around)}", theme.muted)]
    is_quiet = member.kind in ("method", "function", "property")
    return [Piece(shown(member.preview), theme.muted if is_quiet else theme.text)]


def _after(member: Member) -> str:
    return f"   {shown(member.preview)}" if member.preview else ""


def _of_run(run: Run, theme: Theme, count: int | None) -> list[Piece]:
    is_old = run.count not in (count, None)
    age = " · " + tr("as of In [{count}]", count=run.count) if is_old else ""
    if run.state in UNDER_WAY:
        return [Piece(UNDER_WAY[run.state], theme.accent)]
    if run.state is RunState.LOST:
        return [Piece("✕ ", theme.error), Piece(tr("the kernel gave no answer"), theme.text)]
    took = f"   {run.took_ms:.1f} ms{age}"
    if run.result is None:
        name, said, where = run.error
        text = f"{name}: {said}" if said else name
        where = f"   {where}" if where else ""
        return [
            Piece("✕ ", theme.error),
            Piece(shown(text), theme.text),
            Piece(shown(where) + age, theme.muted),
        ]
    return [
        Piece(shown(run.result.preview or run.result.type), theme.text),
        Piece(took, theme.muted),
    ]


def type_text(node: Node) -> str:
    """Return what stands under Type: its name and its size."""
    told = node.member
    if told is None:
        return ""
    if node.run is not None and node.run.result is not None:
        told = node.run.result
    size = told.size.replace(" x ", " × ")
    return f"{told.type} · {size}" if size and told.type else told.type


def name_text(node: Node) -> str:
    """Return what stands under Name."""
    if node.kind is NodeKind.GROUP and node.group is not None:
        if any(member.step.kind == "items" for member in node.group.rows):
            return node.text  # how many there are is not known
        return f"{node.text}   {node.group.total:,}".replace(",", "\u202f")
    return node.text if node.member is None else shown(node.member.name)


def tip(node: Node, theme: Theme, count: int | None) -> str:
    """Return all that a row says, for who points at it."""
    if node.member is None:
        return ""
    value = "".join(piece.text for piece in value_pieces(node, theme, count))
    origin = tr("from {origin}", origin=node.member.origin) if node.member.origin else ""
    return "\n".join(each for each in (name_text(node), type_text(node), value, origin) if each)
