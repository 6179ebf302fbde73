"""Whether Qt can start where it is told to: when it cannot, it aborts the process."""

import os
from collections.abc import Callable, Mapping
from typing import Final

_STARTING: Final = ("xcb", "wayland", "offscreen", "minimal")
"""Start whenever their libraries and their display are there, which is looked at without Qt."""


def start_problem(
    environ: Mapping[str, str], trial: Callable[[], tuple[bool, str]] | None = None
) -> str | None:
    """Return why Qt cannot start on an unusual platform, or None when it can.

    Qt aborts the process when a platform's name is wrong or its plug-in fails. So what
    QT_QPA_PLATFORM asks for is tried in another process, unless that is well known to start.

    Args:
        environ: Names the platform.
        trial: Starts Qt elsewhere; tells whether that went well, and what Qt said.
    """
    asked = environ.get("QT_QPA_PLATFORM", "")
    is_plain = asked.split(":")[0] in _STARTING and not environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    if not asked or is_plain:
        return None
    started, said = (trial or _trial)()
    if started:
        return None
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reason = ": " + lines[0] if lines else ""
    known = [line.rpartition(": ")[2] for line in lines if line.startswith("Available platform")]
    known_ones = "; it has " + known[0].rstrip(".") if known else ""
    return f"Qt cannot start with QT_QPA_PLATFORM={asked!r}{reason}{known_ones}"


def _trial() -> tuple[bool, str]:
    """Start Qt in a copy of this process, which it may abort; a frozen program has no other."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _start_qt(writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    return os.waitpid(child, 0)[1] == 0, said


def _start_qt(output: int) -> None:
    import resource

    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for stream in (1, 2):
            os.dup2(output, stream)
        from PySide6.QtGui import QGuiApplication

        QGuiApplication([])
        status = 0
    finally:
        os._exit(status)
