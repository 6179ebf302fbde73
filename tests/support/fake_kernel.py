"""A kernel on real sockets whose every answer is canned, so that it can also misbehave.

Runs in a thread of the test process; signs and parses with jupyter_client's `Session`, which
makes it an oracle for our codec as well. It knows no Python: code is looked up in a table of
scripts, generators that are stepped while they run and may wait for input or an interrupt.
"""

import contextlib
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Final, Self

import zmq
from jupyter_client.session import Session

from vitrail.protocol.connection import ConnectionInfo, parse_connection

Script = Callable[["Turn"], Iterator[None]]
Fields = dict[str, Any]

_STEP_MS: Final = 2
_SERVER_NAMES: Final = ("shell", "control", "stdin", "hb", "iopub")


@dataclass(frozen=True)
class Manners:
    """How the kernel behaves beyond its scripts.

    Attributes:
        features: What kernel_info advertises.
        answers_control_while_busy: ipykernel 6 and later do.
        obeys_message: Whether interrupt_request interrupts; it is answered in any case.
        answers_interrupt: Whether interrupt_request gets a reply.
        welcomes: Whether iopub sends iopub_welcome to its first subscriber.
        mute: Message types that get no reply, only busy and idle.
        deaf: Message types that get nothing at all.
        statusless: Message types without busy and idle around them.
        language: What the kernel says it speaks; only one of Python is asked beside a cell.
        replies: Contents that replace the canned replies, by request type.
        reply_types: Wrong reply types, by request type.
        idle_first: Send idle before the reply.
    """

    features: tuple[str, ...] = ("kernel subshells",)
    language: str = "canned"
    answers_control_while_busy: bool = True
    obeys_message: bool = True
    answers_interrupt: bool = True
    welcomes: bool = True
    mute: frozenset[str] = frozenset()
    deaf: frozenset[str] = frozenset()
    statusless: frozenset[str] = frozenset()
    replies: Mapping[str, Fields] = field(default_factory=dict)
    reply_types: Mapping[str, str] = field(default_factory=dict)
    idle_first: bool = False


@dataclass
class Request:
    """A request that arrived."""

    channel: str
    identities: list[bytes]
    message: dict[str, Any]

    @property
    def msg_type(self) -> str:
        return str(self.message["header"]["msg_type"])

    @property
    def content(self) -> Fields:
        return dict(self.message["content"])

    @property
    def subshell_id(self) -> str | None:
        found = self.message["header"].get("subshell_id")
        return None if found is None else str(found)


