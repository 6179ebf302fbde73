"""Connection files: how to reach a kernel, and the key it shares with its clients."""

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from vitrail.protocol.channel import Channel
from vitrail.protocol.errors import UsageError
from vitrail.protocol.fields import FileFields, is_host, read_text
from vitrail.protocol.private_file import write_private
from vitrail.protocol.signing import DEFAULT_SCHEME, Signer

LOOPBACK = "127.0.0.1"
# What a kernel binds to listen everywhere, and where to reach it then.
_EVERY_INTERFACE = {"0.0.0.0": LOOPBACK, "*": LOOPBACK, "::": "::1", "[::]": "::1"}  # noqa: S104

if TYPE_CHECKING:
    from vitrail.protocol.messages import Message

Transport = Literal["tcp", "ipc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionInfo:
    """Where a kernel listens, and its secrets; these never show in ``repr``.

    Attributes:
        ip: What the kernel binds: an address, or the path prefix of ipc sockets.
        stdin_port: None for engines of a cluster, as is hb_port.
        control_port: None for kernels without that channel (engines of 2013).
        key: Signs messages; empty means unsigned.
        is_scheme_named: Whether the file said how to sign; IPython 0.13 knew one way only.
        curve_publickey: Z85 key of the kernel's CurveZMQ server; clients use the pair too.
    """

    shell_port: int
    iopub_port: int
    stdin_port: int | None
    hb_port: int | None
    control_port: int | None = None
    transport: Transport = "tcp"
    ip: str = LOOPBACK
    key: bytes = field(default=b"", repr=False)
    signature_scheme: str = DEFAULT_SCHEME
    is_scheme_named: bool = True
    curve_publickey: bytes | None = field(default=None, repr=False)
    curve_secretkey: bytes | None = field(default=None, repr=False)
    kernel_name: str = ""

    @property
    def signed(self) -> bool:
        """Tell whether messages carry a signature."""
        return bool(self.key)

    @property
    def encrypted(self) -> bool:
        """Tell whether the sockets speak CurveZMQ."""
        return self.curve_publickey is not None

    @property
    def address(self) -> tuple[bytes, ...]:
        """The frames that go before each request: none, the sockets lead to one kernel."""
        return ()

    @property
    def topics(self) -> tuple[bytes, ...]:
        """What to subscribe to on iopub: everything, for messages are not told by topic."""
        return (b"",)

    def owns(self, _message: "Message") -> bool:
        """Tell whether a message on iopub comes from the kernel: all do."""
        return True

    def has(self, channel: Channel) -> bool:
        """Tell whether the kernel has a channel."""
        return self._port(channel) is not None

    def shown(self) -> dict[str, str | int]:
        """Return what may be shown, copied and logged of it: everything but the secrets.

        The fields and names are those of a connection file.
        """
        fields = _fields(replace(self, key=b"", curve_publickey=None, curve_secretkey=None))
        del fields["key"]
        return fields

    def url(self, channel: Channel) -> str:
        """Say where to connect a channel's socket.

        Raises:
            UsageError: The kernel has no such channel.
        """
        port = self._port(channel)
        if port is None:
            raise UsageError(f"The kernel has no {channel} channel.")
        if self.transport == "ipc":
            return f"ipc://{self.ip}-{port}"
        host = _EVERY_INTERFACE.get(self.ip, self.ip).strip("[]")
        return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"

    @property
    def place(self) -> str:
        """Where the kernel listens, for people."""
        return self.url(Channel.SHELL)

    def _port(self, channel: Channel) -> int | None:
        return cast("int | None", getattr(self, f"{channel.value}_port"))


def read_connection_file(path: str | os.PathLike[str]) -> ConnectionInfo:
    """Read a connection file.

    Raises:
        UsageError: It cannot be read, or a field in it cannot be used; names file and field.
    """
    path = Path(path)
    source = f"The connection file {path}"
    text = read_text(path, source)
    return parse_connection(text, source=source, ipc_prefix=_ipc_prefix(path))


def parse_connection(
    text: str, *, source: str = "The connection file", ipc_prefix: str = "kernel-ipc"
) -> ConnectionInfo:
    """Read the text of a connection file; fields that we do not know are ignored.

    Args:
        text: JSON, as the kernel's launcher wrote it.
        source: How errors name it, at the start of a sentence.
        ipc_prefix: The ``ip`` of an ipc connection that names none.

    Raises:
        UsageError: A field is missing or cannot be used; names it.
    """
    return _connection(FileFields.parse(text, source), ipc_prefix)


def with_key(info: ConnectionInfo, key: bytes, source: str) -> ConnectionInfo:
    """Return a connection whose messages are signed with another key.

    Raises:
        UsageError: The key cannot be used with the connection's scheme; names the source.
    """
    try:
        Signer(key, info.signature_scheme)
    except UsageError as error:
        raise UsageError(f"{source}: {error}.") from None
    return replace(info, key=key)


def write_connection_file(path: str | os.PathLike[str], info: ConnectionInfo) -> None:
    """Write a connection file that only its owner can read.

    Raises:
        UsageError: It cannot be written; names the file.
    """
    path = Path(path)
    try:
        text = json.dumps(_fields(info), indent=2)
    except UnicodeDecodeError:
        raise UsageError(f"The connection file {path}: key is not UTF-8 text.") from None
    try:
        write_private(path, text)
    except OSError as error:
        sentence = f"The connection file {path} cannot be written: {error.strerror}."
        raise UsageError(sentence) from error


def _fields(info: ConnectionInfo) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "shell_port": info.shell_port,
        "iopub_port": info.iopub_port,
        "stdin_port": info.stdin_port,
        "control_port": info.control_port,
        "hb_port": info.hb_port,
        "ip": info.ip,
        "key": info.key.decode("utf-8"),
        "transport": info.transport,
        "signature_scheme": info.signature_scheme,
        "kernel_name": info.kernel_name,
    }
    if info.curve_publickey is not None and info.curve_secretkey is not None:
        fields["curve_publickey"] = info.curve_publickey.decode("ascii")
        fields["curve_secretkey"] = info.curve_secretkey.decode("ascii")
    if info.control_port is None:
        del fields["control_port"]
    return fields


