"""A short run of tests/fuzz/frames.py; by hand it is run a hundred times as long."""

import pytest

from fuzz.frames import ForgeryError, Tally, _attack_forged, attack, samples
from support.wire import sign
from vitrail.protocol.session import Session


def test_mutated_frames_are_decoded_or_refused_and_nothing_forged_gets_in() -> None:
    genuine = samples()
    assert len(genuine) > 500
    tally = attack(genuine, 1000, seed=1)
    assert tally.accepted > 50
    assert len(tally.refused) >= 5


def test_the_fuzzer_would_notice_a_decoder_that_checks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = samples()[0]
    frames = list(sample.frames)
    frames[sample.at + 1] = b"0" * 64
    monkeypatch.setattr("fuzz.frames._session", lambda _: Session(now=None, replay_limit=0))  # type: ignore[arg-type]
    with pytest.raises(ForgeryError):
        _attack_forged(sample, frames, Tally())


def test_samples_are_signed_by_their_kernels() -> None:
    for sample in samples()[:50]:
        assert sample.signed[0] == sign(sample.signed[1:], sample.key, sample.scheme)
