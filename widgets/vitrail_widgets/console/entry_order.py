"""Brings the layouts of entries into the order that the transcript has come to meanwhile."""

from collections.abc import Callable, Sequence

from vitrail_widgets.console.entries import CellLayout, EntryLayout
from vitrail_widgets.console.flow import Flow
from vitrail_widgets.transcript.cells import Entry


def bring_into_order(
    flow: Flow[EntryLayout], entries: Sequence[Entry], make: Callable[[Entry], EntryLayout]
) -> list[int]:
    """Let a flow hold exactly some entries, in their order; return where new ones came in.

    Args:
        flow: Is changed; layouts that it has are kept, with what is folded in them.
        entries: All that are to be shown.
        make: Lays out a new one.
    """
    wanted = {entry.id for entry in entries}
    for index in reversed(range(len(flow))):
        if id_of(flow[index]) not in wanted:
            flow.remove(index)
    known = {id_of(layout): layout for layout in flow}
    inserted: list[int] = []
    for index, entry in enumerate(entries):
        if index < len(flow) and id_of(flow[index]) == entry.id:
            continue
        layout = known.get(entry.id)
        if layout is None:
            inserted.append(index)
        else:
            flow.remove(next(i for i in range(index, len(flow)) if flow[i] is layout))
        flow.insert(index, layout or make(entry))
    return inserted


def id_of(layout: EntryLayout) -> str:
    """Return the id of the entry that a layout shows."""
    return layout.cell.id if isinstance(layout, CellLayout) else layout.notice.id
