"""Searching a million lines in the find bar: python -m perf.finding (PYTHONPATH=tests).

Types each query into the bar of a real view, and measures from the last key to the count, with the
longest time that the event loop was kept from its turn. Bound: 200 ms in all for what is typed as
it is, no pause over 16 ms whatever it is.
"""

import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from support.console import Console
from vitrail_widgets.console.find.bar import FindBar

LINES = 1_000_000
QUERIES = (
    ("some", ""),
    ("999999", ""),
    ("nowhere", ""),
    ("Some", "case"),
    ("some", "word"),
    (r"\d5 some", "regex"),
    (r"^99\d* s", "regex"),
    (r"(t|tt)+$", "regex"),
)


class Pauses:
    """Notes how long the loop's turns take."""

    def __init__(self) -> None:
        self.worst_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst_ms = max(self.worst_ms, 1e3 * (now - self._last))
        self._last = now

    def stop(self) -> float:
        """Return the longest turn in milliseconds."""
        self._timer.stop()
        return self.worst_ms


def set_switches(bar: FindBar, name: str) -> None:
    """Turn one switch on, the others off; the field is empty meanwhile."""
    bar.field.clear()
    for switch, own in ((bar.case, "case"), (bar.word, "word"), (bar.regex, "regex")):
        switch.setChecked(own == name)


def measured(console: Console, text: str, switch: str) -> tuple[float, float, str]:
    """Search once; return milliseconds to the count, the longest pause, and the count."""
    finder, loop = console.view.finder, QEventLoop()
    set_switches(finder.bar, switch)
    pauses = Pauses()
    finder.bar.field.setText(text)
    began = time.perf_counter()
    while not finder.index.is_done:
        loop.processEvents()
    took_ms = 1e3 * (time.perf_counter() - began)
    while finder.is_searching:  # the marks beside the scroll bar
        loop.processEvents()
    return took_ms, pauses.stop(), finder.bar.report


def main() -> int:
    """Print a table."""
    application = QApplication([])
    console = Console()
    console.view.show()
    console.cell("a")
    console.stream("a", "".join(f"{number} some text here\n" for number in range(LINES)))
    console.view.finder.open()
    print("| query | to the count | longest pause | said |\n| --- | ---: | ---: | --- |")
    for text, switch in QUERIES:
        took_ms, pause_ms, said = min(measured(console, text, switch) for _ in range(3))
        shown = text.replace("|", "\\|")
        name = f"`{shown}`{f' ({switch})' if switch else ''}"
        print(f"| {name} | {took_ms:.0f} ms | {pause_ms:.1f} ms | {said} |")
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
