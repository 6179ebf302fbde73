"""The file in which inputs are kept: an SQLite database that several windows write to."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import platformdirs

VERSION: Final = 1
"""Of the tables. A file of a later one is not understood, and left alone."""

MAX_INPUT: Final = 1_000_000
"""Characters; a longer input is not kept."""

MAX_TOTAL: Final = 64_000_000
"""Characters in all; the oldest inputs go first."""

WAIT_S: Final = 5.0
TRIM_EVERY: Final = 100

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS input (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    time_s REAL NOT NULL,
    session TEXT NOT NULL,
    kernel TEXT NOT NULL,
    language TEXT NOT NULL,
    code TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outcome (
    id TEXT PRIMARY KEY,
    number INTEGER,
    failed INTEGER NOT NULL
);
"""
_READ: Final = """
SELECT * FROM (
    SELECT input.row AS row, input.id, time_s, session, kernel, language, code, number, failed
    FROM input LEFT JOIN outcome USING (id)
    WHERE row > ? AND language = ? ORDER BY row DESC LIMIT ?
) ORDER BY time_s, row
"""
_TOO_OLD: Final = """
SELECT max(row) FROM (
    SELECT row, row_number() OVER newest AS place, sum(length(code)) OVER newest AS total
    FROM input WINDOW newest AS (ORDER BY row DESC)
) WHERE place > ? OR total > ?
"""


class Kept(NamedTuple):
    """An input as it is kept.

    Attributes:
        row: Its place in the file, growing; 0 before it is there.
        time_s: When it was submitted, in seconds since the epoch.
        session: One life of a kernel.
        kernel: What the kernel is called.
        language: What it speaks, as it says itself, in lower case.
        number: Of its prompt; None while it has not run.
        failed: Whether it ended in an error.
    """

    row: int
    id: str
    time_s: float
    session: str
    kernel: str
    language: str
    code: str
    number: int | None = None
    failed: bool = False


class UnusableError(Exception):
    """Nothing can be kept; the sentence says why."""


def history_path() -> Path:
    """Return where the inputs of this user are kept."""
    return platformdirs.user_state_path("vitrail", appauthor=False) / "history.sqlite"


class HistoryDatabase:
    """The open file. One thread works with it; other processes may have it open, too.

    Inputs are added and, when there are too many, the oldest are deleted; none is ever changed.
    What became of an input is a row of its own. Each addition is a transaction: after a crash, or
    when power fails, it is there or it is not.
    """

    def __init__(self, path: Path, limit: int) -> None:
        """Open the file; make it, for nobody but the user, when there is none.

        Args:
            path: A file that is no database is put aside under another name.
            limit: Inputs that are kept.

        Raises:
            UnusableError: Another version wrote it.
            OSError: It cannot be made.
            sqlite3.Error: It cannot be read or written.
        """
        self.limit = limit
        self.aside: Path | None = None
        self._added = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError:
            raise  # locked, full, not permitted: it is no worse for that
        except sqlite3.DatabaseError:
            self.aside = _put_aside(path)
            self._connection = _opened(path)

    def add(self, kept: Kept) -> None:
        """Add an input, unless it is there already or far too long."""
        if len(kept.code) > MAX_INPUT:
            return
        self._connection.execute(
            "INSERT OR IGNORE INTO input (id, time_s, session, kernel, language, code)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            kept[1:7],
        )
        self._added += 1
        if self._added % TRIM_EVERY == 1:
            self.trim()

    def finish(self, input_id: str, number: int | None, *, failed: bool) -> None:
        """Note what became of an input."""
        self._connection.execute(
            "INSERT OR REPLACE INTO outcome (id, number, failed)"
            " SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM input WHERE id = ?)",
            (input_id, number, int(failed), input_id),
        )

    def read(self, language: str, after_row: int = 0) -> Sequence[Kept]:
        """Return the inputs of a language that came after a row, oldest first."""
        rows = self._connection.execute(_READ, (after_row, language, self.limit))
        return [Kept._make((*row[:8], bool(row[8]))) for row in rows]

    def trim(self) -> None:
        """Delete the oldest inputs when there are more than the limit."""
        (row,) = self._connection.execute(_TOO_OLD, (self.limit, MAX_TOTAL)).fetchone()
        if row is None:
            return
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "DELETE FROM outcome WHERE id IN (SELECT id FROM input WHERE row <= ?)", (row,)
            )
            self._connection.execute("DELETE FROM input WHERE row <= ?", (row,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise UnusableError(
                f"{path.name} was written by a later Vitrail. It is left as it is, and what is"
                " entered is not kept."
            )
        if version < VERSION:
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = 1; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


def _put_aside(path: Path) -> Path:
    """Give a file that is no database another name, so that nothing in it is lost."""
    number = 1
    while (aside := path.with_suffix(f".broken{number}")).exists():
        number += 1
    path.rename(aside)
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-journal").unlink()
    return aside
