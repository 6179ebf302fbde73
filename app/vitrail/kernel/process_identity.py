"""Which process is meant: a process id alone is given to another process some day.

On Linux the time at which a process began, and the run of the system, make it unique (proc(5));
elsewhere the id has to do.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

_PROCESSES: Final = Path("/proc")
_BOOT: Final = _PROCESSES / "sys/kernel/random/boot_id"
_STATE, _BEGAN = 0, 19
"""Fields 3 and 22 of stat, counted after the name."""


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """One process, for ever.

    Attributes:
        pid: Its id while it lives.
        began: Differs between processes of one id; empty where the system does not tell.
    """

    pid: int
    began: str

    @classmethod
    def of(cls, pid: int) -> Self:
        """Return the identity of a process that lives."""
        fields = _fields(pid)
        return cls(pid, f"{_boot()} {fields[_BEGAN]}" if fields else "")

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended; a zombie has."""
        fields = _fields(self.pid)
        if fields:
            is_same = self.began in ("", f"{_boot()} {fields[_BEGAN]}")
            return is_same and fields[_STATE] not in "ZX"
        return not _BOOT.exists() and _exists(self.pid)


def _fields(pid: int) -> list[str]:
    """Return what stat says after "pid (name)"; the name may hold anything. Empty without."""
    try:
        return (_PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@cache
def _boot() -> str:
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # somebody else's
    return True
