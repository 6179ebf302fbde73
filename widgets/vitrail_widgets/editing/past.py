"""Inputs of the past with what is known of them, and one list made of a kernel's and of ours."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Key = tuple[float, int, int]
BEFORE, AFTER = 0, 1


@dataclass(frozen=True, slots=True)
class PastInput:
    """One input that was submitted.

    Attributes:
        session: Where inputs were counted from 1 on: one life of a kernel. A kernel numbers its
            own; ours have names. Empty while unknown.
        count: The number of its prompt in that session.
        time_s: Seconds since the epoch; None when nobody noted it, as kernels do not.
        kernel: What the kernel is called.
        failed: Whether it ended in an error.
    """

    code: str
    session: str = ""
    count: int | None = None
    time_s: float | None = None
    kernel: str = ""
    failed: bool = False


def merged(ours: Sequence[PastInput], theirs: Sequence[PastInput]) -> list[PastInput]:
    """Return one list, oldest first, in which nothing that we and the kernel noted is twice.

    A kernel's entries have no time. A session of theirs is one of ours when numbers and codes
    agree; what it holds besides, from other clients, stands beside what had the numbers next to it.
    Another session comes after the one before it, and those before all that we know come first.

    Args:
        ours: With times, oldest first.
        theirs: As the kernel gave them: by session, then by number.
    """
    if not theirs:
        return list(ours)
    known = _Sessions(ours)
    keyed: list[tuple[Key, PastInput]] = []
    last: float = float("-inf")
    for at, (session, entries) in enumerate(_twins(theirs, known)):
        own = known.counted.get(session, {})
        keyed += [
            (_place(entry, own, last, at), entry)
            for entry in entries
            if own.get(entry.count, ("", 0.0))[0] != entry.code
        ]
        last = max([last, *(time_s for _, time_s in own.values())])
    keyed.sort(key=lambda pair: pair[0])
    return _woven(ours, keyed)


def _woven(ours: Sequence[PastInput], keyed: list[tuple[Key, PastInput]]) -> list[PastInput]:
    """Put entries among ours; they are few, ours may be many."""
    times = [each.time_s or 0.0 for each in ours]
    found: list[PastInput] = []
    done = 0
    for (time_s, side, _), entry in keyed:
        place = (bisect_right if side == AFTER else bisect_left)(times, time_s)
        found += ours[done:place]
        found.append(entry)
        done = max(done, place)
    return [*found, *ours[done:]]


class _Sessions:
    """Our sessions: what was submitted in them under which number, and when."""

    def __init__(self, ours: Iterable[PastInput]) -> None:
        self.counted: dict[str, dict[int | None, tuple[str, float]]] = defaultdict(dict)
        self.having: dict[tuple[int | None, str], list[str]] = defaultdict(list)
        for entry in ours:
            if entry.count is not None:
                self.counted[entry.session][entry.count] = (entry.code, entry.time_s or 0.0)
                self.having[entry.count, entry.code].append(entry.session)

    def like(self, entries: Sequence[PastInput], taken: set[str]) -> str:
        """Return the session of ours that these entries of a kernel are of; empty for none."""
        alike = Counter(
            session
            for entry in entries
            for session in self.having.get((entry.count, entry.code), ())
            if session not in taken
        )
        if not alike:
            return ""
        session = max(alike, key=lambda name: (alike[name], self._end(name)))
        counts = [entry.count for entry in entries if entry.count is not None]
        expected = sum(
            min(counts) <= count <= max(counts)
            for count in self.counted[session]
            if count is not None
        )
        return session if 2 * alike[session] >= expected else ""

    def _end(self, session: str) -> float:
        return max(time_s for _, time_s in self.counted[session].values())


def _twins(theirs: Iterable[PastInput], known: _Sessions) -> list[tuple[str, list[PastInput]]]:
    """Part a kernel's entries by session; name beside each the session of ours that it is."""
    by_session: dict[str, list[PastInput]] = defaultdict(list)
    for entry in theirs:
        by_session[entry.session].append(entry)
    taken = set[str]()
    found: list[tuple[str, list[PastInput]]] = []
    for entries in reversed(by_session.values()):
        session = known.like(entries, taken)
        taken.add(session)
        found.append((session, entries))
    return found[::-1]


def _place(entry: PastInput, own: dict[int | None, tuple[str, float]], last: float, at: int) -> Key:
    """Return where an entry that only the kernel has stands among ours."""
    if not own:
        return last, AFTER, at
    count = entry.count or 0
    before = [number for number in own if number is not None and number <= count]
    if before:
        return own[max(before)][1], AFTER, at
    return min(time_s for _, time_s in own.values()), BEFORE, at
