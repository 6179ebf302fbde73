"""Files that are there whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from vitrail.protocol.errors import UsageError
from vitrail_resources.translation import tr


class WholeFile:
    """A file that takes its place when all of it is written; until then the old one stays.

    A context manager: left without `commit`, nothing has happened. A link is followed; what is
    no ordinary file (a pipe, a terminal) is written to directly.
    """

    def __init__(self, path: Path) -> None:
        """Prepare to write to `path`; the permissions are the old file's, or the user's usual ones.

        Raises:
            OSError: It cannot be written there.
        """
        self._path = Path(os.path.realpath(path))
        self._scratch: Path | None = None
        mode = _mode_of(self._path)
        if mode is not None and not stat.S_ISREG(mode):
            self._file: BinaryIO = self._path.open("wb")
            return
        self._scratch = self._path.with_name(
            f".{self._path.name[:100]}.{secrets.token_hex(4)}.part"
        )
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(self._scratch, flags, 0o666)  # less what the umask takes
        self._file = os.fdopen(descriptor, "wb")
        if mode is not None:
            with contextlib.suppress(OSError):  # of somebody else, in a shared directory
                os.fchmod(descriptor, stat.S_IMODE(mode))

    def write(self, text: str) -> None:
        """Write text as UTF-8."""
        self._file.write(utf8(text))

    def write_bytes(self, content: bytes) -> None:
        """Write bytes as they are."""
        self._file.write(content)

    def commit(self) -> None:
        """Put the file where it belongs."""
        self._file.flush()
        if self._scratch is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._scratch, self._path)  # noqa: PTH105 - says what it does
            self._scratch = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):  # a full disk is told by the write that failed
            self._file.close()
        if self._scratch is not None:
            self._scratch.unlink(missing_ok=True)


def write_whole(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write a file at once.

    Raises:
        UsageError: It cannot be written; says why.
    """
    try:
        with WholeFile(path) as file:
            for piece in pieces:
                file.write(piece) if isinstance(piece, str) else file.write_bytes(piece)
            file.commit()
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> UsageError:
    """Return what to say when a file cannot be written."""
    return UsageError(
        tr("{path} cannot be written: {reason}", path=path, reason=error.strerror or error)
    )


def utf8(text: str) -> bytes:
    """Encode; lone surrogates, which no UTF-8 has, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except OSError:
        return None
