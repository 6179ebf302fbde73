"""What is said below the variables: how many there are, of when, and what they cost; no Qt."""

from vitrail_resources.translation import tr
from vitrail_widgets.variables.variable import Freshness, Snapshot


def footnote(snapshot: Snapshot, shown: int) -> str:
    """Say it in a line.

    Args:
        snapshot: What is known.
        shown: How many of its rows are.
    """
    if snapshot.freshness in (Freshness.UNASKED, Freshness.UNABLE):
        return ""
    total = len(snapshot.rows)
    count = str(total) if shown == total else tr("{shown} of {total}", shown=shown, total=total)
    parts = [tr("{count}, the first ones", count=count) if snapshot.is_cut else count]
    if snapshot.count is not None:
        parts.append(tr("as of In [{count}]", count=snapshot.count))
    if snapshot.freshness is Freshness.STALE:
        parts.append(tr("the kernel cannot tell now"))
    elif snapshot.cost_ms is not None:
        parts.append(tr("{cost_ms} ms of the kernel's time", cost_ms=f"{snapshot.cost_ms:.1f}"))
    if snapshot.reason:
        parts.append(snapshot.reason)
    return " · ".join(parts)
