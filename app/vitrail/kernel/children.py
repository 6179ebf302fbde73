"""The child processes of a kernel, as Linux tells them; elsewhere nothing is known."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

_PROCESSES = Path("/proc")


def has_only_ended_children(pid: int) -> bool:
    """Whether a process has children, and all have ended without its taking note.

    ipykernel 6 and 7 then take 14 s to shut down: they wait for the children that they have just
    ended, which stay zombies because nobody reaps them.
    """
    states = [_state(child) for child in _children(pid)]
    return bool(states) and all(state == "Z" for state in states)


def _children(pid: int) -> Iterator[str]:
    """Give the ids of the children that each thread has started (proc(5))."""
    for path in (_PROCESSES / str(pid) / "task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended
            yield from path.read_text().split()


def _state(pid: str) -> str:
    with contextlib.suppress(OSError):
        # "pid (name) state ...", where the name may hold parentheses
        return (_PROCESSES / pid / "stat").read_text().rpartition(")")[2].split()[0]
    return "Z"  # reaped since
