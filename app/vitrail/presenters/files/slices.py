"""Writing a long file while the window stays alive."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Final

from vitrail.presenters.files.formats import Format, Piece, write_beside
from vitrail.presenters.files.source import ExportSource
from vitrail.presenters.files.writing import WholeFile, not_written
from vitrail.threads import Promise
from vitrail_widgets.qt.yielding import QuickSwitching

BUDGET_S: Final = 0.006
"""How long one turn may work before the loop, and with it Qt, gets its own turn."""


async def write_slowly(
    path: Path, chosen: Format, source: ExportSource, tell: Callable[[int], None]
) -> None:
    """Write a transcript in slices; cancelled, it leaves what was there before.

    Args:
        path: Where to.
        chosen: What kind of file.
        source: What to write.
        tell: Is told how many bytes are written, after each slice.

    Raises:
        UsageError: It cannot be written; says why.
    """
    await in_a_thread(lambda: chosen.prepare(source))
    try:
        with WholeFile(path) as file:
            await in_slices(_written(file, path.parent, chosen.pieces(source)), tell)
            await in_a_thread(file.commit)
    except OSError as error:
        raise not_written(path, error) from error


async def in_slices(steps: Iterator[int], tell: Callable[[int], None]) -> None:
    """Take all steps of some work, some milliseconds at a time; tell the sum of what they say."""
    loop = asyncio.get_running_loop()
    total, until = 0, loop.time() + BUDGET_S
    for step in steps:
        total += step
        if loop.time() >= until:
            tell(total)
            await asyncio.sleep(0)
            until = loop.time() + BUDGET_S
    tell(total)


async def in_a_thread(work: Callable[[], object]) -> None:
    """Do in a thread of its own what waits for the disk, or loads modules; errors are raised."""
    promise: Promise[object] = Promise()
    switching = QuickSwitching()
    promise.future.add_done_callback(lambda _: switching.end())
    Thread(target=promise.fulfil, args=(work,), name="writing a file", daemon=True).start()
    await asyncio.shield(promise.future)


def _written(file: WholeFile, folder: Path, pieces: Iterator[Piece]) -> Iterator[int]:
    """Write piece after piece; yield the size of each in bytes."""
    for piece in pieces:
        if isinstance(piece, str):
            file.write(piece)
            yield len(piece)
        else:
            write_beside(folder, *piece)
            yield len(piece[1])
