"""The kernels that were chosen last, in a file of our own: the next start knows them."""

import contextlib
import logging
from pathlib import Path
from typing import Final

import msgspec

from vitrail.protocol.private_file import write_private
from vitrail.threads import in_thread
from vitrail_widgets.keys.choices import Recent

_LOG: Final = logging.getLogger("vitrail.shell")

MOST: Final = 20
"""More than are shown: of those that ran, most will have ended."""

LARGEST_BYTES: Final = 65_536
"""A larger file was not written by us, and is not read."""


class RecentKernels:
    """Remembers by their lasting ids which kernels were chosen; ids name files, and hold no key.

    Attributes:
        recent: Those of this and of former starts, once `load` is done.
    """

    def __init__(self, file: Path | None) -> None:
        """Remember none yet.

        Args:
            file: Where they are kept; None to forget them with the program.
        """
        self._file = file
        self._is_loaded = file is None
        self.recent = Recent(limit=MOST)

    async def load(self) -> None:
        """Read the file, once."""
        if self._file is None or self._is_loaded:
            return
        file = self._file
        ids = await in_thread(lambda: read(file))
        self._is_loaded = True
        self.recent = Recent(dict.fromkeys([*self.recent.ids, *ids]), MOST)

    async def note(self, lasting_id: str) -> None:
        """Remember that a kernel was chosen; other windows may have written meanwhile."""
        self.recent.note(lasting_id)
        if self._file is not None:
            file = self._file
            await in_thread(lambda: _note(file, lasting_id))


def read(file: Path) -> list[str]:
    """Return what is kept in a file; nothing where there is none, or it cannot be used."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        with file.open("rb") as opened:
            text = opened.read(LARGEST_BYTES + 1)
        if len(text) <= LARGEST_BYTES:
            return msgspec.json.decode(text, type=list[str])[:MOST]
    return []


def _note(file: Path, lasting_id: str) -> None:
    kept = Recent(read(file), MOST)
    kept.note(lasting_id)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, msgspec.json.encode(kept.ids).decode())
    except OSError as error:
        _LOG.info("recent kernels are not kept: %s", error)
