"""Directories and environment variables of a test session, apart from the user's own."""

import os
import shutil
import sys
import tempfile
import uuid
from pathlib import Path

from support.leaks import SESSION_MARK

_FOREIGN = (
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "JUPYTER_PREFER_ENV_PATH",
    "JUPYTER_NO_CONFIG",
    "IPYTHONSTARTUP",
    "PYTHONSTARTUP",
    "PYTHONDONTWRITEBYTECODE",  # hundreds of programs would each compile the same 400 modules
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
    "MPLBACKEND",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "QT_QPA_PLATFORMTHEME",
    "VITRAIL_LOG",
)
"""Settings of the user that would make results, or how soon they come, depend on who tests."""


def make_directories(home: Path) -> dict[str, str]:
    """Create what a user's home holds; return the environment variables that name it."""
    directories = {
        "HOME": "",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "run",
        "JUPYTER_RUNTIME_DIR": "run",
        "JUPYTER_DATA_DIR": "jupyter",
        "JUPYTER_CONFIG_DIR": "jupyter-config",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    for name in directories.values():
        (home / name).mkdir(mode=0o700, exist_ok=True)
    return {variable: str(home / name) for variable, name in directories.items()}


def make_private_home() -> Path:
    """Create the session's directories and point this process and its children at them.

    The path is short because kernels put Unix sockets below it (about 100 bytes at most).
    The kernelspec `python3` is still found: it lies in the interpreter's own prefix.

    Returns:
        The directory to give to `remove_private_home`.
    """
    home = Path(tempfile.mkdtemp(prefix="vt-"))
    for name in _FOREIGN:
        os.environ.pop(name, None)
    sys.dont_write_bytecode = False
    os.environ.update(make_directories(home))
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"  # the coming default; unset, old cores warn
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ[SESSION_MARK] = uuid.uuid4().hex
    return home


def remove_private_home(home: Path) -> None:
    """Delete what `make_private_home` made."""
    shutil.rmtree(home, ignore_errors=True)
