"""Keys in files of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from vitrail.kernel.attaching import LONGEST_KEY_BYTES, read_key_file, way_to_existing
from vitrail.options import AttachOptions
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError

PORTS = {f"{name}_port": 1 for name in ("shell", "iopub", "stdin", "hb")}


def told(directory: Path, **fields: Any) -> str:
    path = directory / "kernel-1.json"
    path.write_text(json.dumps(PORTS | fields))
    return str(path)


@pytest.mark.parametrize("content", [b"key", b" key\r\n", b"\n\tkey\n\n"])
def test_key_is_what_the_file_holds_without_white_space(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    assert read_key_file(path) == b"key"


def test_key_need_not_be_text(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(bytes(range(0x80, 0x100)))
    assert read_key_file(path) == bytes(range(0x80, 0x100))


def test_key_of_a_file_takes_the_place_of_the_connection_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("true\n")
    options = AttachOptions(existing=told(tmp_path, key="false"), key_file=tmp_path / "key")
    info = way_to_existing(options)
    assert isinstance(info, ConnectionInfo)
    assert info.key == b"true"
    assert "true" not in repr(info)


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=f"The key file {path} is empty."):
        read_key_file(path)


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none does not exist\.$"):
        read_key_file(tmp_path / "none")
    with pytest.raises(UsageError, match=r"cannot be read: Is a directory\.$"):
        read_key_file(tmp_path)


def test_file_that_is_too_long_for_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"k" * (LONGEST_KEY_BYTES + 1))
    with pytest.raises(UsageError, match="too long"):
        read_key_file(path)
    with pytest.raises(UsageError, match="too long"):
        read_key_file(Path("/dev/zero"))


def test_scheme_that_nobody_looked_at_without_a_key_counts_with_one(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("key")
    existing = told(tmp_path, signature_scheme="hmac-nosuch")
    assert isinstance(way_to_existing(AttachOptions(existing=existing)), ConnectionInfo)
    with pytest.raises(UsageError, match=r"key: hashlib has no such attribute: nosuch\.$"):
        way_to_existing(AttachOptions(existing=existing, key_file=tmp_path / "key"))
