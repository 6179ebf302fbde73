import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from vitrail.presenters.files.writing import WholeFile, write_whole
from vitrail.protocol.errors import UsageError


def test_a_file_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def pieces() -> Iterator[str]:
        yield "new"
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        write_whole(path, pieces())
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_finished_file_takes_the_old_ones_place_and_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, ["né", b"w", "\ud800"])
    assert path.read_bytes() == "néw\ufffd".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_has_the_users_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", ["x"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_whole(tmp_path / "link.txt", ["new"])
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_what_is_no_ordinary_file_is_written_to(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), ["x"])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing/a.txt", "No such file"), (".", "Is a directory"), ("x" * 300, "too long")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError, match=f"cannot be written: .*{reason}"):
        write_whole(tmp_path / name, ["x"])


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with pytest.raises(UsageError, match="No space left"):
        write_whole(Path("/dev/full"), ["x"])


def test_nothing_happens_without_commit(tmp_path: Path) -> None:
    with WholeFile(tmp_path / "a.txt") as file:
        file.write("x")
    assert list(tmp_path.iterdir()) == []
