"""Searching the history in the popup: python -m perf.history (PYTHONPATH=tests).

Types queries into the popup over fifty thousand inputs, and measures how long each key keeps the
event loop, the longest pause until all is found, and how long it takes to be found. Bound: no key
and no pause over 16 ms. Then the start of a session: reading, merging, and handing over.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perf.finding import Pauses
from support.console import Console
from vitrail.history.database import HistoryDatabase, Kept
from vitrail.history.store import HistoryStore
from vitrail.presenters.history import _pasts, _prepared
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.finder import HistoryFinder

INPUTS = 50_000
QUERIES = ("read_csv", "frame 4999", "prntfrm", "nowhere at all", "zqxjk")


def code_of(number: int) -> str:
    """Return an input like those that people enter, of one to ten lines."""
    head = f"frame_{number} = pd.read_csv('measured/{number}.csv', sep=';')"
    return "\n".join(
        [head, *(f"print(frame_{number}.column_{n}.mean())" for n in range(number % 10))]
    )


def finish(finder: HistoryFinder, loop: QEventLoop) -> None:
    """Let a search come to its end."""
    while not finder.search.is_done:
        loop.processEvents()


def type_query(console: Console, text: str) -> tuple[float, float, float, str]:
    """Type a query; return the slowest key, the longest pause, the time to the end, the report."""
    finder, loop = console.view.history, QEventLoop()
    finder.popup.field.clear()
    finish(finder, loop)
    pauses, slowest = Pauses(), 0.0
    for letter in text:
        began = time.perf_counter()
        QTest.keyClicks(finder.popup.field, letter)
        slowest = max(slowest, 1e3 * (time.perf_counter() - began))
        loop.processEvents()
    began = time.perf_counter()
    finish(finder, loop)
    took_ms = 1e3 * (time.perf_counter() - began)
    return slowest, pauses.stop(), took_ms, finder.popup.report


async def start(path: Path) -> tuple[float, float, float]:
    """Read and prepare in the thread; return both times, and the loop's longest pause, in ms."""
    store = HistoryStore(path)
    pauses: list[float] = []

    async def watch() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            pauses.append(now - last)
            last = now

    watching = asyncio.get_running_loop().create_task(watch())
    began = time.perf_counter()
    kept = await store.read("python")
    read_ms = 1e3 * (time.perf_counter() - began)
    began = time.perf_counter()
    pauses.clear()
    ours, _ = await store.apart(lambda: _pasts(kept, frozenset())) or ([], 0)
    await store.apart(lambda: _prepared(ours, ()))
    prepared_ms = 1e3 * (time.perf_counter() - began)
    watching.cancel()
    await store.close()
    return read_ms, prepared_ms, 1e3 * max(pauses)


def main() -> int:
    """Print tables."""
    application = QApplication([])
    console = Console()
    console.view.show()
    codes = [code_of(number) for number in range(INPUTS)]
    search = console.view.history.search
    search.load(PastInput(code, "s", at, float(at)) for at, code in enumerate(codes))
    console.view.input.setFocus()
    began = time.perf_counter()
    QTest.keyClick(console.view.input, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    print(f"opened in {1e3 * (time.perf_counter() - began):.1f} ms\n")
    print("| query | slowest key | longest pause | all found after | said |")
    print("| --- | ---: | ---: | ---: | --- |")
    for text in QUERIES:
        key_ms, pause_ms, took_ms, said = min(type_query(console, text) for _ in range(3))
        print(f"| `{text}` | {key_ms:.1f} ms | {pause_ms:.1f} ms | {took_ms:.0f} ms | {said} |")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "history.sqlite"
        database = HistoryDatabase(path, INPUTS)
        database._connection.execute("BEGIN")
        for at, code in enumerate(codes):
            kept = Kept(0, f"i{at}", float(at), f"s{at // 100}", "Python 3", "python", code)
            database._added = 1  # no trimming within our transaction
            database.add(kept)
        database._connection.execute("COMMIT")
        database.close()
        read_ms, prepared_ms, pause_ms = asyncio.run(start(path))
    print(
        f"\nread {read_ms:.0f} ms, merged {prepared_ms:.0f} ms beside the loop: {pause_ms:.1f} ms"
    )
    began = time.perf_counter()
    console.view.input.history.load(codes[-20_000:])
    print(f"handed to Up and Down in {1e3 * (time.perf_counter() - began):.1f} ms")
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