class Turn:
    """One execution under way, as its script sees it.

    Attributes:
        interrupted: Set by an interrupt; the script decides what to do about it.
        outcome: Content of the reply, apart from the execution count.
    """

    def __init__(self, kernel: "FakeKernel", request: Request, count: int) -> None:
        self.kernel = kernel
        self.request = request
        self.count = count
        self.interrupted = False
        self.arrivals_at_interrupt = 0
        self.outcome: Fields = {"status": "ok", "payload": [], "user_expressions": {}}

    def publish(self, msg_type: str, **content: Any) -> None:
        self.kernel.publish(msg_type, content, parent=self.request.message)

    def stream(self, text: str, name: str = "stdout") -> None:
        self.publish("stream", name=name, text=text)

    def result(self, text: str) -> None:
        self.publish(
            "execute_result",
            data={"text/plain": text},
            metadata={},
            execution_count=self.count,
        )

    def error(self, ename: str, evalue: str) -> None:
        what = {"ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}
        self.publish("error", **what)
        self.outcome = {"status": "error", "payload": [], "user_expressions": {}, **what}

    def ask(self, prompt: str, *, password: bool = False) -> None:
        """Ask for input; the answer appears in the kernel's ``answer``."""
        self.kernel.answer = None
        self.kernel.emit(
            "stdin",
            "input_request",
            {"prompt": prompt, "password": password},
            parent=self.request.message,
            identities=self.request.identities,
        )


def script_result(text: str) -> Script:
    """Make a script that has a value."""

    def run(turn: Turn) -> Iterator[None]:
        turn.result(text)
        yield

    return run


def script_stream(*texts: str, name: str = "stdout") -> Script:
    """Make a script that prints."""

    def run(turn: Turn) -> Iterator[None]:
        for text in texts:
            turn.stream(text, name)
        yield

    return run


def script_error(ename: str, evalue: str) -> Script:
    """Make a script that raises."""

    def run(turn: Turn) -> Iterator[None]:
        turn.error(ename, evalue)
        yield

    return run


def script_sleep(turn: Turn) -> Iterator[None]:
    """Say that it started, and sleep until interrupted, as ``time.sleep`` does."""
    turn.stream("started\n")
    while not turn.interrupted:
        yield
    turn.error("KeyboardInterrupt", "")


def script_await(turn: Turn) -> Iterator[None]:
    """Wait until interrupted *and* something arrived on shell since (ipykernel 5 to 7)."""
    turn.stream("started\n")
    while not turn.interrupted or turn.kernel.arrivals <= turn.arrivals_at_interrupt:
        yield
    turn.error("CancelledError", "")


def script_flood(count: int) -> Script:
    """Make a script that publishes *count* messages as fast as it can."""

    def run(turn: Turn) -> Iterator[None]:
        for number in range(count):
            turn.stream(f"{number}\n")
        yield

    return run


def script_input(prompt: str, *, password: bool = False) -> Script:
    """Make a script that asks, and has the answer as its value."""

    def run(turn: Turn) -> Iterator[None]:
        turn.ask(prompt, password=password)
        while turn.kernel.answer is None:
            if turn.interrupted:
                turn.error("KeyboardInterrupt", "")
                return
            yield
        if turn.kernel.answer == "\x04":
            turn.error("EOFError", "")
        else:
            turn.result(repr(turn.kernel.answer))

    return run


def script_late(text: str) -> Script:
    """Make a script whose output comes when the next execution ends."""

    def run(turn: Turn) -> Iterator[None]:
        turn.kernel.late.append(lambda: turn.stream(text))
        yield

    return run


def script_die(turn: Turn) -> Iterator[None]:
    """End the kernel without a word."""
    turn.kernel.die()
    yield


class FakeKernel:
    """A kernel in a thread; a context manager that leaves no thread and no socket.

    Attributes:
        connection: Where it listens, from the start on.
        requests: All that arrived, by type, in order.
        arrivals: How many messages came on shell.
        answer: The last input_reply's value.
        late: What a script leaves to be called when the next execution ends.
    """

    def __init__(
        self,
        scripts: Mapping[str, Script] | None = None,
        manners: Manners | None = None,
        *,
        key: bytes = b"a-shared-secret",
        ipc_directory: Path | None = None,
        curve: bool = False,
    ) -> None:
        self.scripts = dict(scripts or {})
        self.manners = manners or Manners()
        self.requests: list[Request] = []
        self.arrivals = 0
        self.answer: str | None = None
        self.late: list[Callable[[], None]] = []
        self._due: list[Callable[[], None]] = []
        self._session = Session(key=key, session="fake-kernel", username="kernel")
        self._context = zmq.Context()
        self._curve = zmq.curve_keypair() if curve else None
        self._sockets = self._bound(ipc_directory)
        self.connection = self._connection(key, ipc_directory)
        self._count = 0
        self._subshells = 0
        self._queue: deque[Request] = deque()
        self._current: tuple[Turn, Iterator[None]] | None = None
        self._todo: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._bell, self._ear = socket.socketpair()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="fake-kernel", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.die()
        self._thread.join()
        self._bell.close()
        self._ear.close()

    def do(self, action: Callable[[], None]) -> None:
        """Run *action* in the kernel's thread, soon."""
        self._todo.put(action)
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def die(self) -> None:
        """Close every socket at once, as a killed process does; safe from any thread."""
        self._is_over = True
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def stall(self, seconds: float) -> None:
        """Do nothing at all for a while, heartbeat included, as under SIGSTOP."""
        self.do(lambda: time.sleep(seconds))

    def received(self, msg_type: str) -> list[Request]:
        """Return the requests of one type that arrived so far."""
        return [request for request in self.requests if request.msg_type == msg_type]

    # What the kernel's thread may call

    def forget_itself(self) -> None:
        """Go on under another session id, as after a restart."""
        self._session.session = "another-run"

    def publish(self, msg_type: str, content: Fields, parent: Any = None) -> None:
        """Send on iopub."""
        self.emit("iopub", msg_type, content, parent, [msg_type.encode()])

    def emit(
        self,
        channel: str,
        msg_type: str,
        content: Fields,
        parent: Any = None,
        identities: Sequence[bytes] = (),
    ) -> list[bytes]:
        """Sign and send a message; returns its frames, to be sent again or spoilt."""
        message = self._session.msg(msg_type, content=content, parent=parent)
        frames: list[bytes] = self._session.serialize(message, list(identities))
        self.send_frames(channel, frames)
        return frames

    def send_frames(self, channel: str, frames: Sequence[bytes]) -> None:
        """Send any frames."""
        self._sockets[channel].send_multipart(list(frames))

    def interrupt(self) -> None:
        """Interrupt the running turn."""
        if self._current is not None:
            turn = self._current[0]
            turn.interrupted = True
            turn.arrivals_at_interrupt = self.arrivals

    # The thread

    def _run(self) -> None:
        poller = zmq.Poller()
        for server in self._sockets.values():
            poller.register(server, zmq.POLLIN)
        poller.register(self._ear.fileno(), zmq.POLLIN)
        try:
            while not self._is_over:
                ready = dict(poller.poll(_STEP_MS if self._current else None))
                if self._ear.fileno() in ready:
                    self._ear.recv(4096)
                with contextlib.suppress(Empty):
                    while True:
                        self._todo.get_nowait()()
                for name in _SERVER_NAMES:
                    if self._sockets[name] in ready:
                        self._on_readable(name)
                self._step()
        finally:
            self._context.destroy(linger=0)

    def _on_readable(self, name: str) -> None:
        frames = self._sockets[name].recv_multipart()
        if name == "hb":
            self._sockets[name].send_multipart(frames)
        elif name == "iopub":
            if frames[0][:1] == b"\x01" and self.manners.welcomes:
                self.emit("iopub", "iopub_welcome", {"subscription": frames[0][1:].decode()})
        else:
            identities, rest = self._session.feed_identities(frames)
            message = self._session.deserialize(rest)
            self._on_request(Request(name, identities, message))

    def _on_request(self, request: Request) -> None:
        self.requests.append(request)
        if request.channel == "stdin":
            self.answer = str(request.content["value"])
            return
        self.arrivals += request.channel == "shell"
        is_own_thread = request.channel == "control" or request.subshell_id is not None
        if is_own_thread and (
            self.manners.answers_control_while_busy
            or request.msg_type in ("interrupt_request", "shutdown_request")
        ):
            self._answer(request)
        else:
            self._queue.append(request)

    def _step(self) -> None:
        if self._current is not None:
            turn, script = self._current
            if next(script, self) is self:
                self._current = None
                self._finish(turn)
        while self._current is None and self._queue and not self._is_over:
            self._answer(self._queue.popleft())

    def _answer(self, request: Request) -> None:
        msg_type = request.msg_type
        if msg_type in self.manners.deaf:
            return
        self._status(request, "busy")
        if msg_type == "execute_request":
            self._execute(request)
            return
        if msg_type == "interrupt_request":
            if self.manners.obeys_message:
                self.interrupt()
            if not self.manners.answers_interrupt:
                return
        content = self._canned(request)
        if content is not None:
            self._reply(request, content)
        self._status(request, "idle")
        if msg_type == "shutdown_request":
            self.publish("shutdown_reply", content or {}, parent=request.message)
            self.die()

    def _execute(self, request: Request) -> None:
        content = request.content
        is_main = request.channel == "shell" and request.subshell_id is None
        if not content["silent"]:
            self._count += 1
            self.publish(
                "execute_input",
                {"code": content["code"], "execution_count": self._count},
                parent=request.message,
            )
        turn = Turn(self, request, self._count)
        for name in content["user_expressions"]:
            value = {"status": "ok", "data": {"text/plain": name}, "metadata": {}}
            turn.outcome["user_expressions"][name] = value
        script = self.scripts.get(content["code"], script_stream())(turn)
        if is_main:
            self._current = (turn, script)
            return
        for _ in script:  # in a subshell: at once
            pass
        self._finish(turn)

    def _finish(self, turn: Turn) -> None:
        content = {**turn.outcome, "execution_count": turn.count}
        if self.manners.idle_first:
            self._status(turn.request, "idle")
        self._reply(turn.request, content)
        if not self.manners.idle_first:
            self._status(turn.request, "idle")
        due, self._due, self.late = self._due, self.late, []
        for action in due:
            action()

    def _reply(self, request: Request, content: Fields) -> None:
        kind = request.msg_type
        if kind in self.manners.mute:
            return
        reply_type = self.manners.reply_types.get(kind, kind.replace("_request", "_reply"))
        self.emit(request.channel, reply_type, content, request.message, request.identities)
        if content.get("status") == "error" and kind == "execute_request":
            self._abort_queue()

    def _abort_queue(self) -> None:
        waiting, self._queue = self._queue, deque()
        for request in waiting:
            if request.msg_type != "execute_request":
                self._queue.append(request)
                continue
            self._status(request, "busy")
            self.emit(
                "shell",
                "execute_reply",
                {"status": "aborted"},
                request.message,
                request.identities,
            )
            self._status(request, "idle")

    def _status(self, request: Request, state: str) -> None:
        if request.msg_type not in self.manners.statusless:
            self.publish("status", {"execution_state": state}, parent=request.message)

    def _canned(self, request: Request) -> Fields | None:
        if request.msg_type in self.manners.replies:
            return dict(self.manners.replies[request.msg_type])
        match request.msg_type:
            case "kernel_info_request":
                language = {**_KERNEL_INFO["language_info"], "name": self.manners.language}
                features = list(self.manners.features)
                return _KERNEL_INFO | {"supported_features": features, "language_info": language}
            case "complete_request":
                return _completion(request.content)
            case "create_subshell_request":
                self._subshells += 1
                return {"status": "ok", "subshell_id": f"subshell-{self._subshells}"}
            case "shutdown_request":
                return {"status": "ok", "restart": request.content["restart"]}
            case "is_complete_request":
                return {"status": "unknown"}
            case "history_request":
                return {"status": "ok", "history": [[1, 1, "a = 1"]]}
            case "interrupt_request":
                return {"status": "ok"}
            case _:
                return None  # ipykernel 7.4: busy and idle, no reply

    def _bound(self, ipc_directory: Path | None) -> dict[str, "zmq.Socket[bytes]"]:
        kinds = {"shell": zmq.ROUTER, "control": zmq.ROUTER, "stdin": zmq.ROUTER}
        sockets = {}
        self._ports: dict[str, int] = {}
        for number, name in enumerate(_SERVER_NAMES, start=1):
            server = self._context.socket({**kinds, "hb": zmq.ROUTER, "iopub": zmq.XPUB}[name])
            server.setsockopt(zmq.SNDHWM, 0)
            server.setsockopt(zmq.RCVHWM, 0)
            if self._curve:
                server.setsockopt(zmq.CURVE_PUBLICKEY, self._curve[0])
                server.setsockopt(zmq.CURVE_SECRETKEY, self._curve[1])
                server.setsockopt(zmq.CURVE_SERVER, 1)
            if ipc_directory is None:
                self._ports[name] = server.bind_to_random_port("tcp://127.0.0.1")
            else:
                server.bind(f"ipc://{ipc_directory}/k-{number}")
                self._ports[name] = number
            sockets[name] = server
        return sockets

    def _connection(self, key: bytes, ipc_directory: Path | None) -> ConnectionInfo:
        fields: Fields = {f"{name}_port": port for name, port in self._ports.items()}
        fields |= {"key": key.decode(), "signature_scheme": "hmac-sha256", "kernel_name": "fake"}
        if ipc_directory is None:
            fields |= {"transport": "tcp", "ip": "127.0.0.1"}
        else:
            fields |= {"transport": "ipc", "ip": f"{ipc_directory}/k"}
        if self._curve:
            public, secret = self._curve
            fields |= {"curve_publickey": public.decode(), "curve_secretkey": secret.decode()}
        return parse_connection(json.dumps(fields))


_KERNEL_INFO: Final[Fields] = {
    "status": "ok",
    "protocol_version": "5.5",
    "implementation": "fake",
    "implementation_version": "1",
    "language_info": {"name": "canned", "version": "1", "file_extension": ".txt"},
    "banner": "A kernel that knows nothing",
}


def _completion(content: Fields) -> Fields:
    return {
        "status": "ok",
        "matches": [content["code"] + "pha"],
        "cursor_start": 0,
        "cursor_end": content["cursor_pos"],
        "metadata": {},
    }
