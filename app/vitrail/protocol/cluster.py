"""A cluster of ipyparallel: its client file, and its engines as kernels.

A controller's hub answers questions on its registration socket and tells of engines that come and
go on its notification socket. Through the mux and control sockets it hands on what is addressed
to an engine, whose uuid goes first; what engines publish it collects on iopub. An engine so
reached has neither stdin nor heartbeat.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from vitrail.protocol.connection import LOOPBACK, ConnectionInfo
from vitrail.protocol.fields import FileFields, is_host, read_text
from vitrail.protocol.messages import Message

IsHere = Callable[[str], bool]
"""Tells whether a host's name or address means this machine."""

_EVERY_INTERFACE: Final = frozenset({"0.0.0.0", "*", "::"})  # noqa: S104
_LOOPBACKS: Final = ("127.", "localhost", "::1")
_SHARED: Final = ("key", "registration", "pack", "unpack", "signature_scheme")
_JSON: Final = ("json", "orjson", "")  # orjson writes the same, faster


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConnection(ConnectionInfo):
    """The way to one engine through its controller.

    Attributes:
        number: As the cluster's clients count it.
        uuid: What the controller calls it.
        hub: The way to who knows whether it is still there.
    """

    number: int
    uuid: str
    hub: ConnectionInfo

    @property
    def address(self) -> tuple[bytes, ...]:
        """The frames that go before each request."""
        return (self.uuid.encode(),)

    @property
    def topics(self) -> tuple[bytes, ...]:
        """What to subscribe to on iopub: the engine's own messages, and comms of all engines.

        ipykernel gives the topics of comms no engine's number.
        """
        return (self._topic, b"comm-")

    def owns(self, message: Message) -> bool:
        """Tell whether a message on iopub comes from this engine."""
        is_told = any(topic.startswith(self._topic) for topic in message.identities)
        return is_told or message.metadata.get("engine") == self.uuid

    @property
    def _topic(self) -> bytes:
        return f"engine.{self.number}.".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInfo:
    """Where a controller listens, and its secrets; these never show in ``repr``.

    Attributes:
        host: Where to reach it.
        curve_serverkey: Z85 key of its CurveZMQ server; clients make their own pair.
        far: The machine that alone can reach it; empty unless that is another one.
        ssh: The server through which it wants its clients to come, may be empty.
    """

    host: str
    registration: int
    notification: int
    mux: int
    control: int
    iopub: int
    key: bytes = field(repr=False)
    signature_scheme: str
    curve_serverkey: bytes | None = field(default=None, repr=False)
    far: str = ""
    ssh: str = ""

    @property
    def hub(self) -> ConnectionInfo:
        """The way to the hub: a shell, and an iopub for news of engines."""
        return ConnectionInfo(
            shell_port=self.registration,
            iopub_port=self.notification,
            stdin_port=None,
            hb_port=None,
            ip=self.host,
            key=self.key,
            signature_scheme=self.signature_scheme,
            curve_publickey=self.curve_serverkey,
        )

    def engine(self, number: int, uuid: str) -> EngineConnection:
        """Return the way to an engine."""
        return EngineConnection(
            shell_port=self.mux,
            iopub_port=self.iopub,
            stdin_port=None,
            hb_port=None,
            control_port=self.control,
            ip=self.host,
            key=self.key,
            signature_scheme=self.signature_scheme,
            curve_publickey=self.curve_serverkey,
            kernel_name=f"Engine {number}",
            number=number,
            uuid=uuid,
            hub=self.hub,
        )

    @property
    def reason_for_silence(self) -> str:
        """Why the controller may not answer, as the end of a sentence; empty when unknown."""
        if self.far:
            return (
                f"it listens on {self.host} of {self.far!r} alone, which is another machine; "
                "start it there with --ip='*'"
            )
        if self.ssh:
            return f"its clients are to come by ssh through {self.ssh}, which Vitrail cannot"
        return ""


