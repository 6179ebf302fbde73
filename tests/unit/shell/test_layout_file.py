"""Where windows stood: the file, and where they may stand again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from vitrail.shell.layout_file import GRIP, MOST_SETS, Layout, LayoutFile, placed, set_name

LAPTOP = QRect(0, 0, 1920, 1080)
BESIDE = QRect(1920, -200, 2560, 1440)
HERE = Layout(rect=(10, 20, 900, 600), docks=("view.variables",), dock_state="AAAA")

near = st.integers(-6000, 6000)
sizes = st.integers(1, 5000)
rects = st.builds(QRect, near, near, sizes, sizes)
screens = st.lists(
    st.builds(QRect, near, near, st.integers(640, 5000), st.integers(480, 3000)),
    min_size=1,
    max_size=4,
)


@given(rects, screens)
def test_window_can_be_reached_wherever_it_was(wanted: QRect, available: list[QRect]) -> None:
    found = placed(wanted, available)
    edge = QRect(found.x(), found.y(), found.width(), GRIP.height())
    seen = [edge.intersected(screen) for screen in available]
    assert any(part.width() >= GRIP.width() for part in seen)
    assert placed(found, available) == found


@given(rects, screens)
def test_window_that_is_moved_fits_the_screen_it_comes_to(
    wanted: QRect, available: list[QRect]
) -> None:
    found = placed(wanted, available)
    assert found == wanted or any(screen.contains(found) for screen in available)


def test_window_stays_where_it_was_also_across_two_screens() -> None:
    across = QRect(1800, 100, 900, 600)
    assert placed(across, [LAPTOP, BESIDE]) == across


def test_window_comes_from_a_screen_that_is_gone_to_the_one_that_is_left() -> None:
    assert placed(QRect(2500, 0, 900, 600), [LAPTOP]) == QRect(1020, 0, 900, 600)


def test_without_a_screen_nothing_is_moved() -> None:
    assert placed(QRect(5, 5, 300, 300), []) == QRect(5, 5, 300, 300)


def test_set_of_screens_is_the_same_in_any_order() -> None:
    both = [("eDP-1", LAPTOP), ("HDMI-1", BESIDE)]
    assert set_name(both) == set_name(reversed(both)) != set_name(both[:1])


def test_each_set_of_screens_has_its_own_layout(tmp_path: Path) -> None:
    file = LayoutFile(tmp_path / "state" / "layout.json")
    there = Layout(rect=(1, 2, 333, 444))
    file.keep("laptop", HERE)
    file.keep("desk", there)
    assert file.read("laptop") == (HERE, True)
    assert file.read("desk") == (there, True)


def test_unknown_set_gets_what_was_used_last(tmp_path: Path) -> None:
    file = LayoutFile(tmp_path / "layout.json")
    assert file.read("any") == (None, False)
    file.keep("laptop", Layout(rect=(1, 2, 333, 444)))
    file.keep("desk", HERE)
    assert file.read("beamer") == (HERE, False)


def test_file_is_private_and_so_is_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "state" / "layout.json"
    LayoutFile(path).keep("laptop", HERE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_sets_that_were_not_seen_for_long_are_forgotten(tmp_path: Path) -> None:
    file = LayoutFile(tmp_path / "layout.json")
    for number in range(MOST_SETS + 3):
        file.keep(f"set {number}", HERE)
    assert not file.read("set 0")[1]
    assert file.read(f"set {MOST_SETS + 2}")[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"version": 2, "sets": {}}',
        b'{"version": 1, "sets": {"a": {"rect": [1, 2, 3]}}}',
        b'{"version": 1, "sets": {"a": {"rect": [1, 2, 3, 1e99]}}}',
        b'{"version": 1, "sets": {"a": {"rect": [1, 2, 3, 4], "state": "hidden"}}}',
        b"[" * 100_000,
        b" " * 300_000 + b"{}",
    ],
    ids=str,
)
def test_broken_file_counts_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "layout.json"
    path.write_bytes(content)
    file = LayoutFile(path)
    assert file.read("a") == (None, False)
    file.keep("a", HERE)
    assert file.read("a") == (HERE, True)
    assert json.loads(path.read_text())["version"] == 1


def test_file_that_cannot_be_written_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the directory should be")
    LayoutFile(tmp_path / "state" / "layout.json").keep("a", HERE)
    assert (tmp_path / "state").is_file()
