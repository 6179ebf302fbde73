import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from vitrail.history import database as module
from vitrail.history.database import HistoryDatabase, Kept, UnusableError


def kept(number: int, code: str = "", language: str = "python", session: str = "s") -> Kept:
    name = f"{session}{number}"
    return Kept(0, name, float(number), session, "Python 3", language, code or f"x = {number}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[HistoryDatabase]:
    with closing(HistoryDatabase(path, 1000)) as opened:
        yield opened


def codes(database: HistoryDatabase, language: str = "python") -> list[str]:
    return [each.code for each in database.read(language)]


def test_what_was_added_is_there_after_it_was_opened_again(path: Path) -> None:
    with closing(HistoryDatabase(path, 10)) as first:
        first.add(kept(1, "if x:\n    'é👩'"))
        first.finish("s1", 7, failed=True)
    with closing(HistoryDatabase(path, 10)) as second:
        (entry,) = second.read("python")
    assert entry == kept(1, "if x:\n    'é👩'")._replace(row=1, number=7, failed=True)


def test_each_language_has_its_own(database: HistoryDatabase) -> None:
    database.add(kept(1, "ls", "bash"))
    database.add(kept(2, "dir()"))
    assert codes(database) == ["dir()"]
    assert codes(database, "bash") == ["ls"]


def test_what_came_after_a_row_is_read_alone(database: HistoryDatabase) -> None:
    database.add(kept(1))
    row = database.read("python")[-1].row
    database.add(kept(2))
    assert [each.code for each in database.read("python", row)] == ["x = 2"]


def test_inputs_come_in_the_order_of_their_times(database: HistoryDatabase) -> None:
    for number in (2, 1, 3):
        database.add(kept(number))
    assert codes(database) == ["x = 1", "x = 2", "x = 3"]


def test_the_oldest_go_when_there_are_too_many(path: Path) -> None:
    with closing(HistoryDatabase(path, 5)) as database:
        for number in range(3 * module.TRIM_EVERY):
            database.add(kept(number))
            database.finish(f"s{number}", number, failed=False)
        database.trim()
        assert codes(database) == [f"x = {number}" for number in range(295, 300)]
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("SELECT count(*) FROM outcome").fetchone() == (5,)


def test_long_inputs_push_out_the_old_ones(
    database: HistoryDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL", 250)
    for number in range(4):
        database.add(kept(number, f"{number}" * 100))
    database.trim()
    assert [code[0] for code in codes(database)] == ["2", "3"]


def test_an_input_of_more_than_a_million_characters_is_not_kept(
    database: HistoryDatabase,
) -> None:
    database.add(kept(1, "x" * (module.MAX_INPUT + 1)))
    assert codes(database) == []


def test_the_outcome_of_what_is_not_kept_is_not_kept_either(
    database: HistoryDatabase, path: Path
) -> None:
    database.finish("unknown", 1, failed=False)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM outcome").fetchone() == (0,)


def test_the_file_is_for_its_user_alone(database: HistoryDatabase, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_no_database_is_put_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 100)
    with closing(HistoryDatabase(path, 10)) as database:
        database.add(kept(1))
        assert codes(database) == ["x = 1"]
        assert database.aside is not None
        assert database.aside.read_bytes().startswith(b"not a database")


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    with closing(HistoryDatabase(path, 10)) as database:
        database.add(kept(1))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {module.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(UnusableError, match="later Vitrail"):
        HistoryDatabase(path, 10)
    assert path.read_bytes() == before


WRITER = """
import os, sys
from pathlib import Path
from vitrail.history.database import HistoryDatabase, Kept
path, session, count, end = sys.argv[1:]
database = HistoryDatabase(Path(path), 10_000)
for number in range(int(count)):
    name = f"{session}{number}"
    database.add(Kept(0, name, float(number), session, "Python 3", "python", name))
if end == "die":
    database._connection.execute("BEGIN IMMEDIATE")
    database.add(Kept(0, "last", 99.0, session, "Python 3", "python", "last"))
    os._exit(3)
database.close()
"""


def writer(path: Path, session: str, count: int, end: str = "close") -> "subprocess.Popen[bytes]":
    arguments = (str(path), session, str(count), end)
    return subprocess.Popen([sys.executable, "-c", WRITER, *arguments])


def test_several_processes_write_at_once_and_nothing_is_lost(path: Path) -> None:
    writers = [writer(path, name, 50) for name in "abc"]
    assert [each.wait() for each in writers] == [0, 0, 0]
    with closing(HistoryDatabase(path, 10_000)) as database:
        found = codes(database)
    assert sorted(found) == sorted(f"{name}{number}" for name in "abc" for number in range(50))


def test_a_process_that_dies_while_it_writes_leaves_what_was_written(path: Path) -> None:
    assert writer(path, "a", 1, "die").wait() == 3
    with closing(HistoryDatabase(path, 10)) as database:
        assert codes(database) == ["a0"]
        database.add(kept(3))
        assert codes(database) == ["a0", "x = 3"]
