"""Mutated frames of real kernels against the decoder: nothing forged gets in, nothing breaks.

Two kinds of attack on every message of the captured sessions. *Forged*: frames are damaged,
dropped, doubled, swapped with another message's, and the signature is the old one, somebody
else's, empty or random: what was signed must not be accepted unless it is untouched. *Signed*:
the JSON is turned into nonsense and signed with the right key, as a broken kernel would: it is
decoded or refused, and nothing else.

    python tests/fuzz/frames.py 100000 [SEED]
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from support.captured import captured, captured_names
from support.wire import DELIMITER, sign
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel
from vitrail.protocol.session import Session

SLOWEST_S = 2.0  # for one message, on any machine: a hang, not a hiccup
LONGEST = 200_000  # bytes of a frame that is mutated
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, "", "x" * 300, "\ud800", [], {}, [[]], [None], {"": {}},
    float("nan"), 10**30, {"msg_id": 5}, {"status": ["ok"]}, [1, [2, [3, [4]]]],
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A genuine message with what signs it."""

    channel: Channel
    frames: tuple[bytes, ...]
    key: bytes
    scheme: str

    @property
    def at(self) -> int:
        """Index of the delimiter."""
        return self.frames.index(DELIMITER)

    @property
    def signed(self) -> tuple[bytes, ...]:
        """The signature and the four dicts."""
        return self.frames[self.at + 1 : self.at + 6]


