"""Starting kernels through jupyter_client: kernelspec, provisioner, ports, connection file.

The only module that uses jupyter_client's manager, and only to prepare and to spawn: its control
socket and its waiting belong to one event loop, and a kernel of ours outlives the one that
launched it. jupyter_client is imported when the first kernel is launched (it takes 0.1 s).
"""

import json
import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from vitrail.kernel.discovery import KernelSpec, runtime_dir, spec_manager, unknown_kernel
from vitrail.kernel.ports import free_ports
from vitrail.protocol.connection import (
    LOOPBACK,
    ConnectionInfo,
    parse_connection,
    write_connection_file,
)
from vitrail.protocol.errors import UsageError
from vitrail.protocol.private_file import write_private

if TYPE_CHECKING:
    import asyncio

    from vitrail.kernel.registration import Registration

Transport = Literal["auto", "tcp", "ipc"]

# sun_path holds 108 bytes on Linux, 104 on the BSDs, one of them the NUL (unix(7)).
_LONGEST_IPC_PATH: Final = 103
NATIVE: Final = "python3"
"""The kernelspec's name by which notebooks know Python, whichever environment runs it."""

_PORT_NAMES: Final = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")


class LaunchError(UsageError):
    """A kernel could not be started, or died while it started.

    Attributes:
        sentence: What happened, on one line.
        output: The last lines that the kernel printed, may be empty; ``str()`` ends with them.
    """

    def __init__(self, sentence: str, output: str = "") -> None:
        super().__init__(f"{sentence}\n{output}" if output else sentence)
        self.sentence = sentence
        self.output = output


class AddressError(LaunchError):
    """The kernel cannot listen where it was told to; perhaps it can elsewhere.

    Somebody else took a port that was free when it was given to the kernel, or the kernel
    cannot do ipc (xeus-python 0.19: "Invalid argument").
    """