def read_cluster_file(path: str | os.PathLike[str], is_here: IsHere) -> ClusterInfo:
    """Read ``ipcontroller-*-client.json``, and compare it with the engines' file beside it.

    Raises:
        UsageError: It cannot be read, a field cannot be used, or the two are of different
            clusters; names file and field.
    """
    path = Path(path)
    source = f"The cluster file {path}"
    text = read_text(path, source)
    beside = path.with_name(path.name.removesuffix("-client.json") + "-engine.json")
    engine_text = None
    if path.name.endswith("-client.json") and os.access(beside, os.R_OK):
        engine_text = read_text(beside, f"The cluster file {beside}")
    return parse_cluster(text, is_here, source=source, engine_text=engine_text)


def parse_cluster(
    text: str, is_here: IsHere, *, source: str = "The cluster file", engine_text: str | None = None
) -> ClusterInfo:
    """Read the text of a client file.

    Args:
        text: JSON, as the controller wrote it.
        is_here: Asked about the machine that the controller says it runs on.
        source: How errors name the file, at the start of a sentence.
        engine_text: The file for engines, to compare.

    Raises:
        UsageError: A field is missing or cannot be used, or the two differ; names it.
    """
    client = FileFields.parse(text, source)
    if engine_text is not None:
        _compare(client, FileFields.parse(engine_text, f"{source}, the one for engines"))
    if client.value("notification") is None and client.value("hb_ping") is not None:
        raise client.fault("notification", "is missing: this is the file for engines")
    for name in ("pack", "unpack"):
        if client.text(name) not in _JSON:
            raise client.fault(name, f"is {client.text(name)!r}; Vitrail speaks json alone")
    if not client.text("signature_scheme"):
        raise client.fault("signature_scheme", "is missing, it must say how messages are signed")
    key = client.key(_key_name(client))
    host, far = _where(client, is_here)
    return ClusterInfo(
        host=host,
        registration=client.port("registration"),
        notification=client.port("notification"),
        mux=client.port("mux"),
        control=client.port("control"),
        iopub=client.port("iopub"),
        key=key,
        signature_scheme=client.scheme(key),
        curve_serverkey=client.curve_key("curve_serverkey"),
        far=far,
        ssh=client.text("ssh"),
    )


def read_roll(fields: Mapping[str, Any]) -> dict[int, str]:
    """Return the uuid of each engine by its number, out of a connection_reply's fields."""
    engines: Any = fields.get("engines")
    if not isinstance(engines, dict):
        return {}
    entries = cast("dict[str, Any]", engines).items()
    found = {int(number): str(uuid) for number, uuid in entries if number.isdecimal()}
    return dict(sorted(found.items()))


def _compare(client: FileFields, engine: FileFields) -> None:
    """Refuse two files that are not of one cluster, in the words of ipyparallel."""
    for name in _SHARED:
        ours, theirs = (
            each.value(_key_name(each) if name == "key" else name) for each in (client, engine)
        )
        if ours != theirs:
            raise client.fault("mismatch", f"between engine and client info: {name!r}")


def _key_name(fields: FileFields) -> str:
    return "exec_key" if fields.value("key") is None else "key"  # IPython before 1.0


def _where(client: FileFields, is_here: IsHere) -> tuple[str, str]:
    """Return the host to connect to, and the machine that alone can, if that is another one."""
    interface, location = client.text("interface"), client.text("location")
    transport, _, host = interface.partition("://")
    host = host.strip("[]")
    if transport != "tcp" or not (host in _EVERY_INTERFACE or is_host(host)):
        raise client.fault("interface", f"is {interface!r}, not tcp:// and an address")
    if location and not is_host(location):
        raise client.fault("location", f"is {location!r}, which is neither an address nor a name")
    is_elsewhere = bool(location) and not is_here(location)
    if host in _EVERY_INTERFACE:
        return (location if is_elsewhere else LOOPBACK), ""
    return host, location if is_elsewhere and host.startswith(_LOOPBACKS) else ""
