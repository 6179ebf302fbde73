"""Taking over a kernel whose window has crashed, as a process that is not our child."""

import contextlib
import os
from pathlib import Path

from vitrail.kernel.process_identity import ProcessIdentity
from vitrail.kernel.watch import UNKNOWN_EXIT


class AdoptedProcess:
    """Stands where `subprocess.Popen` stands for a child.

    Attributes:
        pid: Its process id.
        returncode: As that of Popen; nobody ever learns it.
    """

    def __init__(self, identity: ProcessIdentity) -> None:
        self.pid = identity.pid
        self.returncode: int | None = None
        self._identity = identity

    def has_exited(self) -> bool:
        """Whether it has ended, and whoever adopted it from the system has reaped it or will."""
        return not self._identity.is_alive

    def wait(self) -> int:
        """Return the exit code of a process that has ended."""
        self.returncode = UNKNOWN_EXIT
        return UNKNOWN_EXIT


def output_of(pid: int, inode: int) -> int:
    """Open what a process prints into, to be read: the pipe that its first launcher made.

    The kernel holds both ends of it, so it could go on printing while nobody read. Where the
    system does not show it, what is opened is empty.

    Args:
        pid: The process.
        inode: The pipe's.

    Returns:
        A file descriptor that the caller closes.
    """
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if str(link.readlink()) == f"pipe:[{inode}]":
                    return os.open(link, os.O_RDONLY | os.O_CLOEXEC)
    return os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
