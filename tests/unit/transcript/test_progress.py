"""What real progress displays write is shown as they mean it."""

import io
import re

import pytest
from rich.console import Console
from rich.live import Live
from rich.progress import Progress
from tqdm import tqdm

from vitrail_widgets.transcript.terminal_text import TerminalText


@pytest.fixture(autouse=True)
def _without_monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # no thread


class Written(io.StringIO):
    """A stream that feeds each write as a kernel would send it."""

    def __init__(self) -> None:
        super().__init__()
        self.terminal = TerminalText()

    def write(self, text: str) -> int:
        self.terminal.feed(text)
        return len(text)

    @property
    def lines(self) -> list[str]:
        return [line.text.rstrip() for line in self.terminal.buffer]


def bar(written: Written, name: str, total: int, **options: object) -> "tqdm[int]":
    return tqdm(range(total), desc=name, file=written, ncols=50, mininterval=0, **options)


def test_nested_bars_stand_below_each_other() -> None:
    written = Written()
    for _ in bar(written, "outer", 3):
        for _ in bar(written, "inner", 4, leave=False):
            names = [line.split(":")[0] for line in written.lines]
            assert names in (["outer", "inner"], ["outer"])
    assert [line.split(":")[0] for line in written.lines if line] == ["outer"]
    assert "100%" in written.lines[0]
    assert "3/3" in written.lines[0]


def test_bars_that_stay_keep_their_lines() -> None:
    written = Written()
    bars = [bar(written, f"bar {number}", 5, position=number) for number in range(3)]
    for _ in range(5):
        for one in reversed(bars):
            one.update()
    for one in bars:
        one.close()
    shown = [line for line in written.lines if line]
    assert [line.split(":")[0] for line in shown] == ["bar 0", "bar 1", "bar 2"]
    assert all("5/5" in line for line in shown)


def test_a_message_beside_a_bar_stands_above_it() -> None:
    written = Written()
    with bar(written, "work", 2) as one:
        one.update()
        one.write("a message", file=written)
        one.update()
    assert written.lines[0] == "a message"
    assert [line.split(":")[0] for line in written.lines[1:] if line] == ["work"]


@pytest.mark.parametrize("transient", [False, True])
def test_several_tasks_of_rich_are_redrawn_in_place(transient: bool) -> None:
    written = Written()
    console = Console(file=written, force_terminal=True, width=70, legacy_windows=False)
    with Progress(console=console, auto_refresh=False, transient=transient) as progress:
        tasks = [progress.add_task(name, total=4) for name in ("load", "fit")]
        for step in range(4):
            for task in tasks:
                progress.advance(task)
                progress.refresh()
            assert len([line for line in written.lines if line]) == 2 + bool(step)
            if step == 0:
                console.print("said between")
    shown = [line for line in written.lines if line]
    assert shown[0] == "said between"
    left = [re.sub(r"\s+", " ", line).split(" ")[0] for line in shown[1:]]
    assert left == ([] if transient else ["load", "fit"])


def test_a_live_table_that_shrinks_leaves_nothing_behind() -> None:
    written = Written()
    console = Console(file=written, force_terminal=True, width=40, legacy_windows=False)
    with Live("one\ntwo\nthree", console=console, auto_refresh=False) as live:
        live.refresh()
        live.update("alone", refresh=True)
    assert [line for line in written.lines if line] == ["alone"]


def test_a_screen_that_is_drawn_again_from_its_top_stays_one_screen() -> None:
    terminal = TerminalText()
    for number in range(3):
        terminal.feed(f"\x1b[H\x1b[2Jcount {number}\nof a watch\n\x1b[10;5Hstatus")
    lines = [line.text for line in terminal.buffer]
    assert lines == ["count 2", "of a watch", *[""] * 7, "    status"]


def test_a_bar_that_is_renamed_in_another_script_leaves_nothing_of_its_old_name() -> None:
    written = Written()
    shown = bar(written, "processing", 3)
    shown.update()
    shown.set_description("处理")
    shown.set_description("✅")
    shown.close()
    assert written.lines[0].startswith("✅:")
    assert written.lines[0].endswith("]")
    assert written.lines[0].count("it/s]") == 1
