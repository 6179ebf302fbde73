import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from vitrail.history import database as database_module
from vitrail.history.database import HistoryDatabase, Kept
from vitrail.history.store import HistoryStore
from vitrail.threads import forsake_promises


def kept(number: int) -> Kept:
    return Kept(0, f"i{number}", float(number), "s", "Python 3", "python", f"x = {number}")


@asynccontextmanager
async def store_in(path: Path) -> AsyncIterator[HistoryStore]:
    store = HistoryStore(path / "history.sqlite")
    try:
        yield store
    finally:
        await store.close()


async def test_two_windows_see_each_others_inputs(tmp_path: Path) -> None:
    async with store_in(tmp_path) as one, store_in(tmp_path) as other:
        one.add(kept(1))
        one.finish("i1", 4, failed=True)
        await one.read("python")
        (found,) = await other.read("python")
        assert (found.code, found.number, found.failed) == ("x = 1", 4, True)
        other.add(kept(2))
        await other.read("python")
        assert [each.code for each in await one.read("python", found.row)] == ["x = 2"]


async def test_closing_writes_what_was_added(tmp_path: Path) -> None:
    async with store_in(tmp_path) as store:
        for number in range(20):
            store.add(kept(number))
    with closing(HistoryDatabase(tmp_path / "history.sqlite", 100)) as database:
        assert len(database.read("python")) == 20


async def test_a_closed_store_takes_and_gives_nothing(tmp_path: Path) -> None:
    async with store_in(tmp_path) as store:
        await store.close()
        store.add(kept(1))
        assert await store.read("python") == ()
    assert not (tmp_path / "history.sqlite").exists()


async def test_a_place_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file where a directory should be")
    said: list[str] = []
    async with store_in(tmp_path / "no") as store:
        store.troubled = said.append
        store.add(kept(1))
        store.add(kept(2))
        assert await store.read("python") == ()
    assert len(said) == 1
    assert "cannot be kept" in said[0]


async def test_trouble_is_said_even_if_nobody_reads(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file")
    heard = asyncio.get_running_loop().create_future()
    async with store_in(tmp_path / "no") as store:
        store.troubled = heard.set_result
        store.add(kept(1))
        assert "cannot be kept" in await asyncio.wait_for(heard, 10)


async def test_the_thread_tells_nothing_while_the_program_ends(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file")
    said: list[str] = []
    is_over = threading.Event()
    async with store_in(tmp_path / "no") as store:
        store.troubled = said.append
        waiting = asyncio.ensure_future(store.apart(is_over.wait))
        await asyncio.sleep(0)
        store.add(kept(1))
        forsake_promises()
        is_over.set()
        await store.apart(int)  # comes after the other two
        assert not waiting.done()
        waiting.cancel()
    assert said == []


async def test_a_broken_file_is_said_and_put_aside(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_bytes(b"no database, whatever its name says" * 100)
    said: list[str] = []
    async with store_in(tmp_path) as store:
        store.troubled = said.append
        store.add(kept(1))
        assert [each.code for each in await store.read("python")] == ["x = 1"]
    assert len(said) == 1
    assert "begins anew" in said[0]


async def test_a_file_that_is_locked_for_long_costs_one_input_and_not_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "WAIT_S", 0.01)
    said: list[str] = []
    path = tmp_path / "history.sqlite"
    async with store_in(tmp_path) as store:
        store.troubled = said.append
        store.add(kept(1))
        await store.read("python")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            store.add(kept(2))
            await store.read("python")
            other.execute("ROLLBACK")
        store.add(kept(3))
        assert [each.code for each in await store.read("python")] == ["x = 1", "x = 3"]
    assert "locked" in said[0]
