"""A real cluster of ipyparallel, in processes of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from support.patience import PATIENCE_S
from support.program import until

START_S: Final = 60.0
CLUSTER_ID: Final = "test"
MARK: Final = "VITRAIL_TEST_CLUSTER"
"""Environment variable that every process of one cluster inherits."""

# The controller and the engines become daemons, so this ends once they run.
STARTER: Final = f"""
import sys
import ipyparallel
cluster = ipyparallel.Cluster(
    n=int(sys.argv[1]),
    controller_ip="127.0.0.1",
    cluster_id="{CLUSTER_ID}",
    profile_dir=sys.argv[2],
    delay=0.1,
    shutdown_atexit=False,
)
cluster.start_and_connect_sync(activate=False)
"""


@dataclass(frozen=True)
class Cluster:
    """A running cluster.

    Attributes:
        file: What clients read.
    """

    file: Path
    mark: str

    @property
    def key(self) -> str:
        """The secret that must never be shown."""
        return str(json.loads(self.file.read_text())["key"])

    def processes(self, module: str = "") -> list[psutil.Process]:
        """Return the living processes, those that run *module* if given."""
        return [process for process in psutil.process_iter() if self._owns(process, module)]

    def kill(self, module: str = "") -> None:
        """Kill them, and wait until they are gone."""
        for process in self.processes(module):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        until(lambda: not self.processes(module))

    @contextmanager
    def another_engine(self) -> Iterator[None]:
        """Start one engine more, which may be killed before the end of the body."""
        profile = self.file.parent.parent
        command = [sys.executable, "-m", "ipyparallel.engine", f"--profile-dir={profile}"]
        engine = subprocess.Popen(
            [*command, f"--cluster-id={CLUSTER_ID}"],
            env={**os.environ, MARK: self.mark},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            engine.kill()
            engine.wait(PATIENCE_S)

    def _owns(self, process: psutil.Process, module: str) -> bool:
        try:
            is_alive = process.status() != psutil.STATUS_ZOMBIE
            if not is_alive or process.environ().get(MARK) != self.mark:
                return False
            return not module or module in process.cmdline()
        except (psutil.Error, OSError):  # somebody else's, or gone
            return False


@contextmanager
def running_cluster(engines: int, *, has_curve: bool = False) -> Iterator[Cluster]:
    """Start a cluster; at the end nothing of it is left."""
    directory = Path(tempfile.mkdtemp(prefix="vt-c-"))
    file = directory / "security" / f"ipcontroller-{CLUSTER_ID}-client.json"
    cluster = Cluster(file, uuid.uuid4().hex)
    environment = {**os.environ, MARK: cluster.mark}
    if has_curve:
        environment["IPP_ENABLE_CURVE"] = "1"
    command = [sys.executable, "-c", STARTER, str(engines), str(directory)]
    try:
        started = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=START_S
        )
        assert started.returncode == 0, started.stderr
        yield cluster
    finally:
        cluster.kill()
        shutil.rmtree(directory, ignore_errors=True)