def _ipc_prefix(path: Path) -> str:
    return f"{path.with_suffix('')}-ipc"


def _connection(fields: FileFields, ipc_prefix: str) -> ConnectionInfo:
    transport = _transport(fields)
    key = fields.key()
    public, secret = fields.curve_key("curve_publickey"), fields.curve_key("curve_secretkey")
    if (public is None) != (secret is None):
        name = "curve_publickey" if public is None else "curve_secretkey"
        raise fields.fault(name, "is missing, but the other CurveZMQ key is there")
    return ConnectionInfo(
        shell_port=fields.port("shell_port"),
        iopub_port=fields.port("iopub_port"),
        stdin_port=fields.port("stdin_port"),
        hb_port=fields.port("hb_port"),
        control_port=fields.optional_port("control_port"),
        transport=transport,
        ip=_ip(fields, transport) or (ipc_prefix if transport == "ipc" else LOOPBACK),
        key=key,
        signature_scheme=fields.scheme(key),
        is_scheme_named=bool(fields.text("signature_scheme")),
        curve_publickey=public,
        curve_secretkey=secret,
        kernel_name=fields.text("kernel_name"),
    )


def _ip(fields: FileFields, transport: Transport) -> str:
    text = fields.text("ip")
    if transport == "ipc":
        if "\0" in text:
            raise fields.fault("ip", f"is {text!r}, which is no path")
    elif text and text not in _EVERY_INTERFACE and not is_host(text):
        raise fields.fault("ip", f"is {text!r}, which is neither an address nor a name")
    return text


def _transport(fields: FileFields) -> Transport:
    text = fields.text("transport")
    match text.lower():  # caseless: ipykernel accepts "TCP"
        case "" | "tcp":
            return "tcp"
        case "ipc":
            return "ipc"
        case _:
            raise fields.fault("transport", f"is {text!r}, not tcp or ipc")
