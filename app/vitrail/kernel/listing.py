"""One kernel's place in the registry."""

import os
import time

from vitrail.kernel.launcher import Launcher
from vitrail.kernel.process_identity import ProcessIdentity
from vitrail.kernel.registry import Entry, Registry


class Listing:
    """Keeps a kernel of ours listed, from each of its starts to its end."""

    def __init__(
        self, registry: Registry, launcher: Launcher, launched: float | None = None
    ) -> None:
        """Prepare; nothing is listed before `enter`.

        Args:
            registry: Where.
            launcher: The kernel's.
            launched: When it was, now when None; seconds since the epoch.
        """
        self._registry, self._launcher = registry, launcher
        self._launched = time.time() if launched is None else launched

    def enter(self, pid: int, pipe: int) -> None:
        """List a run of the kernel.

        Args:
            pid: Its process.
            pipe: The inode of the pipe that it prints into.
        """
        entry = Entry(
            connection_file=self._launcher.connection_file,
            kernel=ProcessIdentity.of(pid),
            owner=ProcessIdentity.of(os.getpid()),
            launched_as=self._launcher.launched_as,
            display_name=self._launcher.spec.display_name,
            directory=self._launcher.directory,
            launched=self._launched,
            pipe=pipe,
        )
        self._registry.enter(entry)

    def remove(self) -> None:
        """Strike the kernel off."""
        self._registry.remove(self._launcher.connection_file)
