"""Files that only this user can read, for programs that are given them; gone at the end."""

import os
import shutil
import tempfile
import weakref
from pathlib import Path


class PrivateFiles:
    """A folder of the user's alone (0700) that is made when it is needed."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0

    def new(self, suffix: str) -> str:
        """Return the path of an empty file (0600) with a name of its own; OSError."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="vitrail-"))
            # Also when the program ends, in whatever way Python hears of.
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._count += 1
        path = self._folder / f"output-{self._count}{suffix}"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return str(path)

    def remove(self) -> None:
        """Remove all of them."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