class Launcher:
    """Spawns one kernel, again and again on the same connection file.

    Attributes:
        spec: What is spawned.
        launched_as: The kernelspec's name or the environment's absolute path.
        directory: Working directory of the kernel.
        is_bound: Whether the next run, of an ipykernel, ends with us.
        connection_file: What the kernel is told; written by the first `spawn`.
        interrupt_mode: ``signal`` or ``message``, from the kernelspec.
        registers: Whether the kernel chooses its ports and tells us, as its kernelspec says.
    """

    def __init__(
        self,
        kernel_name: str,
        cwd: Path | None,
        transport: Transport,
        connection_file: Path | None = None,
    ) -> None:
        """Find the kernelspec and choose the transport.

        Args:
            kernel_name: Of a kernelspec, else the path of a Python environment with ipykernel.
            cwd: As `vitrail.kernel.process`.
            transport: As there.
            connection_file: Of a kernel that runs already; its next run is to listen there, too.

        Raises:
            LaunchError: There is no such kernel.
        """
        from jupyter_client.manager import AsyncKernelManager

        specs, name, self.launched_as = _specs(kernel_name)
        found = _find(specs, name)
        directory = runtime_dir()
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.connection_file = connection_file or directory / f"kernel-{uuid.uuid4()}.json"
        self.spec = KernelSpec(name, found.display_name or name, found.language)
        self.interrupt_mode = str(found.interrupt_mode)
        self.is_bound = False
        self.directory = Path.cwd() if cwd is None else cwd.absolute()
        has_curve = _has_curve(found.metadata)
        self._registration: Registration | None = None
        self._written = ""
        # CurveZMQ and ipc go before: registration has no words for them.
        self.registers = not (connection_file or has_curve or transport == "ipc") and _registers(
            found
        )
        if self.registers:
            transport = "tcp"
        self._is_auto = transport == "auto" and connection_file is None
        self._manager: Any = AsyncKernelManager(
            kernel_name=name,
            kernel_spec_manager=specs,
            connection_file=str(self.connection_file),
            **({} if connection_file else _transport(transport, has_curve, self.connection_file)),
        )
        if connection_file is not None:
            self._take_over(has_curve=has_curve)

    def _take_over(self, *, has_curve: bool) -> None:
        """Let the manager have written the connection file that is there."""
        self._manager.load_connection_file()
        self._manager.cache_ports = False
        self._manager.transport_encryption = "auto" if has_curve else "disabled"
        self._manager._connection_file_written = True
        self._written = _text_of(self.connection_file)

    async def spawn(
        self, output: int, reader: int | None = None
    ) -> tuple["subprocess.Popen[bytes]", ConnectionInfo]:
        """Start the process, leader of its own group and session.

        debugpy's warning about frozen modules (ipykernel 7.4 on Python 3.11) is turned off: it
        comes as output on iopub, before the first cell.

        Args:
            output: File descriptor for its stdout and stderr; the caller closes it.
            reader: The other end of it, which a kernel that is to outlive a crash of ours holds,
                too: else it would die of printing something. Such a kernel is also not told who
                its parent is, because ipykernel ends with its parent.

        Raises:
            LaunchError: Its program cannot be run.
        """
        try:
            command, options = await self._manager.pre_start_kernel(
                env=_environment(is_bound=self.is_bound),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=str(self.directory),
                **({} if reader is None else {"independent": True, "pass_fds": (reader,)}),
            )
            self._check(command, options)
            if self.registers:
                command = self._begin_registration(command)
            else:
                self._mend_file()
            found = await self._manager.provisioner.launch_kernel(command, **options)
            self.is_bound = False
        except OSError as error:
            raise LaunchError(f"The kernel {self.spec.name!r} cannot be run: {error}.") from error
        process = getattr(self._manager.provisioner, "process", None)
        if not isinstance(process, subprocess.Popen):
            raise LaunchError(
                f"The kernel {self.spec.name!r} has a provisioner that starts no local process; "
                "start the kernel yourself and attach to its connection file."
            )
        return cast("subprocess.Popen[bytes]", process), self._connection(found)

    async def registered(self, death: "asyncio.Future[int]") -> ConnectionInfo | None:
        """Wait until the kernel has told its ports, and write them for whoever attaches to it.

        None when it died, or knows nothing of registration; the next run is told its ports.
        """
        assert self._registration is not None
        try:
            told = await self._registration.told(death)
        finally:
            self._registration.close()
            self._registration = None
        self.registers = told is not None
        if told is not None:
            write_connection_file(self.connection_file, told)
        return told

    def _mend_file(self) -> None:
        """Write the connection file once more if somebody has replaced it since the last run."""
        if not self._written:
            self._written = _text_of(self.connection_file)
        elif _text_of(self.connection_file) != self._written:
            write_private(self.connection_file, self._written)

    def _begin_registration(self, command: list[str]) -> list[str]:
        """Listen for the kernel; return the command with another file to read."""
        from vitrail.kernel.registration import Registration

        file = self.connection_file.with_name(f"registration-{uuid.uuid4()}.json")
        connection = self._connection(self._manager.get_connection_info())
        self._registration = Registration(connection, file)
        return [part.replace(str(self.connection_file), str(file)) for part in command]

    @property
    def is_ipc_a_guess(self) -> bool:
        """Whether the kernel was given ipc sockets without knowing that it can do them."""
        return self._is_auto and self._manager.transport == "ipc"

    def move(self) -> None:
        """Give the next run other addresses: loopback TCP, on ports that are free now."""
        if self._manager.transport == "ipc":
            self._manager.cleanup_ipc_files()
            self._manager.transport = "tcp"
            self._manager.ip = LOOPBACK
            self._manager.cache_ports = False
        self._manager.cleanup_connection_file()  # else it is not written again
        self._written = ""
        for name, port in _ports().items():
            setattr(self._manager, name, port)

    async def forget(self) -> None:
        """Let the provisioner forget a process that has ended and been reaped."""
        if self._manager.provisioner is not None:  # there is none for a kernel that was taken over
            await self._manager.provisioner.wait()

    def let_go(self) -> None:
        """Leave the connection file, which jupyter_client's manager removes when it is dropped."""
        self._manager._connection_file_written = False  # it has no other word for "not mine"

    async def clean_up(self, *, restart: bool) -> None:
        """Remove the ipc sockets; without *restart* the connection file too. Idempotent."""
        await self._manager.cleanup_resources(restart=restart)

    def _check(self, command: list[str], options: dict[str, Any]) -> None:
        """Refuse in words what Popen would refuse with a logged traceback."""
        program = command[0] if command else ""
        search = options["env"].get("PATH")
        if not shutil.which(Path(program).expanduser(), path=search):
            raise LaunchError(
                f"The kernel {self.spec.name!r} cannot be run: its program {program!r} was not "
                "found or is not executable."
            )
        if not self.directory.is_dir():
            raise LaunchError(f"There is no directory {str(self.directory)!r} to run a kernel in.")

    def _connection(self, found: dict[str, Any]) -> ConnectionInfo:
        """Return a provisioner's connection info, whose key is bytes, as ours."""
        fields = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in found.items()
        }
        return parse_connection(json.dumps({**fields, "kernel_name": self.spec.name}))


