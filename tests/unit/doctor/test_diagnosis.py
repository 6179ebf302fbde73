from collections import Counter
from dataclasses import replace

import pytest

from vitrail.doctor.diagnosis import describe, faults, is_local, where
from vitrail.doctor.probe import Abilities, Pulse
from vitrail.doctor.report import Report
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import Refusal
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import KernelInfoReply

HB, SHELL, CONTROL, IOPUB = (
    Channel.HEARTBEAT,
    Channel.SHELL,
    Channel.CONTROL,
    Channel.IOPUB,
)
SECRET = b"the-secret"
SIGNED = ConnectionInfo(
    shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, control_port=5, key=SECRET
)
CURVE = replace(SIGNED, curve_publickey=b"p", curve_secretkey=b"s")
SOUND = Abilities(info=KernelInfoReply(supported_features=["kernel subshells"]), subshells=True)


def pulse(*channels: Channel, **refused: int) -> Pulse:
    refusals = Counter({Refusal[name]: count for name, count in refused.items()})
    return Pulse(dict.fromkeys(channels, 0.001), refusals)


ALL = pulse(HB, SHELL, CONTROL, IOPUB)


@pytest.mark.parametrize(
    ("connection", "beats", "found", "words"),
    [
        (SIGNED, ALL, SOUND, []),
        (SIGNED, pulse(), Abilities(), ["wants CurveZMQ keys"]),
        (CURVE, pulse(), Abilities(), ["CurveZMQ keys of the connection file are not its own"]),
        (SIGNED, pulse(HB), Abilities(), ["key is not its own, or it is busy"]),
        (SIGNED, pulse(HB, BAD_SIGNATURE=2), Abilities(), ["signed with another key"]),
        (SIGNED, pulse(HB, UNSIGNED=2), Abilities(), ["signed with another key"]),
        (SIGNED, pulse(SHELL, CONTROL, IOPUB), SOUND, ["heartbeat does not answer"]),
        (SIGNED, pulse(HB, SHELL, CONTROL), SOUND, ["Nothing comes on iopub"]),
        (SIGNED, ALL, Abilities(), ["never got ready"]),
        (SIGNED, ALL, replace(SOUND, subshells=False), ["did not make one"]),
        (replace(SIGNED, key=b"", ip="0.0.0.0"), ALL, SOUND, ["open to the network"]),
        (replace(SIGNED, key=b""), ALL, SOUND, []),
        (SIGNED, pulse(HB, CONTROL, IOPUB), Abilities(), []),  # busy
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    connection: ConnectionInfo, beats: Pulse, found: Abilities, words: list[str]
) -> None:
    said = faults(connection, beats, found)
    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))


def test_a_kernel_is_described_without_its_key() -> None:
    report = Report()
    describe(report, "Kernel", CURVE, ALL, replace(SOUND, history=False, interrupts=True))
    text = report.as_text() + report.as_json()
    assert SECRET.decode() not in text
    assert "subshells          yes" in text
    assert "interrupt request  taken" in text
    assert "gives no history" in text


def test_a_busy_kernel_and_one_without_control_are_noted() -> None:
    report = Report()
    describe(report, "Busy", SIGNED, pulse(HB, CONTROL, IOPUB), Abilities())
    assert report.notes == ["The shell does not answer while control does: the kernel runs a cell."]
    report = Report()
    old = replace(SIGNED, control_port=None)
    describe(report, "Old", old, pulse(HB, SHELL, IOPUB), SOUND)
    assert report.sections[0].facts["control"] == "there is none"
    assert "interrupted by signal only" in report.notes[0]
    assert report.faults == []


def test_a_promised_subshell_that_is_not_made_is_told() -> None:
    report = Report()
    describe(report, "K", SIGNED, ALL, replace(SOUND, subshells=False))
    assert report.sections[0].facts["subshells"] == "promised, but none was made"


@pytest.mark.parametrize(
    ("changes", "traffic"),
    [
        ({}, "loopback, not encrypted"),
        ({"curve_publickey": b"p"}, "encrypted (CurveZMQ)"),
        ({"transport": "ipc", "ip": "/tmp/k"}, "local sockets of this user (ipc)"),
        ({"ip": "0.0.0.0"}, "open to the network, not encrypted"),
        ({"ip": "10.0.0.7"}, "open to the network, not encrypted"),
    ],
)
def test_how_the_traffic_travels_is_told(changes: dict[str, object], traffic: str) -> None:
    connection = replace(SIGNED, **changes)  # type: ignore[arg-type]  # parametrized
    assert where(connection)["traffic"] == traffic
    assert is_local(connection) is ("open" not in traffic)


def test_missing_signatures_are_told() -> None:
    assert where(SIGNED)["signatures"] == "hmac-sha256"
    assert where(replace(SIGNED, key=b""))["signatures"] == "none"
