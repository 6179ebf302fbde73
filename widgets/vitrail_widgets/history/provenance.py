"""Where an input of the past comes from, in a few words."""

from datetime import UTC, datetime

from vitrail_resources.translation import tr
from vitrail_widgets.editing.past import PastInput

_MONTHS = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
_DAYS = tr("Mon Tue Wed Thu Fri Sat Sun").split()


def moment(time_s: float, now_s: float) -> str:
    """Return a time as one says it, the shorter the more recent it is.

    Args:
        time_s: Seconds since the epoch.
        now_s: The same for now.
    """
    then, now = _local(time_s), _local(now_s)
    clock = f"{then:%H:%M}"
    days = (now.date() - then.date()).days
    if days == 0:
        return clock
    if days == 1:
        return tr("Yesterday {clock}", clock=clock)
    if 1 < days < 7:
        return f"{_DAYS[then.weekday()]} {clock}"
    date = f"{then.day} {_MONTHS[then.month - 1]}"
    return f"{date} {clock}" if then.year == now.year else f"{date} {then.year}"


def when(past: PastInput, now_s: float) -> str:
    """Return when an input was submitted; the kernel's number of the session if nobody knows."""
    if past.time_s is not None:
        return moment(past.time_s, now_s)
    return tr("Session {session}", session=past.session) if past.session else ""


def provenance(past: PastInput, current_session: str, now_s: float) -> str:
    """Return all that is known of an input: when, in which session, under which number."""
    is_current = bool(past.session) and past.session == current_session
    parts = (
        when(past, now_s),
        tr("this session") if is_current else "",
        past.kernel,
        tr("In [{count}]", count=past.count) if past.count is not None else "",
        tr("failed") if past.failed else "",
    )
    return " · ".join(part for part in parts if part)


def _local(time_s: float) -> datetime:
    return datetime.fromtimestamp(time_s, tz=UTC).astimezone()
