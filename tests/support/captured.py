"""Recorded sessions of real kernels: see tests/data/captured/README.md for the format."""

import gzip
import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from vitrail.protocol.connection import ConnectionInfo, parse_connection
from vitrail.protocol.dialect import IPYTHON_0_13, V4, V5, Dialect
from vitrail.protocol.messages import Channel

_DIALECTS = {"v5": V5, "v4": V4, "v4-013": IPYTHON_0_13}
_KEYLESS = {f"{name}_port": 1 for name in ("shell", "iopub", "stdin", "hb", "control")}
_FOLDER = Path(__file__).parent.parent / "data" / "captured"


class CapturedFrames(NamedTuple):
    """One multipart message; direction "in" is from the kernel to the client."""

    channel: Channel
    frames: list[bytes]
    direction: Literal["in", "out"]
    client: str


@dataclass(frozen=True)
class Captured:
    """One recorded session; iterating gives its messages in order, without the marks.

    Attributes:
        entries: Every line but the first, as recorded (base64 frames, marks, times).
    """

    name: str
    meta: dict[str, Any]
    connection: ConnectionInfo
    entries: tuple[dict[str, Any], ...]

    @property
    def dialect(self) -> Dialect:
        """What the kernel speaks."""
        return _DIALECTS[self.meta["flavour"]]

    def __iter__(self) -> Iterator[CapturedFrames]:
        for entry in self.entries:
            if "frames" in entry:
                yield _frames(entry)


def captured(name: str) -> Captured:
    """Open a session by the name of its file, without the suffix."""
    first, *rest = (json.loads(line) for line in _read(name).splitlines())
    meta: dict[str, Any] = first["meta"]
    return Captured(
        name=name,
        meta=meta,
        connection=parse_connection(json.dumps(meta.get("connection", _KEYLESS))),
        entries=tuple(rest),
    )


def captured_names() -> list[str]:
    """List all sessions."""
    return sorted(path.name.split(".jsonl")[0] for path in _FOLDER.glob("*.jsonl*"))


def _frames(entry: dict[str, Any]) -> CapturedFrames:
    return CapturedFrames(
        channel=Channel(entry["ch"]),
        frames=[b64decode(frame) for frame in entry["frames"]],
        direction=entry["dir"],
        client=entry["client"],
    )


@cache
def _read(name: str) -> str:
    packed = _FOLDER / f"{name}.jsonl.gz"
    if packed.exists():
        return gzip.decompress(packed.read_bytes()).decode()
    return (_FOLDER / f"{name}.jsonl").read_text("utf-8")
