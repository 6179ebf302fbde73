"""When a kernel that died is to be started again by itself."""

from collections import deque
from typing import Final

LIMIT: Final = 2
WITHIN_S: Final = 60.0


class Revivals:
    """Counts the deaths of a kernel: one that keeps dying is left dead."""

    def __init__(self) -> None:
        self._deaths_s: deque[float] = deque(maxlen=LIMIT)

    def allow(self, now_s: float) -> bool:
        """Take note of a death; whether another start is worth trying.

        Args:
            now_s: Of a clock that only goes on.
        """
        is_often = len(self._deaths_s) == LIMIT and now_s - self._deaths_s[0] < WITHIN_S
        self._deaths_s.append(now_s)
        return not is_often
