"""A clock that stands still while this thread waits for a processor that others have.

Linux counts that wait for each thread (`/proc/thread-self/schedstat`). Waits for anything else,
like a lock, a disk or another thread of ours, are time that passes.
"""

import time
from pathlib import Path
from typing import Final

_ACCOUNT: Final = Path("/proc/thread-self/schedstat")


def own_time_s() -> float:
    """Return seconds since whenever, without those that were spent in line for a processor."""
    return time.perf_counter() - _in_line_s()


def _in_line_s() -> float:
    try:
        return int(_ACCOUNT.read_bytes().split()[1]) / 1e9
    except (OSError, IndexError):  # no Linux, or one that does not count
        return 0.0
