import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file as jupyter_write

from vitrail.protocol.connection import (
    ConnectionInfo,
    parse_connection,
    read_connection_file,
    write_connection_file,
)
from vitrail.protocol.errors import UsageError
from vitrail.protocol.messages import Channel

SECRET = "a0436f6c-1916-498b-8eb9-e81ab9368e84"
Z85_PUBLIC = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
Z85_SECRET = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"

FIELDS: dict[str, Any] = {
    "shell_port": 50001,
    "iopub_port": 50002,
    "stdin_port": 50003,
    "control_port": 50004,
    "hb_port": 50005,
    "ip": "127.0.0.1",
    "key": SECRET,
    "transport": "tcp",
    "signature_scheme": "hmac-sha256",
    "kernel_name": "python3",
}


def parse(**changes: Any) -> ConnectionInfo:
    """Parse a good file with changes; ``...`` leaves a field out."""
    fields = {name: value for name, value in (FIELDS | changes).items() if value is not ...}
    return parse_connection(json.dumps(fields))


def refusal(**changes: Any) -> str:
    with pytest.raises(UsageError) as caught:
        parse(**changes)
    return str(caught.value)


# -- reading -------------------------------------------------------------------------------


def test_a_connection_file_is_read() -> None:
    assert parse() == ConnectionInfo(
        shell_port=50001,
        iopub_port=50002,
        stdin_port=50003,
        control_port=50004,
        hb_port=50005,
        ip="127.0.0.1",
        key=SECRET.encode(),
        transport="tcp",
        signature_scheme="hmac-sha256",
        kernel_name="python3",
    )


def test_each_channel_has_its_url() -> None:
    info = parse()

    assert [info.url(channel) for channel in Channel] == [
        "tcp://127.0.0.1:50001",
        "tcp://127.0.0.1:50004",
        "tcp://127.0.0.1:50002",
        "tcp://127.0.0.1:50003",
        "tcp://127.0.0.1:50005",
    ]


def test_ipc_joins_path_and_number() -> None:
    info = parse(transport="ipc", ip="/run/k-ipc", shell_port=1)

    assert info.url(Channel.SHELL) == "ipc:///run/k-ipc-1"


@pytest.mark.parametrize("transport", ["tcp", "TCP", "Tcp", None, "", ...])
def test_the_transport_is_caseless_and_tcp_when_missing(transport: Any) -> None:
    assert parse(transport=transport).transport == "tcp"


def test_ipc_is_caseless_too() -> None:
    assert parse(transport="IPC").transport == "ipc"


@pytest.mark.parametrize("ip", ["0.0.0.0", "*", None, "", ...])
def test_what_is_bound_everywhere_or_nowhere_is_reached_by_loopback(ip: Any) -> None:
    assert parse(ip=ip).url(Channel.SHELL) == "tcp://127.0.0.1:50001"


def test_the_address_that_was_bound_is_kept() -> None:
    assert parse(ip="0.0.0.0").ip == "0.0.0.0"


@pytest.mark.parametrize("ip", ["node7", "my_host.lan", "node7.", "fe80::1%eth0", "bücher.example"])
def test_a_machine_is_named_as_it_likes(ip: str) -> None:
    assert parse(ip=ip).ip == ip


NO_HOSTS = ["a:b", "x y", "..", "tcp://x", "a\0b", "a\n", f"{'a' * 64}.com"]


@pytest.mark.parametrize("ip", NO_HOSTS)
def test_an_ip_that_can_be_no_machine_is_named(ip: str) -> None:
    what = f"ip is {ip!r}, which is neither an address nor a name"
    assert refusal(ip=ip) == f"The connection file: {what}."


def test_an_ip_that_can_be_no_path_is_named() -> None:
    told = refusal(transport="ipc", ip="/run/\0")
    assert told == "The connection file: ip is '/run/\\x00', which is no path."


@pytest.mark.parametrize(("ip", "host"), [("::1", "[::1]"), ("::", "[::1]"), ("[::1]", "[::1]")])
def test_an_ipv6_address_goes_in_brackets(ip: str, host: str) -> None:
    assert parse(ip=ip).url(Channel.SHELL) == f"tcp://{host}:50001"


def test_ipc_without_an_ip_is_beside_its_file(tmp_path: Path) -> None:
    path = tmp_path / "kernel-7.json"
    fields = {k: v for k, v in FIELDS.items() if k != "ip"} | {"transport": "ipc"}
    path.write_text(json.dumps(fields))

    assert read_connection_file(path).ip == f"{tmp_path}/kernel-7-ipc"
    assert parse(transport="ipc", ip=...).ip == "kernel-ipc"


@pytest.mark.parametrize("port", [None, ...])
def test_a_kernel_may_lack_a_control_channel(port: Any) -> None:
    info = parse(control_port=port)

    assert info.control_port is None
    with pytest.raises(UsageError, match="no control channel"):
        info.url(Channel.CONTROL)


@pytest.mark.parametrize("key", ["", None, ...])
def test_an_empty_or_missing_key_means_unsigned(key: Any) -> None:
    info = parse(key=key)

    assert info.key == b""
    assert not info.signed


