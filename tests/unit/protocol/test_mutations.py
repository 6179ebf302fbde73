"""Recorded messages of real kernels, damaged: 100 000 of them, the same ones each time.

Whatever is done to them, only `ProtocolError` comes out, and nothing is accepted that the kernel
did not sign, or twice.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from random import Random

import pytest

from support.captured import captured, captured_names
from vitrail.protocol.dialect import IPYTHON_0_13, OPENING
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel
from vitrail.protocol.session import Session
from vitrail.protocol.signing import Signer

NAMES = captured_names()
IN_ALL = 100_000
DELIMITER = b"<IDS|MSG>"

Frames = list[bytes]
Damage = Callable[[Random, Frames, Sequence[Frames]], Frames]


def flip(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    at = dice.randrange(len(frames))
    frame = bytearray(frames[at] or b"\0")
    frame[dice.randrange(len(frame))] ^= 1 << dice.randrange(8)
    return [*frames[:at], bytes(frame), *frames[at + 1 :]]


def cut(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    at = dice.randrange(len(frames))
    return [*frames[:at], frames[at][: dice.randrange(len(frames[at]) + 1)], *frames[at + 1 :]]


def drop(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    at = dice.randrange(len(frames))
    return [*frames[:at], *frames[at + 1 :]]


def double(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    at = dice.randrange(len(frames))
    return [*frames[:at], frames[at], *frames[at:]]


def swap(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    one, other = dice.randrange(len(frames)), dice.randrange(len(frames))
    changed = list(frames)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def graft(dice: Random, frames: Frames, others: Sequence[Frames]) -> Frames:
    at, donor = dice.randrange(len(frames)), dice.choice(others)
    return [*frames[:at], dice.choice(donor), *frames[at + 1 :]]


def noise(dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    at = dice.randrange(len(frames))
    return [*frames[:at], dice.randbytes(dice.randrange(64)), *frames[at:]]


def strip(_dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    """Take the signature away."""
    at = frames.index(DELIMITER) + 1 if DELIMITER in frames else 0
    return [*frames[:at], b"", *frames[at + 1 :]]


def replay(_dice: Random, frames: Frames, _others: Sequence[Frames]) -> Frames:
    return list(frames)


DAMAGES: tuple[Damage, ...] = (flip, cut, drop, double, swap, graft, noise, strip, replay)


def damaged(name: str, count: int) -> Iterator[Frames]:
    dice = Random(name)
    whole = [frames for _, frames, way, _ in captured(name) if way == "in" and len(frames) >= 5]
    for _ in range(count):
        frames = dice.choice(whole)
        for damage in dice.choices(DAMAGES, k=dice.randint(1, 3)):
            frames = damage(dice, frames, whole) or [b""]
        yield frames


def signed_parts(frames: Frames, count: int) -> tuple[bytes, ...]:
    start = frames.index(DELIMITER) + 1
    return tuple(frames[start : start + 1 + count])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_damaged_is_accepted_and_nothing_else_raised(name: str) -> None:
    recorded = captured(name)
    key = recorded.connection.key
    dialect, count = (IPYTHON_0_13, 3) if name == "ipython-0.13.2" else (OPENING, 4)
    session = Session(
        now=lambda: datetime.now(UTC),
        key=key,
        signature_scheme=recorded.connection.signature_scheme,
        dialect=dialect,
    )
    genuine = {
        signed_parts(frames, count) for _, frames, _, _ in recorded if DELIMITER in frames[:-count]
    }
    accepted: set[tuple[bytes, ...]] = set()
    refused = 0
    for frames in damaged(name, IN_ALL // len(NAMES) + 1):
        try:
            session.decode(Channel.IOPUB, frames)
        except ProtocolError:
            refused += 1
            continue
        if key:
            parts = signed_parts(frames, count)
            assert parts in genuine
            assert parts not in accepted
            accepted.add(parts)
    assert refused > 0
    assert accepted or not key  # only identities or buffers were damaged


@pytest.mark.parametrize("name", NAMES)
def test_well_signed_damage_causes_nothing_but_protocol_errors(name: str) -> None:
    """Behind the signature: JSON that is broken, of wrong types, or of another message."""
    recorded = captured(name)
    key, scheme = recorded.connection.key, recorded.connection.signature_scheme
    session = Session(now=lambda: datetime.now(UTC), key=key, signature_scheme=scheme)
    signer = Signer(key, scheme)
    read = refused = 0
    for frames in damaged(name, IN_ALL // len(NAMES) // 4):
        parts = [frame for frame in frames if frame != DELIMITER][-4:]
        try:
            session.decode(Channel.IOPUB, [DELIMITER, signer.sign(parts), *parts])
            read += 1
        except ProtocolError:
            refused += 1
    assert refused > 0
    assert read > 0
