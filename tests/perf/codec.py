"""Decoding and verifying, ours and jupyter_client's, in turns: python -m perf.codec.

And what the message log adds to ours: pairs of runs over messages that are freed when nobody keeps
them, as they come from a socket; the median of the pairs.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

from jupyter_client.session import Session as PeerSession

from vitrail.protocol.message_log import MessageLog
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
PAIRS = 41
TURN = 300
"""Messages that the loop receives before it has its turn, in a flood."""


def measured() -> dict[str, Any]:
    """Return microseconds a message, ours and theirs, best of `ROUNDS`, and the log's part."""
    found = {name: compare(kind, content, n) for name, (kind, content, n) in MESSAGES.items()}
    first = next(iter(MESSAGES))
    found[first]["log_percent"] = log_percent(*MESSAGES[first])
    return found


def compare(kind: str, content: dict[str, Any], count: int) -> dict[str, float]:
    """Decode `count` different messages with both sessions, in turns."""
    frames = new_frames(kind, content, count)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        session, peer = Session(now=lambda: datetime.now(UTC), key=KEY), PeerSession(key=KEY)
        ours.append(timed(frames, partial(session.decode, Channel.IOPUB)))
        theirs.append(timed(frames, partial(decode_by_peer, peer)))
    return {"vitrail_us": min(ours), "jupyter_client_us": min(theirs)}


def new_frames(kind: str, content: dict[str, Any], count: int) -> list[list[bytes]]:
    """Return different messages as a kernel sends them."""
    sender = PeerSession(key=KEY)
    parent = {"header": sender.msg_header("execute_request")}
    return [
        sender.serialize(sender.msg(kind, content=content, parent=parent), ident=b"topic")
        for _ in range(count)
    ]


def log_percent(kind: str, content: dict[str, Any], count: int) -> float:
    """Return by how much decoding takes longer with the message log."""
    ratios = []
    for pair in range(PAIRS):
        runs = (decoded, decoded_and_kept) if pair % 2 else (decoded_and_kept, decoded)
        times = {run: run(new_frames(kind, content, count)) for run in runs}
        ratios.append(times[decoded_and_kept] / times[decoded])
    return 100 * (median(ratios) - 1)


def decoded(frames: list[list[bytes]]) -> float:
    """Return how long it takes to decode messages."""
    decode, channel = Session(now=lambda: datetime.now(UTC), key=KEY).decode, Channel.IOPUB
    turns = [frames[i : i + TURN] for i in range(0, len(frames), TURN)]
    frames.clear()
    began = time.perf_counter()
    for turn in turns:
        while turn:
            decode(channel, turn.pop())
    return time.perf_counter() - began


def decoded_and_kept(frames: list[list[bytes]]) -> float:
    """Return the same with the latest ones kept."""
    decode, channel = Session(now=lambda: datetime.now(UTC), key=KEY).decode, Channel.IOPUB
    turns = [frames[i : i + TURN] for i in range(0, len(frames), TURN)]
    frames.clear()
    log = MessageLog([KEY])
    keep = log.taker(channel)
    began = time.perf_counter()
    for turn in turns:
        while turn:
            each = turn.pop()
            keep(each)
            decode(channel, each)
        log.end_turn(began)
    return time.perf_counter() - began


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