def test_a_key_is_its_utf_8_bytes() -> None:
    assert parse(key="clé").key == "clé".encode()
    assert parse(key="clé").signed


@pytest.mark.parametrize("scheme", ["", None, ...])
def test_an_empty_or_missing_scheme_is_sha256(scheme: Any) -> None:
    """A file written by IPython 1.x can hold an empty one."""
    assert parse(signature_scheme=scheme).signature_scheme == "hmac-sha256"


def test_without_a_key_the_scheme_is_not_looked_at() -> None:
    assert parse(key="", signature_scheme="nonsense").signature_scheme == "nonsense"


def test_curve_keys_are_read() -> None:
    info = parse(curve_publickey=Z85_PUBLIC, curve_secretkey=Z85_SECRET)

    assert info.curve_publickey == Z85_PUBLIC.encode()
    assert info.curve_secretkey == Z85_SECRET.encode()
    assert info.encrypted
    assert not parse().encrypted


def test_unknown_fields_are_ignored() -> None:
    assert parse(jupyter_session="x", nested={"a": [1]}) == parse()


def test_what_may_be_shown_is_all_but_the_secrets() -> None:
    """As get_connection_info() of 2013."""
    text = json.dumps(FIELDS | {"curve_publickey": "p" * 40, "curve_secretkey": "s" * 40})
    told = parse_connection(text).shown()
    assert set(told) == set(FIELDS) - {"key"}
    assert {name: FIELDS[name] for name in told} == told


def test_secrets_are_never_shown() -> None:
    info = parse(curve_publickey=Z85_PUBLIC, curve_secretkey=Z85_SECRET)

    for secret in (SECRET, Z85_PUBLIC, Z85_SECRET):
        assert secret not in repr(info)
        assert secret not in str(info)


# -- faults --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shell_port", "iopub_port", "stdin_port", "hb_port"])
def test_a_missing_port_is_named(name: str) -> None:
    assert refusal(**{name: ...}) == f"The connection file: {name} is missing."


@pytest.mark.parametrize("name", [name for name in FIELDS if name.endswith("_port")])
@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("50001", "is not a whole number"),
        (1.5, "is not a whole number"),
        (True, "is not a whole number"),
        ([], "is not a whole number"),
        (0, "is 0, not from 1 to 65535"),
        (-1, "is -1, not from 1 to 65535"),
        (65536, "is 65536, not from 1 to 65535"),
    ],
)
def test_a_port_that_is_none_is_named(name: str, value: Any, what: str) -> None:
    assert refusal(**{name: value}) == f"The connection file: {name} {what}."


@pytest.mark.parametrize(
    "name",
    ["ip", "transport", "signature_scheme", "kernel_name", "curve_publickey", "curve_secretkey"],
)
def test_what_should_be_text_is_named(name: str) -> None:
    assert refusal(**{name: 5}) == f"The connection file: {name} is not text."


def test_a_bad_key_is_named_and_not_shown() -> None:
    assert refusal(key=[SECRET]) == "The connection file: key is not text."
    lone = refusal(key=SECRET + "\ud800")
    assert lone == "The connection file: key holds characters that UTF-8 cannot say."


def test_another_transport_is_refused() -> None:
    assert refusal(transport="udp") == "The connection file: transport is 'udp', not tcp or ipc."


def test_a_bad_scheme_is_refused_in_the_words_of_the_signer() -> None:
    assert refusal(signature_scheme="md5") == (
        "The connection file: signature_scheme must start with 'hmac-', got 'md5'."
    )
    assert refusal(signature_scheme="hmac-nosuch") == (
        "The connection file: signature_scheme: hashlib has no such attribute: nosuch."
    )


@pytest.mark.parametrize("name", ["curve_publickey", "curve_secretkey"])
@pytest.mark.parametrize("bad", ["short", Z85_PUBLIC + "x", " " * 40, "é" * 40, Z85_PUBLIC + "\n"])
def test_a_curve_key_that_is_none_is_named_and_not_shown(name: str, bad: str) -> None:
    keys = {"curve_publickey": Z85_PUBLIC, "curve_secretkey": Z85_SECRET, name: bad}

    assert refusal(**keys) == f"The connection file: {name} is not a Z85 key of 40 characters."


def test_half_a_pair_of_curve_keys_is_refused() -> None:
    what = "is missing, but the other CurveZMQ key is there."

    assert refusal(curve_publickey=Z85_PUBLIC) == f"The connection file: curve_secretkey {what}"
    assert refusal(curve_secretkey=Z85_SECRET) == f"The connection file: curve_publickey {what}"


@pytest.mark.parametrize("text", ["", "{", "nonsense", "\ud800", '{"a":' + "[" * 100_000])
def test_what_is_not_json_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"^The connection file is not JSON: .*\.$"):
        parse_connection(text)


@pytest.mark.parametrize("text", ["[]", "null", "5", '"text"'])
def test_what_is_no_object_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"^The connection file is not a JSON object\.$"):
        parse_connection(text)


