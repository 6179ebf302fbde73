"""The handshake of protocol 5.6: a kernel chooses its ports itself, and tells its launcher.

So nobody can take a port between our look and the kernel's. Spoken with kernels whose kernelspec
says so (``kernel_protocol_version``). Measured with xeus-python 0.19: the port has to be text, and
there is to be an ``ip`` beside the documented fields; without our receipt the kernel ends.
"""

import asyncio
import json
import re
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

import zmq

from vitrail.kernel.ports import free_ports
from vitrail.protocol.connection import LOOPBACK, ConnectionInfo
from vitrail.protocol.private_file import write_private
from vitrail.protocol.signing import Signer

VERSION: Final = (5, 6)
PATIENCE_S: Final = 20.0
"""After which a kernel is taken for one that knows no registration."""

_LOOK_S: Final = 0.01
_DELIMITER: Final = b"<IDS|MSG>"
_RECEIPT: Final = json.dumps({"status": "ok"}).encode()
_PORT: Final = re.compile(r"[0-9]{1,5}", re.ASCII)
_PORTS: Final = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")


def is_registering(protocol_version: str) -> bool:
    """Tell whether kernels of this protocol register, by what their kernelspec says of it."""
    major, _, minor = protocol_version.partition(".")
    minor = minor.partition(".")[0]
    return major.isdecimal() and minor.isdecimal() and (int(major), int(minor)) >= VERSION


class Registration:
    """Waits at an address of its own for one kernel to tell where it listens.

    What is not signed with the kernel's key is dropped without a word: anybody on this machine may
    connect.
    """

    def __init__(self, connection: ConnectionInfo, path: Path) -> None:
        """Listen, and write the file that the kernel is started with, for its owner alone.

        Args:
            connection: Key, scheme and address of the kernel; its ports are still to be told.
            path: Of the file; removed by `close`.

        Raises:
            OSError: There is no free port, or the file cannot be written.
        """
        self._connection = connection
        self._path = path
        self._signer = Signer(connection.key, connection.signature_scheme)
        self._kernel_id = str(uuid.uuid4())
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        [port] = free_ports(1)
        try:
            self._socket.bind(f"tcp://{LOOPBACK}:{port}")
            self._write(port)
        except BaseException:
            self.close()
            raise

    async def told(self, death: "asyncio.Future[int]") -> ConnectionInfo | None:
        """Wait for the kernel; None when it has died, or shows no sign of knowing registration."""
        until_s = asyncio.get_running_loop().time() + PATIENCE_S
        while not death.done() and asyncio.get_running_loop().time() < until_s:
            found = self._received()
            if found is not None:
                return found
            await asyncio.wait({death}, timeout=_LOOK_S)
        return None

    def close(self) -> None:
        """Listen no longer, and remove the file; idempotent."""
        self._socket.close(linger=50)  # for the receipt
        self._context.term()
        self._path.unlink(missing_ok=True)

    def _write(self, port: int) -> None:
        connection = self._connection
        fields = {
            "kernel_id": self._kernel_id,
            "transport": "tcp",
            "ip": LOOPBACK,
            "registration_ip": LOOPBACK,
            "registration_port": str(port),
            "signature_scheme": connection.signature_scheme,
            "key": connection.key.decode(),
        }
        write_private(self._path, json.dumps(fields))

    def _received(self) -> ConnectionInfo | None:
        """Take what has come; send the receipt when it is the kernel's word."""
        while True:
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return None
            if _DELIMITER not in frames:
                continue
            start = frames.index(_DELIMITER)
            signed = frames[start + 1 :]
            found = self._read(*signed) if len(signed) == 2 else None
            if found is not None:
                receipt = (_DELIMITER, self._signer.sign((_RECEIPT,)), _RECEIPT)
                self._socket.send_multipart((*frames[:start], *receipt))
                return found

    def _read(self, signature: bytes, frame: bytes) -> ConnectionInfo | None:
        if not self._signer.matches(signature, (frame,)):
            return None
        try:
            told = json.loads(frame)
        except ValueError:
            return None
        fields = cast("dict[str, Any]", told) if isinstance(told, dict) else {}
        ports = [str(fields.get(name)) for name in _PORTS]
        if fields.get("kernel_id") != self._kernel_id or not all(map(_PORT.fullmatch, ports)):
            return None
        shell, iopub, stdin, control, heartbeat = map(int, ports)
        return replace(
            self._connection,
            shell_port=shell,
            iopub_port=iopub,
            stdin_port=stdin,
            control_port=control,
            hb_port=heartbeat,
        )
