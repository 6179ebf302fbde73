"""A blocking client that draws nothing: python -m perf.subject_floor CASE.

For the start: a bare window, and a kernel that was started before Qt was imported.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, cast

from perf.cases import CASES, Case

REST_S = 0.08  # between two trips, as of perf.driver
TRIPS = 60


def floor_start() -> dict[str, Any]:
    """Start a kernel and, meanwhile, show a window; then ask the kernel once."""
    ports = free_ports(5)
    names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    info: dict[str, Any] = dict(zip(names, ports, strict=True))
    info |= {"ip": "127.0.0.1", "transport": "tcp", "key": "key", "signature_scheme": "hmac-sha256"}
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "kernel.json"
        path.write_text(json.dumps(info))
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(path)]
        kernel = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return {"window_ms": show_window(), **ask_kernel(info)}
        finally:
            kernel.kill()
            kernel.wait()


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def show_window() -> float:
    """Show an empty window and wait until it was painted; return when that was."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

    application = QApplication(["floor"])
    window = QMainWindow()
    edit = QPlainTextEdit(window)
    window.setCentralWidget(edit)
    window.resize(960, 680)

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, application, application.quit)
            return False

    painted = Painted()
    edit.viewport().installEventFilter(painted)
    window.show()
    application.exec()
    return since_spawn_ms()


def ask_kernel(info: dict[str, Any]) -> dict[str, Any]:
    """Ask for kernel_info as soon as the kernel listens."""
    from jupyter_client.blocking.client import BlockingKernelClient

    for name in ("shell_port", "iopub_port"):
        while socket.socket().connect_ex(("127.0.0.1", info[name])):
            time.sleep(0.001)
    client = BlockingKernelClient()
    client.load_connection_info(cast("Any", info))
    client.start_channels(stdin=False, hb=False, control=False)
    client.kernel_info()
    client.get_shell_msg(timeout=30)
    measured = {"wall_ms": since_spawn_ms()}
    client.stop_channels()
    return measured


def since_spawn_ms() -> float:
    """Return the age of this process, from the runner's clock."""
    return 1e3 * (time.time() - float(os.environ["PERF_SPAWNED_AT"]))


def floor_cells(case: Case) -> dict[str, Any]:
    """Run the case and read every message."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3", transport_encryption="auto")
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        for code in ("pass", *case.setup):
            run(client, code)
        if case.kind == "trip":
            trips = [rested(client, case.code) for _ in range(TRIPS)]
            return {"wall_ms": 1e3 * statistics.median(trips)}
        return {"wall_ms": 1e3 * run(client, case.code)[0]}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def rested(client: Any, code: str) -> float:
    """Return the seconds to a cell's result, after a rest as the consoles have it.

    Without a rest kernel and processor are still warm from the cell before, and answer in half the
    time.
    """
    time.sleep(REST_S)
    return run(client, code)[1]


def run(client: Any, code: str) -> tuple[float, float]:
    """Run a cell; return the seconds to its idle and to its result."""
    began = time.perf_counter()
    msg_id = client.execute(code)
    result_s = 0.0
    while True:
        message = client.get_iopub_msg(timeout=600)
        if message["parent_header"].get("msg_id") != msg_id:
            continue
        if message["msg_type"] == "execute_result":
            result_s = time.perf_counter() - began
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    idle_s = time.perf_counter() - began
    client.get_shell_msg(timeout=60)
    return idle_s, result_s


if __name__ == "__main__":
    asked = CASES[sys.argv[1]]
    print("PERF", json.dumps(floor_start() if asked.kind == "start" else floor_cells(asked)))