def test_faults_in_a_file_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kernel-1.json"
    path.write_text(json.dumps(FIELDS | {"hb_port": "x"}))

    with pytest.raises(UsageError) as caught:
        read_connection_file(path)

    assert str(caught.value) == f"The connection file {path}: hb_port is not a whole number."


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"ip": "\xe9"}')

    for path, what in (
        (tmp_path / "none.json", "does not exist"),
        (tmp_path, "cannot be read: Is a directory"),
        (latin, "is not UTF-8 text"),
    ):
        with pytest.raises(UsageError) as caught:
            read_connection_file(path)
        assert str(caught.value) == f"The connection file {path} {what}."


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*FIELDS, "curve_publickey", "x"]), json_values))
def test_any_object_is_read_or_refused(changes: dict[str, Any]) -> None:
    try:
        info = parse_connection(json.dumps(FIELDS | changes))
    except UsageError:
        return
    assert all(info.url(c) for c in Channel if c is not Channel.CONTROL)


# -- writing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"key": ""},
        {"key": "clé 𝒳"},
        {"control_port": ...},
        {"transport": "ipc", "ip": "/run/k", "shell_port": 1},
        {"curve_publickey": Z85_PUBLIC, "curve_secretkey": Z85_SECRET},
        {"signature_scheme": "hmac-blake2b", "kernel_name": ""},
    ],
)
def test_what_was_written_is_read_again(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "kernel.json"
    info = parse(**changes)

    write_connection_file(path, info)

    assert read_connection_file(path) == info


def test_the_fields_written_are_those_of_a_launcher(tmp_path: Path) -> None:
    path = tmp_path / "kernel.json"

    write_connection_file(path, parse())

    assert json.loads(path.read_text()) == FIELDS


@pytest.mark.parametrize("changes", [{}, {"curve_publickey": Z85_PUBLIC}])
def test_jupyter_client_reads_what_we_write(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "kernel.json"
    curve = changes and {"curve_secretkey": Z85_SECRET}
    write_connection_file(path, parse(**changes, **curve))

    client: Any = BlockingKernelClient(connection_file=str(path))
    client.load_connection_file()

    assert client.session.key == SECRET.encode()
    assert client.session.signature_scheme == "hmac-sha256"
    assert (client.ip, client.transport) == ("127.0.0.1", "tcp")
    for name in FIELDS:
        if name.endswith("_port"):
            assert getattr(client, name) == FIELDS[name]
    assert client.curve_publickey == (Z85_PUBLIC.encode() if changes else None)


def test_we_read_what_jupyter_client_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "kernel.json")
    ports = {name: port for name, port in FIELDS.items() if name.endswith("_port")}
    jupyter_write(
        path,
        **ports,
        key=SECRET.encode(),
        kernel_name="python3",
        curve_publickey=Z85_PUBLIC.encode(),
        curve_secretkey=Z85_SECRET.encode(),
    )

    assert read_connection_file(path) == parse(
        curve_publickey=Z85_PUBLIC, curve_secretkey=Z85_SECRET
    )


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_file_is_for_its_owner_only(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "kernel.json"
    before = os.umask(umask)
    try:
        write_connection_file(path, parse())
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_private_before_it_holds_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    replace = Path.replace

    def spy(self: Path, target: Path) -> Path:
        modes.append(stat.S_IMODE(self.stat().st_mode))
        return replace(self, target)

    opened: list[int] = []
    open_ = os.open

    def spy_open(name: Path, flags: int, mode: int = 0o777) -> int:
        opened.append(mode)
        assert flags & os.O_EXCL
        return open_(name, flags, mode)

    monkeypatch.setattr(Path, "replace", spy)
    monkeypatch.setattr(os, "open", spy_open)

    write_connection_file(tmp_path / "kernel.json", parse())

    assert opened == modes == [0o600]


def test_an_open_file_of_the_same_name_is_replaced_and_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "kernel.json"
    path.write_text("old")
    path.chmod(0o666)

    with path.open() as someone:
        write_connection_file(path, parse())

        assert someone.read() == "old"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_of_the_same_name_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target, path = tmp_path / "target", tmp_path / "kernel.json"
    target.write_text("mine")
    path.symlink_to(target)

    write_connection_file(path, parse())

    assert target.read_text() == "mine"
    assert not path.is_symlink()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "kernel.json"

    with pytest.raises(UsageError) as caught:
        write_connection_file(path, parse())

    what = "cannot be written: No such file or directory"
    assert str(caught.value) == f"The connection file {path} {what}."


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "kernel.json"
    path.mkdir()  # a file cannot take its place

    with pytest.raises(UsageError, match="cannot be written"):
        write_connection_file(path, parse())

    assert list(tmp_path.iterdir()) == [path]


def test_a_key_that_is_no_text_cannot_be_written(tmp_path: Path) -> None:
    info = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, key=b"\xff")

    with pytest.raises(UsageError, match=r"kernel\.json: key is not UTF-8 text\.$"):
        write_connection_file(tmp_path / "kernel.json", info)

    assert not list(tmp_path.iterdir())