@dataclass
class Tally:
    """What came of the attacks."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    slowest_s: float = 0.0


class ForgeryError(AssertionError):
    """Something was accepted that nobody with the key had signed."""


def samples() -> list[Sample]:
    """Return the signed messages that real kernels sent, once each."""
    found = [sample for name in captured_names() for sample in _samples_of(name)]
    return list(dict.fromkeys(found))


def attack(genuine: Sequence[Sample], count: int, seed: int) -> Tally:
    """Try `count` mutations.

    Raises:
        ForgeryError: A forged or replayed message was accepted.
        Exception: Whatever the decoder raised that is no ProtocolError.
    """
    chance, tally = random.Random(seed), Tally()
    for number in range(count):
        sample = chance.choice(genuine)
        if number % 2:
            _decode(sample, _nonsense(sample, chance), tally)
        else:
            _attack_forged(sample, _forged(sample, genuine, chance), tally)
    return tally


def _samples_of(name: str) -> Iterator[Sample]:
    record = captured(name)
    key, scheme = record.connection.key, record.connection.signature_scheme
    for channel, frames, direction, _ in record:
        usable = DELIMITER in frames and len(frames) - frames.index(DELIMITER) >= 6
        if direction == "in" and usable and key and max(map(len, frames)) <= LONGEST:
            sample = Sample(channel, tuple(frames), key, scheme)
            if sample.signed[0] == sign(sample.signed[1:], key, scheme):
                yield sample


def _attack_forged(sample: Sample, frames: list[bytes], tally: Tally) -> None:
    session = _session(sample)
    accepted = _decode(sample, frames, tally, session)
    if not accepted:
        return
    at = frames.index(DELIMITER)
    signature, *parts = frames[at + 1 : at + 6]
    if signature != sign(parts, sample.key, sample.scheme):
        raise ForgeryError(f"accepted: {frames!r}")
    if _decode(sample, frames, Tally(), session):
        raise ForgeryError(f"accepted twice: {frames!r}")


def _decode(
    sample: Sample, frames: list[bytes], tally: Tally, session: Session | None = None
) -> bool:
    """Decode and count; say whether the frames were accepted."""
    began = time.perf_counter()
    try:
        (session or _session(sample)).decode(sample.channel, frames)
    except ProtocolError as error:
        tally.refused[error.refusal] += 1
        return False
    finally:
        took = time.perf_counter() - began
        tally.slowest_s = max(tally.slowest_s, took)
        assert took < SLOWEST_S, frames
    tally.accepted += 1
    return True


def _session(sample: Sample) -> Session:
    return Session(key=sample.key, signature_scheme=sample.scheme, now=_no_clock)


def _no_clock() -> Any:
    raise AssertionError("decoding reads no clock")


def _forged(sample: Sample, genuine: Sequence[Sample], chance: random.Random) -> list[bytes]:
    """Return the frames of a message after one to three blows."""
    frames = list(sample.frames)
    for _ in range(chance.randint(1, 3)):
        other = chance.choice(chance.choice(genuine).frames)
        chance.choice((_hit, _hit, _add, _sign_wrongly))(frames, other, chance)
    return frames


def _hit(frames: list[bytes], other: bytes, chance: random.Random) -> None:
    """Damage, drop, cut, replace or swap a frame."""
    if not frames:
        return
    at, where = chance.randrange(len(frames)), chance.randrange(len(frames))
    match chance.randrange(5):
        case 0:
            del frames[at]
        case 1:
            frames[at] = _flipped(frames[at], chance)
        case 2:
            frames[at] = frames[at][: chance.randrange(len(frames[at]) + 1)]
        case 3:
            frames[at] = other
        case _:
            frames[at], frames[where] = frames[where], frames[at]


def _add(frames: list[bytes], other: bytes, chance: random.Random) -> None:
    """Put in a frame: one of these again, one of another message, or noise."""
    noise = chance.randbytes(chance.randrange(40))
    frames.insert(chance.randrange(len(frames) + 1), chance.choice((*frames, other, noise)))


def _sign_wrongly(frames: list[bytes], other: bytes, chance: random.Random) -> None:
    """Replace the signature."""
    if DELIMITER in frames and frames.index(DELIMITER) + 1 < len(frames):
        at = frames.index(DELIMITER) + 1
        frames[at] = chance.choice((b"", b"0" * 64, frames[at].upper(), b"\xff", other))


def _flipped(frame: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(frame or b"\0")
    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _nonsense(sample: Sample, chance: random.Random) -> list[bytes]:
    """Return a message whose JSON a broken kernel garbled and signed."""
    dicts = [json.loads(part) for part in sample.signed[1:]]
    for _ in range(chance.randint(1, 2)):
        _garble(dicts, chance)
    parts = [_encoded(each, chance) for each in dicts]
    signature = sign(parts, sample.key, sample.scheme)
    return [*sample.frames[: sample.at + 1], signature, *parts, *sample.frames[sample.at + 6 :]]


def _garble(value: Any, chance: random.Random) -> None:
    """Change something, somewhere inside."""
    while isinstance(value, dict | list) and value:
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = chance.choice(keys)
        inside = value[key]
        if isinstance(inside, dict | list) and inside and chance.random() < 0.7:
            value = inside
        elif isinstance(value, dict) and chance.random() < 0.2:
            del value[key]
            return
        else:
            value[key] = deepcopy(chance.choice(ODD))
            return


def _encoded(value: Any, chance: random.Random) -> bytes:
    encoded = json.dumps(value).encode()
    match chance.randrange(20):
        case 0:
            return encoded[: chance.randrange(len(encoded) + 1)]
        case 1:
            return _flipped(encoded, chance)
        case 2:
            return b" \n" + encoded + b"\n"
        case 3:
            return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        case _:
            return encoded


def main(argv: Sequence[str]) -> int:
    """Attack as often as the first argument says; print what came of it."""
    count = int(argv[0]) if argv else 100_000
    seed = int(argv[1]) if len(argv) > 1 else 2013
    genuine = samples()
    began = time.perf_counter()
    tally = attack(genuine, count, seed)
    took = time.perf_counter() - began
    print(f"{count} mutations of {len(genuine)} messages, seed {seed}, {took:.0f} s")
    print(f"accepted {tally.accepted}, slowest {tally.slowest_s * 1000:.1f} ms")
    for refusal, times in tally.refused.most_common():
        print(f"{times:8}  {refusal}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
