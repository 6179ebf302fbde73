"""Durations in words."""


def elapsed_text(started_at: float | None, finished_at: float | None) -> str:
    """Return how long something took, in the unit a person would use; empty if unknown.

    Args:
        started_at: Seconds since the epoch.
        finished_at: Seconds since the epoch.
    """
    if started_at is None or finished_at is None:
        return ""
    seconds = max(0.0, finished_at - started_at)
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min"
