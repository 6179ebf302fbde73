"""Connection files: how to reach a kernel, and the key it shares with its clients."""

import json
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from vitrail.protocol.channel import Channel
from vitrail.protocol.errors import UsageError
from vitrail.protocol.signing import DEFAULT_SCHEME, Signer

LOOPBACK = "127.0.0.1"
# What a kernel binds to listen everywhere, and where to reach it then.
_EVERY_INTERFACE = {"0.0.0.0": LOOPBACK, "*": LOOPBACK, "::": "::1", "[::]": "::1"}  # noqa: S104
_Z85_KEY = re.compile(r"[0-9a-zA-Z.\-:+=^!/*?&<>()\[\]{}@%$#]{40}")

Transport = Literal["tcp", "ipc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionInfo:
    """Where a kernel listens, and its secrets; these never show in ``repr``.

    Attributes:
        ip: What the kernel binds: an address, or the path prefix of ipc sockets.
        control_port: None for kernels without that channel (engines of 2013).
        key: Signs messages; empty means unsigned.
        is_scheme_named: Whether the file said how to sign; IPython 0.13 knew one way only.
        curve_publickey: Z85 key of the kernel's CurveZMQ server; clients use the pair too.
    """

    shell_port: int
    iopub_port: int
    stdin_port: int
    hb_port: int
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

    def url(self, channel: Channel) -> str:
        """Say where to connect a channel's socket.

        Raises:
            UsageError: The kernel has no such channel.
        """
        port = cast("int | None", getattr(self, f"{channel.value}_port"))
        if port is None:
            raise UsageError(f"The kernel has no {channel} channel.")
        if self.transport == "ipc":
            return f"ipc://{self.ip}-{port}"
        host = _EVERY_INTERFACE.get(self.ip, self.ip).strip("[]")
        return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"


def read_connection_file(path: str | os.PathLike[str]) -> ConnectionInfo:
    """Read a connection file.

    Raises:
        UsageError: It cannot be read, or a field in it cannot be used; names file and field.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise UsageError(f"The connection file {path} does not exist.") from None
    except UnicodeDecodeError:
        raise UsageError(f"The connection file {path} is not UTF-8 text.") from None
    except OSError as error:
        raise UsageError(f"The connection file {path} cannot be read: {error.strerror}.") from error
    return parse_connection(
        text, source=f"The connection file {path}", ipc_prefix=_ipc_prefix(path)
    )


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
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is not JSON: {error}.") from None
    if not isinstance(fields, dict):
        raise UsageError(f"{source} is not a JSON object.")
    return _Reader(cast("dict[str, Any]", fields), source).connection(ipc_prefix)


def write_connection_file(path: str | os.PathLike[str], info: ConnectionInfo) -> None:
    """Write a connection file that only its owner can read.

    The key is written to a new file that is 0600 from the start, which then takes the place
    of ``path`` at once: a reader sees the old file or the new one, and neither a wider mode
    nor a link that stood at ``path`` is followed.

    Raises:
        UsageError: It cannot be written; names the file.
    """
    path = Path(path)
    try:
        text = json.dumps(_fields(info), indent=2)
    except UnicodeDecodeError:
        raise UsageError(f"The connection file {path}: key is not UTF-8 text.") from None
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
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


class _Reader:
    """Takes the fields of one connection file, each fault a sentence that names both."""

    def __init__(self, fields: dict[str, Any], source: str) -> None:
        self._fields = fields
        self._source = source

    def connection(self, ipc_prefix: str) -> ConnectionInfo:
        transport = self._transport()
        key = self._key()
        public, secret = self._curve_key("curve_publickey"), self._curve_key("curve_secretkey")
        if (public is None) != (secret is None):
            name = "curve_publickey" if public is None else "curve_secretkey"
            raise self._fault(name, "is missing, but the other CurveZMQ key is there")
        return ConnectionInfo(
            shell_port=self._port("shell_port"),
            iopub_port=self._port("iopub_port"),
            stdin_port=self._port("stdin_port"),
            hb_port=self._port("hb_port"),
            control_port=self._optional_port("control_port"),
            transport=transport,
            ip=self._text("ip") or (ipc_prefix if transport == "ipc" else LOOPBACK),
            key=key,
            signature_scheme=self._scheme(key),
            is_scheme_named=bool(self._text("signature_scheme")),
            curve_publickey=public,
            curve_secretkey=secret,
            kernel_name=self._text("kernel_name"),
        )

    def _fault(self, name: str, what: str) -> UsageError:
        return UsageError(f"{self._source}: {name} {what}.")

    def _text(self, name: str) -> str:
        value = self._fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._fault(name, "is not text")
        return value

    def _key(self) -> bytes:
        try:
            return self._text("key").encode("utf-8")
        except UnicodeEncodeError:
            raise self._fault("key", "holds characters that UTF-8 cannot say") from None

    def _port(self, name: str) -> int:
        port = self._optional_port(name)
        if port is None:
            raise self._fault(name, "is missing")
        return port

    def _optional_port(self, name: str) -> int | None:
        value = self._fields.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(name, "is not a whole number")
        if not 1 <= value <= 65535:
            raise self._fault(name, f"is {value}, not from 1 to 65535")
        return value

    def _transport(self) -> Transport:
        text = self._text("transport")
        match text.lower():  # caseless: ipykernel accepts "TCP"
            case "" | "tcp":
                return "tcp"
            case "ipc":
                return "ipc"
            case _:
                raise self._fault("transport", f"is {text!r}, not tcp or ipc")

    def _scheme(self, key: bytes) -> str:
        scheme = self._text("signature_scheme") or DEFAULT_SCHEME
        try:
            Signer(key, scheme)
        except UsageError as error:
            reason = str(error)
            prefix = "" if reason.startswith("signature_scheme") else "signature_scheme: "
            raise UsageError(f"{self._source}: {prefix}{reason}.") from None
        return scheme

    def _curve_key(self, name: str) -> bytes | None:
        text = self._text(name)
        if not text:
            return None
        if not _Z85_KEY.fullmatch(text):
            raise self._fault(name, "is not a Z85 key of 40 characters")
        return text.encode("ascii")
