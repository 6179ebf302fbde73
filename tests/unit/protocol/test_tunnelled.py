"""The near ends of a tunnel."""

from dataclasses import replace

import pytest

from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.protocol.tunnelled import tunnelled

FAR = ConnectionInfo(
    shell_port=101,
    iopub_port=102,
    stdin_port=103,
    hb_port=104,
    control_port=105,
    key=b"5ecret",
    signature_scheme="hmac-sha512",
    curve_publickey=b"p" * 40,
    curve_secretkey=b"s" * 40,
    kernel_name="python3",
)


def test_every_channel_has_an_end_that_leads_to_its_port() -> None:
    near = tunnelled(FAR, "box", "/run/k")
    ends = dict(near.forwards())
    for channel in Channel:
        end = near.url(channel).removeprefix("ipc://")
        assert f"tcp://{ends[end]}" == FAR.url(channel)
    assert len(ends) == 5


def test_keys_and_scheme_are_the_kernels_own() -> None:
    near = tunnelled(FAR, "box", "/run/k")
    for name in ("key", "signature_scheme", "curve_publickey", "curve_secretkey", "kernel_name"):
        assert getattr(near, name) == getattr(FAR, name)
    assert near.encrypted
    assert near.signed


def test_neither_what_is_shown_nor_repr_holds_the_keys() -> None:
    near = tunnelled(FAR, "box", "/run/k")
    assert "5ecret" not in f"{near!r}{near.shown()}{near.place}"
    assert "s" * 40 not in f"{near!r}{near.shown()}{near.place}"


def test_channel_that_the_kernel_lacks_has_no_end() -> None:
    near = tunnelled(replace(FAR, control_port=None), "box", "/run/k")
    assert not near.has(Channel.CONTROL)
    assert len(near.forwards()) == 4


@pytest.mark.parametrize(
    ("ip", "address"),
    [
        ("0.0.0.0", "127.0.0.1:101"),
        ("*", "127.0.0.1:101"),
        ("10.1.2.3", "10.1.2.3:101"),
        ("::1", "[::1]:101"),
        ("[fe80::1]", "[fe80::1]:101"),
    ],
)
def test_far_end_is_where_the_other_machine_finds_the_kernel(ip: str, address: str) -> None:
    near = tunnelled(replace(FAR, ip=ip), "box", "/run/k")
    assert near.forwards()[0] == ("/run/k-1", address)
    assert near.place == f"tcp://{address} behind box"


def test_kernel_on_ipc_is_refused() -> None:
    with pytest.raises(UsageError, match="start it there with tcp"):
        tunnelled(replace(FAR, transport="ipc", ip="/x"), "box", "/run/k")
