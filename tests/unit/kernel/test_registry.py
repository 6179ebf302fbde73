"""The list of kernels on disk, and what it means."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vitrail.kernel.process_identity import ProcessIdentity
from vitrail.kernel.registry import Entry, Registry, judge

WINDOW, OTHER, KERNEL = (ProcessIdentity(pid, "boot 1") for pid in (1, 2, 3))


def entry(name: str = "kernel-1.json", **fields: object) -> Entry:
    known: dict[str, object] = {
        "connection_file": Path("/run") / name,
        "kernel": KERNEL,
        "owner": WINDOW,
        "launched_as": "python3",
        "display_name": "Python 3",
        "directory": Path("/home"),
        "launched": 1.0,
        "pipe": 7,
    }
    return Entry(**{**known, **fields})  # type: ignore[arg-type] # the fields of an Entry


@pytest.mark.parametrize(
    ("living", "orphans", "ended"),
    [
        ({WINDOW, KERNEL}, 0, 0),
        ({WINDOW}, 0, 0),  # its window knows, and cleans up
        ({KERNEL}, 1, 0),
        (set[ProcessIdentity](), 0, 1),
    ],
)
def test_a_kernel_is_an_orphan_when_it_lives_and_its_window_does_not(
    living: set[ProcessIdentity], orphans: int, ended: int
) -> None:
    found = judge([entry()], living.__contains__)
    assert (len(found.orphans), len(found.ended)) == (orphans, ended)


def test_the_newest_orphan_is_first() -> None:
    entries = [entry(f"kernel-{n}.json", launched=float(n)) for n in (1, 3, 2)]
    found = judge(entries, {KERNEL}.__contains__)
    assert [each.launched for each in found.orphans] == [3, 2, 1]


def test_what_is_listed_is_read_again(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "kernels")
    assert registry.entries() == []
    for each in (entry(), entry("kernel-2.json"), entry(launched=9.0)):
        registry.enter(each)
    assert registry.entries() == [entry(launched=9.0), entry("kernel-2.json")]
    registry.remove(Path("/run/kernel-1.json"))
    assert registry.entries() == [entry("kernel-2.json")]


def test_a_kernel_can_be_claimed_once(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    registry.enter(entry())
    assert [registry.claim(entry()) for _ in range(2)] == [True, False]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kernel": 1}'])
def test_what_is_no_entry_is_swept_away(tmp_path: Path, text: str) -> None:
    (tmp_path / "kernel-1.json").write_text(text)
    assert Registry(tmp_path).entries() == []
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "kernels").write_text("a file")
    registry = Registry(tmp_path / "kernels")
    registry.enter(entry())
    assert not registry.claim(entry())
    registry.remove(entry().connection_file)


def test_a_process_is_told_from_its_successor() -> None:
    identity = ProcessIdentity.of(os.getpid())
    assert identity.is_alive
    assert not ProcessIdentity(os.getpid(), f"{identity.began}0").is_alive


def test_a_process_that_has_ended_is_not_alive_even_as_a_zombie() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        identity = ProcessIdentity.of(child.pid)
        seen = [identity.is_alive]
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        seen.append(identity.is_alive)
    assert [*seen, identity.is_alive] == [True, False, False]
