"""Client files of clusters, as ipyparallel 9.2 and IPython 1.0 write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from vitrail.protocol.channel import Channel
from vitrail.protocol.cluster import ClusterInfo, parse_cluster, read_cluster_file, read_roll
from vitrail.protocol.errors import UsageError
from vitrail.protocol.messages import Header, Message, Unknown

KEY = "4cfdec34-57f274926fd0cd4011436afc"
SHARED: dict[str, Any] = {
    "ssh": "",
    "interface": "tcp://127.0.0.1",
    "registration": 48071,
    "key": KEY,
    "curve_serverkey": None,
    "location": "vm",
    "pack": "json",
    "unpack": "json",
    "signature_scheme": "hmac-sha256",
}
CLIENT = SHARED | {
    "control": 56271,
    "mux": 55673,
    "task": 43461,
    "task_scheme": "leastload",
    "iopub": 38659,
    "notification": 41825,
    "broadcast": 55453,
}
ENGINE = SHARED | {
    "control": 40799,
    "mux": 54683,
    "task": 33977,
    "iopub": 46431,
    "hb_ping": 55327,
    "hb_pong": 34409,
    "broadcast": [51235, 38005],
}
MISSING = object()


def text_of(fields: dict[str, Any], **changes: object) -> str:
    changed = fields | changes
    return json.dumps({name: value for name, value in changed.items() if value is not MISSING})


def parse(**changes: object) -> ClusterInfo:
    return parse_cluster(text_of(CLIENT, **changes), lambda location: location == "vm")


def complaint(**changes: object) -> str:
    with pytest.raises(UsageError) as caught:
        parse(**changes)
    assert KEY not in str(caught.value)
    return str(caught.value)


def test_ports_key_and_scheme_are_read() -> None:
    info = parse()
    assert info == ClusterInfo(
        host="127.0.0.1",
        registration=48071,
        notification=41825,
        mux=55673,
        control=56271,
        iopub=38659,
        key=KEY.encode(),
        signature_scheme="hmac-sha256",
    )


def test_hub_is_asked_on_registration_and_tells_on_notification() -> None:
    hub = parse().hub
    assert hub.url(Channel.SHELL) == "tcp://127.0.0.1:48071"
    assert hub.url(Channel.IOPUB) == "tcp://127.0.0.1:41825"
    assert [c for c in Channel if hub.has(c)] == [Channel.SHELL, Channel.IOPUB]
    assert hub.key == KEY.encode()


def test_engine_is_reached_through_mux_control_and_iopub() -> None:
    engine = parse().engine(3, "the-uuid")
    assert engine.url(Channel.SHELL) == "tcp://127.0.0.1:55673"
    assert engine.url(Channel.CONTROL) == "tcp://127.0.0.1:56271"
    assert engine.url(Channel.IOPUB) == "tcp://127.0.0.1:38659"
    assert engine.address == (b"the-uuid",)
    assert engine.kernel_name == "Engine 3"
    assert engine.signed
    assert not engine.encrypted


@pytest.mark.parametrize("channel", [Channel.STDIN, Channel.HEARTBEAT])
def test_engine_has_neither_stdin_nor_heartbeat(channel: Channel) -> None:
    engine = parse().engine(0, "the-uuid")
    assert not engine.has(channel)
    with pytest.raises(UsageError, match="has no"):
        engine.url(channel)


@pytest.mark.parametrize(
    ("topic", "metadata", "is_ours"),
    [
        (b"engine.1.stdout", {}, True),
        (b"engine.1.status", {"engine": "the-uuid"}, True),
        (b"engine.11.stdout", {}, False),
        (b"engine.0.stdout", {}, False),
        (b"comm-1234", {"engine": "the-uuid"}, True),
        (b"comm-1234", {"engine": "another"}, False),
        (b"comm-1234", {}, False),
        (b"", {}, False),
    ],
)
def test_messages_of_other_engines_are_told_apart(
    topic: bytes, metadata: dict[str, Any], is_ours: bool
) -> None:
    engine = parse().engine(1, "the-uuid")
    message = Message(
        channel=Channel.IOPUB,
        header=Header(msg_id="1", msg_type="status"),
        parent=None,
        content=Unknown(msg_type="status", fields={}),
        metadata=metadata,
        identities=(topic,) if topic else (),
    )
    assert engine.owns(message) is is_ours
    if is_ours:
        assert topic.startswith(engine.topics)


def test_secrets_do_not_show() -> None:
    info = parse(curve_serverkey="x" * 40)
    for shown in (repr(info), repr(info.hub), repr(info.engine(0, "u"))):
        assert KEY not in shown
        assert "x" * 40 not in shown


@pytest.mark.parametrize("key", [MISSING, None])
def test_key_of_old_files_is_called_exec_key(key: object) -> None:
    assert parse(key=key, exec_key="old").key == b"old"
    assert parse(exec_key="old").key == KEY.encode()


def test_without_a_key_nothing_is_signed() -> None:
    assert not parse(key=MISSING).hub.signed
    assert not parse(key="").engine(0, "u").signed


@pytest.mark.parametrize("scheme", [MISSING, None, ""])
@pytest.mark.parametrize("key", [KEY, ""])
def test_signature_scheme_must_be_said(scheme: object, key: str) -> None:
    said = complaint(signature_scheme=scheme, key=key)
    assert said == (
        "The cluster file: signature_scheme is missing, it must say how messages are signed."
    )


def test_unusable_scheme_is_refused() -> None:
    assert "hashlib has no such attribute: nosuch" in complaint(signature_scheme="hmac-nosuch")
    assert "must start with 'hmac-', got 'sha256'" in complaint(signature_scheme="sha256")


@pytest.mark.parametrize("name", ["pack", "unpack"])
@pytest.mark.parametrize("packer", ["pickle", "msgpack", "msgpack.packb"])
def test_other_packers_than_json_are_refused(name: str, packer: str) -> None:
    said = complaint(**{name: packer})
    assert said == f"The cluster file: {name} is {packer!r}; Vitrail speaks json alone."


@pytest.mark.parametrize("packer", ["json", "orjson", MISSING])
def test_json_is_accepted_whoever_writes_it(packer: object) -> None:
    parse(pack=packer, unpack=packer)


@pytest.mark.parametrize("name", ["registration", "notification", "mux", "control", "iopub"])
def test_missing_and_impossible_ports_are_named(name: str) -> None:
    assert complaint(**{name: MISSING}) == f"The cluster file: {name} is missing."
    assert complaint(**{name: "1"}) == f"The cluster file: {name} is not a whole number."
    assert complaint(**{name: 70000}) == f"The cluster file: {name} is 70000, not from 1 to 65535."


def test_file_for_engines_is_recognised() -> None:
    with pytest.raises(UsageError, match="notification is missing: this is the file for engines"):
        parse_cluster(text_of(ENGINE), lambda _: True)


# Where to connect


@pytest.mark.parametrize("interface", ["tcp://*", "tcp://0.0.0.0", "tcp://[::]"])
@pytest.mark.parametrize(
    ("location", "host"),
    [("vm", "127.0.0.1"), (MISSING, "127.0.0.1"), ("node7", "node7"), ("192.0.2.7", "192.0.2.7")],
)
def test_every_interface_means_the_controllers_machine(
    interface: str, location: object, host: str
) -> None:
    info = parse(interface=interface, location=location)
    assert info.hub.url(Channel.SHELL) == f"tcp://{host}:48071"
    assert info.reason_for_silence == ""


@pytest.mark.parametrize("location", ["vm", "node7"])
def test_an_address_is_used_as_it_is(location: str) -> None:
    info = parse(interface="tcp://192.0.2.1", location=location)
    assert info.host == "192.0.2.1"
    assert info.reason_for_silence == ""


@pytest.mark.parametrize("interface", ["tcp://127.0.0.1", "tcp://localhost", "tcp://[::1]"])
def test_loopback_of_another_machine_is_why_nobody_answers(interface: str) -> None:
    info = parse(interface=interface, location="node7")
    assert info.far == "node7"
    assert "of 'node7' alone, which is another machine" in info.reason_for_silence
    assert parse(interface=interface).reason_for_silence == ""


def test_ssh_is_why_nobody_answers() -> None:
    info = parse(interface="tcp://192.0.2.1", ssh="me@gate")
    assert info.reason_for_silence.startswith("its clients are to come by ssh through me@gate")


@pytest.mark.parametrize(
    "interface", [MISSING, "", "tcp://", "127.0.0.1", "ipc:///tmp/x", "tcp://x y", "tcp://a:b"]
)
def test_other_interfaces_are_refused(interface: object) -> None:
    assert "not tcp:// and an address" in complaint(interface=interface)


def test_a_location_that_can_be_no_machine_is_refused() -> None:
    assert "location is 'x y', which is neither" in complaint(interface="tcp://*", location="x y")


# Two files of one cluster


@pytest.mark.parametrize("name", ["key", "registration", "pack", "unpack", "signature_scheme"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_files_of_different_clusters_are_refused(name: str, is_gone: bool) -> None:
    engine = text_of(ENGINE, **{name: MISSING if is_gone else "other"})
    with pytest.raises(UsageError) as caught:
        parse_cluster(text_of(CLIENT), lambda _: True, engine_text=engine)
    said = str(caught.value)
    assert said == f"The cluster file: mismatch between engine and client info: {name!r}."


def test_files_of_one_cluster_are_accepted() -> None:
    parse_cluster(text_of(CLIENT), lambda _: True, engine_text=text_of(ENGINE, ssh="other"))
    old = {"key": MISSING, "exec_key": "old"}
    parse_cluster(text_of(CLIENT, **old), lambda _: True, engine_text=text_of(ENGINE, **old))


def test_the_file_beside_is_compared(tmp_path: Path) -> None:
    client = tmp_path / "ipcontroller-t1-client.json"
    client.write_text(text_of(CLIENT))
    assert read_cluster_file(client, lambda _: True).mux == 55673
    beside = tmp_path / "ipcontroller-t1-engine.json"
    beside.write_text(text_of(ENGINE))
    assert read_cluster_file(client, lambda _: True).mux == 55673
    beside.write_text(text_of(ENGINE, key="of another run"))
    with pytest.raises(UsageError) as caught:
        read_cluster_file(client, lambda _: True)
    assert str(caught.value) == (
        f"The cluster file {client}: mismatch between engine and client info: 'key'."
    )


def test_file_that_is_no_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ipcontroller-client.json"
    with pytest.raises(UsageError, match=f"The cluster file {path} does not exist"):
        read_cluster_file(path, lambda _: True)
    path.write_text("[]")
    with pytest.raises(UsageError, match=f"The cluster file {path} is not a JSON object"):
        read_cluster_file(path, lambda _: True)


# The roll


@pytest.mark.parametrize(
    ("fields", "engines"),
    [
        ({"status": "ok", "engines": {"1": "b", "0": "a", "10": "c"}}, {0: "a", 1: "b", 10: "c"}),
        ({"status": "ok", "engines": {}}, {}),
        ({"status": "ok"}, {}),
        ({"engines": ["a"]}, {}),
        ({"engines": {"x": "a", "-1": "b", "2": "c"}}, {2: "c"}),
    ],
)
def test_roll_is_read(fields: dict[str, Any], engines: dict[int, str]) -> None:
    assert read_roll(fields) == engines
    assert list(read_roll(fields)) == sorted(engines)
