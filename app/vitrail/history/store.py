"""The history in a thread of its own: whoever adds to it waits for no disk."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from vitrail.history.database import HistoryDatabase, Kept, UnusableError
from vitrail.threads import Promise

T = TypeVar("T")

DEFAULT_LIMIT = 50_000


class HistoryStore:
    """Keeps inputs, and gives them back. Opened when it is first needed.

    Attributes:
        troubled: Is called, once and on the event loop, with a sentence when nothing can be kept,
            or when what was kept could not be read.
    """

    def __init__(self, path: Path, limit: int = DEFAULT_LIMIT) -> None:
        """Prepare.

        Args:
            path: The file.
            limit: Inputs of all languages that are kept; the oldest go first.
        """
        self.troubled: Callable[[str], None] = lambda _sentence: None
        self._path, self._limit = path, limit
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._database: HistoryDatabase | None = None
        self._trouble: str | None = None
        self._is_told = self._is_closed = False

    def set_limit(self, limit: int) -> None:
        """Keep so many inputs from now on."""
        self._limit = limit
        if self._database is not None:
            self._database.limit = limit

    def add(self, kept: Kept) -> None:
        """Add an input; return before it is written."""
        self._send(lambda database: database.add(kept))

    def finish(self, input_id: str, number: int | None, *, failed: bool) -> None:
        """Note what became of an input; return before it is written."""
        self._send(lambda database: database.finish(input_id, number, failed=failed))

    async def read(self, language: str, after_row: int = 0) -> Sequence[Kept]:
        """Return the inputs of a language that came after a row, oldest first; none in trouble."""
        if self._is_closed:
            return ()
        found = await self._promised(
            lambda: self._done(lambda database: database.read(language, after_row))
        )
        self._tell()
        return found or ()

    async def apart(self, work: Callable[[], T]) -> T | None:
        """Do what takes long in the thread, and return what comes of it; None once closed."""
        if self._is_closed:
            return None
        return await self._promised(work)

    async def close(self) -> None:
        """Write what is to be written, and end the thread."""
        if self._is_closed:
            return
        self._is_closed = True
        await self._promised(self._close)
        self._thread.shutdown()

    def _send(self, work: Callable[[HistoryDatabase], None]) -> None:
        if self._is_closed:
            return
        self._promised(lambda: self._done(work)).add_done_callback(lambda _: self._tell())

    def _promised(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Have the thread do something in its turn."""
        promise: Promise[T] = Promise()
        self._thread.submit(promise.fulfil, work)
        return promise.future

    def _tell(self) -> None:
        if self._trouble is not None and not self._is_told:
            self._is_told = True
            self.troubled(self._trouble)

    def _done(self, work: Callable[[HistoryDatabase], T]) -> T | None:
        """Do something with the file, in the thread; None when that is not possible."""
        try:
            if self._database is None:
                if self._trouble is not None:
                    return None
                self._database = HistoryDatabase(self._path, self._limit)
                if self._database.aside is not None:
                    self._trouble = (
                        "The history could not be read and begins anew; the old file is"
                        f" {self._database.aside}."
                    )
            return work(self._database)
        except UnusableError as error:
            self._trouble = str(error)
        except (sqlite3.Error, OSError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or error
            self._trouble = f"What is entered cannot be kept in {self._path}: {reason}."
        return None

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
