"""The kernels that we started, on disk: a window that crashes leaves them, and the next finds them.

A file for each kernel, which its window alone writes: nothing is shared, so nothing has to be
locked. No key is in it; that stays in the connection file.
"""

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import platformdirs

from vitrail.kernel.process_identity import ProcessIdentity
from vitrail.protocol.private_file import write_private

LARGEST: Final = 65_536


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A kernel that a window started.

    Attributes:
        connection_file: Where it listens, and its key.
        kernel: Its process.
        owner: The process of its window.
        launched_as: What `KernelProcess.launch` was given.
        display_name: For people.
        directory: In which it was started.
        launched: When, in seconds since the epoch.
        pipe: The inode of the pipe that is its stdout and stderr.
    """

    connection_file: Path
    kernel: ProcessIdentity
    owner: ProcessIdentity
    launched_as: str
    display_name: str
    directory: Path
    launched: float
    pipe: int


class Judgement(NamedTuple):
    """What entries mean.

    Attributes:
        orphans: Kernels that live, and whose window does not; the newest first.
        ended: Kernels that do not live, and that nobody cleaned up after.
    """

    orphans: tuple[Entry, ...]
    ended: tuple[Entry, ...]


def judge(entries: Iterable[Entry], is_alive: Callable[[ProcessIdentity], bool]) -> Judgement:
    """Tell the orphans from those whose window looks after them, and from what has ended."""
    left = [entry for entry in entries if not is_alive(entry.owner)]
    orphans = [entry for entry in left if is_alive(entry.kernel)]
    ended = tuple(entry for entry in left if entry not in orphans)
    return Judgement(tuple(sorted(orphans, key=lambda entry: -entry.launched)), ended)


def registry_path() -> Path:
    """Return the directory in which the kernels of this user are listed."""
    return platformdirs.user_state_path("vitrail", appauthor=False) / "kernels"


class Registry:
    """The directory of entries."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def enter(self, entry: Entry) -> None:
        """List a kernel, or list it anew; on a full disk it is not listed."""
        with contextlib.suppress(OSError):
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            text = msgspec.json.encode(entry, enc_hook=str).decode()
            write_private(self._path(entry.connection_file), text)

    def remove(self, connection_file: Path) -> None:
        """Strike a kernel off."""
        with contextlib.suppress(OSError):
            self._path(connection_file).unlink(missing_ok=True)

    def claim(self, entry: Entry) -> bool:
        """Strike a kernel off to take it over; whether it was there, and nobody was faster."""
        path = self._path(entry.connection_file)
        with contextlib.suppress(OSError):
            taken = path.with_name(f".{path.name}.{os.getpid()}")
            path.rename(taken)
            taken.unlink()
            return True
        return False

    def entries(self) -> list[Entry]:
        """Return what is listed; files that hold no entry are deleted."""
        found: list[Entry] = []
        for path in sorted(self._directory.glob("*.json")):
            try:
                with path.open("rb") as file:
                    found.append(_decoded(file.read(LARGEST)))
            except msgspec.DecodeError:
                with contextlib.suppress(OSError):
                    path.unlink()
            except OSError:
                continue  # its window has just ended
        return found

    def judgement(self) -> Judgement:
        """Look at the entries, and clean up after kernels that have ended; return what is left."""
        found = judge(self.entries(), lambda process: process.is_alive)
        for entry in found.ended:
            if self.claim(entry):
                remove_traces(entry.connection_file)
        return Judgement(found.orphans, ())

    def _path(self, connection_file: Path) -> Path:
        return self._directory / connection_file.name


def _decoded(text: bytes) -> Entry:
    return msgspec.json.decode(text, type=Entry, dec_hook=lambda kind, value: kind(value))


def remove_traces(connection_file: Path) -> None:
    """Remove what a kernel that has ended left in the runtime directory."""
    sockets = connection_file.parent.glob(f"{connection_file.stem}-ipc-*")
    for path in (connection_file, *sockets):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
