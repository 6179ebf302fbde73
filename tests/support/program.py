"""The program as its users start it: a process of its own, in a home of its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import nbformat
import psutil

from support.patience import PATIENCE_S
from support.private_home import make_directories

T = TypeVar("T")

TIMEOUTS_S: Final = (4, 15, 45)
"""After how long a run is given up that is to have begun; a busy machine needs the longer ones."""

LAST_WORDS_S: Final = 5.0
POLL_S: Final = 0.01
HOME_MARK: Final = "VITRAIL_TEST_HOME"
"""Environment variable that every process started in a home inherits."""

COMMAND: Final = (sys.executable, "-W", "default::ResourceWarning", "-m", "vitrail")

OUR_FRAME: Final = re.compile(r'File ".*/(vitrail|vitrail_widgets|vitrail_resources)/[^"]*", line')


def until(condition: Callable[[], T], timeout_s: float = PATIENCE_S) -> T:
    """Wait until *condition* gives something true, and return that.

    Raises:
        AssertionError: It did not in time.
    """
    deadline = time.monotonic() + timeout_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {timeout_s:g} s: {condition}"
        time.sleep(POLL_S)
    return found


@dataclass(frozen=True)
class Finished:
    """How a program ended."""

    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Home:
    """A directory that is home, runtime directory and configuration of what is started in it.

    Attributes:
        path: The home; programs run in its `desk`.
        variables: The environment of what is started here.
    """

    path: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def desk(self) -> Path:
        """The working directory."""
        return self.path / "desk"

    def add_kernel(self, name: str, argv: Sequence[str], **fields: Any) -> None:
        """Install a kernelspec."""
        directory = self.path / "jupyter" / "kernels" / name
        directory.mkdir(parents=True)
        spec = {"argv": list(argv), "display_name": name.title(), "language": "python", **fields}
        (directory / "kernel.json").write_text(json.dumps(spec))

    def write(self, name: str, text: str) -> Path:
        """Put a text file on the desk."""
        path = self.desk / name
        path.write_text(text, "utf-8")
        return path

    def notebook(self, name: str = "out.ipynb") -> Any:
        """Read a notebook that the program wrote; nbformat's own validator has looked at it."""
        path = self.desk / name
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        return notebook

    def connection_files(self) -> list[Path]:
        """Return what kernels left in the runtime directory: files and sockets."""
        return sorted((self.path / "run").glob("kernel-*"))

    def processes(self) -> list[psutil.Process]:
        """Return the living processes that were started in this home, by whomever."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            environment = process.environ()
            is_alive = process.status() != psutil.STATUS_ZOMBIE
        except (psutil.Error, OSError):  # somebody else's, or gone
            return False
        return is_alive and environment.get(HOME_MARK) == self.variables[HOME_MARK]

    def leftovers(self) -> list[str]:
        """Name what outlived its program; empty when all is well."""
        processes = [f"process {' '.join(process.cmdline())}" for process in self.processes()]
        return processes + [f"file {path.name}" for path in self.connection_files()]

    def start(self, *arguments: str, **variables: str | None) -> "Program":
        """Start `vitrail` with arguments.

        Args:
            arguments: After the program's name.
            variables: Change the environment; None removes.
        """
        merged = {**self.variables, **variables}
        environment = {name: value for name, value in merged.items() if value is not None}
        return Program([*COMMAND, *arguments], self.desk, environment)

    def run(self, *arguments: str, stdin: bytes = b"", **variables: str | None) -> Finished:
        """Run `vitrail run` to its end, which must leave nothing behind, nor tell our frames."""
        with self.start("run", *arguments, **variables) as program:
            finished = program.finish(stdin)
        assert not OUR_FRAME.search(finished.stderr), finished.stderr
        return finished

    def run_out_of_time(self, begun: str, *arguments: str) -> Finished:
        """Run `vitrail run --timeout`, until it ends a cell that has made the file *begun*."""
        for seconds in TIMEOUTS_S:
            done = self.run(*arguments, "--timeout", str(seconds))
            assert done.status == 2
            assert done.stderr == f"vitrail run: Not finished after {seconds} s.\n"
            if (self.desk / begun).exists():
                return done
        raise AssertionError(f"the cell has not begun within {TIMEOUTS_S[-1]} s")


@contextmanager
def private_home() -> Iterator[Home]:
    """Make a home; whatever still lives in it at the end is killed.

    Its path is short, because kernels put Unix sockets below it.
    """
    path = Path(tempfile.mkdtemp(prefix="vt-e-"))
    shared = {"MPLCONFIGDIR": os.environ["MPLCONFIGDIR"]}  # a font cache takes seconds to build
    variables = {**os.environ, **make_directories(path), **shared, HOME_MARK: str(path)}
    variables["PYTHONFAULTHANDLER"] = "1"
    home = Home(path, variables)
    home.desk.mkdir()
    try:
        yield home
    finally:
        for process in home.processes():
            process.kill()
        shutil.rmtree(path, ignore_errors=True)


class Program:
    """A running `vitrail`; a context manager that kills what did not end by itself."""

    def __init__(
        self, command: Sequence[str], directory: Path, environment: Mapping[str, str]
    ) -> None:
        pipe = subprocess.PIPE
        with _heeding_interrupts():
            self.process = subprocess.Popen(
                command,
                cwd=directory,
                env=dict(environment),
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def signal(self, which: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(which)

    def finish(self, stdin: bytes = b"", timeout_s: float = PATIENCE_S) -> Finished:
        """Wait for its end."""
        try:
            stdout, stderr = self.process.communicate(stdin, timeout=timeout_s)
        except subprocess.TimeoutExpired as late:
            family = "\n".join(family_of(self.process.pid))
            stdout, stderr = self._abort()
            said = f"{family}\nstdout: {stdout!r}\nstderr: {stderr.decode(errors='replace')}"
            raise AssertionError(f"not ended within {timeout_s:g} s\n{said}") from late
        return Finished(self.process.returncode, stdout.decode(), stderr.decode())

    def _abort(self) -> tuple[bytes, bytes]:
        """End it so that faulthandler tells where it was; its kernel first, whom it then quotes."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            child.send_signal(signal.SIGABRT)
        with suppress(subprocess.TimeoutExpired):
            return self.process.communicate(timeout=LAST_WORDS_S)
        self.process.send_signal(signal.SIGABRT)
        return self.process.communicate()


def family_of(pid: int) -> list[str]:
    """Say of a process and its children what they do: "disk-sleep" is the machine's fault."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return [
            f"{each.pid} {each.status()}, {sum(each.cpu_times()[:2]):.1f} s of work:"
            f" {' '.join(each.cmdline())}"
            for each in family
        ]
    except psutil.Error:
        return ["it is gone"]


@contextmanager
def _heeding_interrupts() -> Iterator[None]:
    """Let a child heed SIGINT, which is ignored, and inherited so, where tests run with `&`."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
