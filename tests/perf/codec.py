"""Decoding and verifying, ours and jupyter_client's, in turns: python -m perf.codec."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from jupyter_client.session import Session as PeerSession

from vitrail.protocol.messages import Channel
from vitrail.protocol.session import Session

KEY = b"0123456789abcdef0123456789abcdef"
LINE = "12345 some text here\n"
MESSAGES: dict[str, tuple[str, dict[str, Any], int]] = {
    "stream, 1 line": ("stream", {"name": "stdout", "text": LINE}, 3000),
    "stream, 350 kB": ("stream", {"name": "stdout", "text": LINE * 16_600}, 60),
    "status": ("status", {"execution_state": "busy"}, 3000),
    "figure, 60 kB": (
        "display_data",
        {"data": {"image/png": "A" * 60_000}, "metadata": {}, "transient": {}},
        300,
    ),
}
ROUNDS = 9


def measured() -> dict[str, Any]:
    """Return microseconds a message, ours and theirs, best of `ROUNDS`."""
    return {name: compare(kind, content, n) for name, (kind, content, n) in MESSAGES.items()}


def compare(kind: str, content: dict[str, Any], count: int) -> dict[str, float]:
    """Decode `count` different messages with both sessions, in turns."""
    sender = PeerSession(key=KEY)
    parent = {"header": sender.msg_header("execute_request")}
    frames = [
        sender.serialize(sender.msg(kind, content=content, parent=parent), ident=b"topic")
        for _ in range(count)
    ]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        session, peer = Session(now=lambda: datetime.now(UTC), key=KEY), PeerSession(key=KEY)
        ours.append(timed(frames, partial(session.decode, Channel.IOPUB)))
        theirs.append(timed(frames, partial(decode_by_peer, peer)))
    return {"vitrail_us": min(ours), "jupyter_client_us": min(theirs)}


def decode_by_peer(peer: PeerSession, frames: list[bytes]) -> object:
    """Do what jupyter_client's clients do with each message."""
    return peer.deserialize(peer.feed_identities(frames)[1])


def timed(frames: list[list[bytes]], decode: Callable[[list[bytes]], object]) -> float:
    """Return the microseconds that one message takes."""
    began = time.perf_counter()
    for each in frames:
        decode(each)
    return 1e6 * (time.perf_counter() - began) / len(frames)


if __name__ == "__main__":
    print("PERF", json.dumps(measured()))
    sys.exit(0)