def new_launcher(kernel_name: str, cwd: Path | None, transport: Transport) -> Launcher:
    """Return a launcher for a kernel that does not run yet; arguments as `Launcher`.

    Raises:
        LaunchError: There is no such kernel, no place for its connection file, or no free port.
    """
    try:
        return Launcher(kernel_name, cwd, transport)
    except OSError as error:
        raise LaunchError(f"The kernel {kernel_name!r} cannot be run: {error}.") from error


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _environment(*, is_bound: bool) -> dict[str, str]:
    """Return the variables of a kernel: ours, less that by which a kernel would know its parent.

    We may have been started in a kernel ourselves. A bound one is told that it is we.
    """
    parent = {"JPY_PARENT_PID": str(os.getpid())} if is_bound else {}
    ours = {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"}
    return {"PYDEVD_DISABLE_FILE_VALIDATION": "1", **ours, **parent}


def _specs(kernel_name: str) -> tuple[Any, str, str]:
    """Return what knows a kernel, by which name, and what to launch it as the next time."""
    specs = spec_manager()
    path = Path(kernel_name).expanduser()
    if not path.is_dir() or kernel_name.lower() in specs.find_kernel_specs():
        return specs, kernel_name, kernel_name
    from vitrail.kernel.environment_spec import only_in  # no start with a kernelspec waits for it

    path = path.absolute()
    return only_in(path), NATIVE, str(path)


def find_spec(kernel_name: str) -> Any:
    """Return the KernelSpec of jupyter_client that has this name.

    Raises:
        LaunchError: There is none, or it cannot be used.
    """
    return _find(spec_manager(), kernel_name)


def described_transport(spec: Any) -> str:
    """Say how the traffic to a kernel that is launched from a KernelSpec would travel."""
    from vitrail.kernel.channels import HAS_CURVE

    if _has_curve(spec.metadata) and HAS_CURVE:
        return "loopback tcp with CurveZMQ"
    fits = _fits_ipc(runtime_dir() / f"kernel-{uuid.uuid4()}.json")
    return "ipc" if fits else "loopback tcp, not encrypted"


def _find(specs: Any, kernel_name: str) -> Any:
    from jupyter_client.kernelspec import NoSuchKernel
    from traitlets import TraitError

    known = specs.find_kernel_specs()
    if kernel_name.lower() not in known:
        raise LaunchError(unknown_kernel(kernel_name, known))
    try:
        return specs.get_kernel_spec(kernel_name)
    except (NoSuchKernel, ValueError, TypeError, TraitError, OSError) as error:
        # Its provisioner, its JSON, or what is in it.
        raise LaunchError(f"The kernelspec {kernel_name!r} cannot be used: {error}.") from error


def _registers(spec: Any) -> bool:
    """Whether a kernelspec says that its kernel chooses its ports."""
    if not spec.kernel_protocol_version:
        return False
    from vitrail.kernel.registration import is_registering

    return is_registering(spec.kernel_protocol_version)


def _has_curve(metadata: dict[str, Any]) -> bool:
    """Whether a kernelspec says that its kernel can do CurveZMQ (jupyter_client 8.10)."""
    supported = metadata.get("supported_encryption") or ()
    return "curve" in ([supported] if isinstance(supported, str) else supported)


def _transport(wanted: Transport, has_curve: bool, connection_file: Path) -> dict[str, Any]:
    """Choose the manager's options: encrypted TCP, else ipc where the path fits, else TCP."""
    from vitrail.kernel.channels import HAS_CURVE

    is_encrypted = has_curve and HAS_CURVE
    if wanted == "auto":
        wanted = "tcp" if is_encrypted or not _fits_ipc(connection_file) else "ipc"
    encryption = {"transport_encryption": "auto"} if is_encrypted else {}
    if wanted == "ipc":
        return {"transport": wanted, **encryption}
    # Told the address, jupyter_client does not look for it among all interfaces: 7 ms.
    return {"transport": wanted, "ip": LOOPBACK, "cache_ports": False, **_ports(), **encryption}


def _ports() -> dict[str, int]:
    return dict(zip(_PORT_NAMES, free_ports(len(_PORT_NAMES), LOOPBACK), strict=True))


def _fits_ipc(connection_file: Path) -> bool:
    # jupyter_client names the sockets after the file: kernel-….json -> kernel-…-ipc-5
    prefix = os.fsencode(connection_file.with_suffix(""))
    return len(prefix) + len("-ipc-99") <= _LONGEST_IPC_PATH
