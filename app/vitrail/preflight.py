"""What this machine lacks for Vitrail, each in one line that says how to mend it.

Also runs as a file, before anything is installed: `python3 app/vitrail/preflight.py install`. Its
syntax is therefore that of Python 3.6 (annotations in quotes) and its imports are the standard
library's: an old Python shall say that it is too old, not where its parser stopped.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

MINIMUM_PYTHON = (3, 11)

# Qt's libraries and plug-ins bring their own Qt; these they take from the system. The lists are
# what ldd says of PySide6 6.11's QtWidgets and of its platform plug-ins, less what a minimal Debian
# has. Library, and the Debian package that brings it, be it by its own dependencies: so the
# command stays short. Checked in a bare Debian 12.
_EVERYWHERE = (
    ("libGL.so.1", "libgl1"),
    ("libX11.so.6", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libgthread-2.0.so.0", "libglib2.0-0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
_BY_PLATFORM: "Mapping[str, tuple[tuple[str, str], ...]]" = {
    "offscreen": (),
    "wayland": (
        ("libwayland-client.so.0", "libwayland-client0"),
        ("libwayland-cursor.so.0", "libwayland-cursor0"),
    ),
    "xcb": (
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-image.so.0", "libxcb-cursor0"),
        ("libxcb-render.so.0", "libxcb-cursor0"),
        ("libxcb-render-util.so.0", "libxcb-cursor0"),
        ("libxcb-shm.so.0", "libxcb-cursor0"),
        ("libxcb-util.so.1", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        ("libxcb-shape.so.0", "libxcb-shape0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-xkb.so.1", "libxkbcommon-x11-0"),
        ("libX11-xcb.so.1", "libegl1"),
        ("libxcb-randr.so.0", "libegl1"),
        ("libxcb-sync.so.1", "libegl1"),
        ("libxcb-xfixes.so.0", "libegl1"),
    ),
}
_NAMED = 3


def problems(
    platform: str = "offscreen",
    load: "Callable[[str], object] | None" = None,
    system: str = sys.platform,
) -> "list[str]":
    """Return what Qt lacks on this machine, a line for each lack; empty when all is well.

    Args:
        platform: Qt's platform plug-in: "offscreen", "xcb" or "wayland"; others get the
            libraries that all of them need.
        load: Loads a shared library by name and raises OSError when it cannot.
        system: As `sys.platform`; only Linux takes libraries from the system.
    """
    if not system.startswith("linux"):
        return []
    wanted = _EVERYWHERE + tuple(_BY_PLATFORM.get(platform, ()))
    missing = [pair for pair in wanted if not _loads(pair[0], load or _load)]
    if not missing:
        return []
    libraries = ", ".join(library for library, _ in missing[:_NAMED])
    if len(missing) > _NAMED:
        libraries += f" and {len(missing) - _NAMED} more"
    packages = " ".join(_unique(package for _, package in missing))
    where = "on Debian or Ubuntu, as root"
    return [f"Qt needs {libraries} from the system; {where}: apt-get install {packages}"]


def display_problem(environ: "Mapping[str, str]", system: str = sys.platform) -> "str | None":
    """Return why no window can be shown, or None when one can."""
    if not system.startswith("linux"):
        return None
    if any(environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")):
        return None
    return (
        "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. "
        "`vitrail run` needs none, for example: vitrail run -c '6*7' --to out.txt"
    )


def connection_problem(
    environ: "Mapping[str, str]", accepts: "Callable[[str], bool] | None" = None
) -> "str | None":
    """Return why the X server cannot be reached, or None when it can or is not needed.

    Qt does not return from that: it aborts the process.

    Args:
        environ: Names the platform and the display.
        accepts: Tells whether the X server of a display lets us in.
    """
    may_go_elsewhere = ";" in environ.get("QT_QPA_PLATFORM", "")
    if platform_of(environ) != "xcb" or may_go_elsewhere:
        return None
    display = environ.get("DISPLAY", "")
    if (accepts or _accepts)(display):
        return None
    return (
        f"The display {display!r} cannot be opened: nobody serves it, or you may not use it. "
        "`vitrail run` needs none, for example: vitrail run -c '6*7' --to out.txt"
    )


def wayland_problem(
    environ: "Mapping[str, str]", accepts: "Callable[[str], bool] | None" = None
) -> "str | None":
    """Return why the Wayland compositor cannot be reached, or None when it can or need not be.

    Args:
        environ: Names the platform and the compositor's socket.
        accepts: Tells whether something listens at the path of a socket.
    """
    asked = environ.get("QT_QPA_PLATFORM", "")
    if platform_of(environ) != "wayland" or ";" in asked or environ.get("WAYLAND_SOCKET"):
        return None
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = name if name.startswith("/") else environ.get("XDG_RUNTIME_DIR", "") + "/" + name
    may_go_elsewhere = not asked and environ.get("DISPLAY")
    if may_go_elsewhere or (accepts or _listens)(path):
        return None
    return (
        f"The Wayland display {name!r} cannot be opened: nobody serves it, or you may not use it. "
        "`vitrail run` needs none, for example: vitrail run -c '6*7' --to out.txt"
    )


def platform_of(environ: "Mapping[str, str]") -> str:
    """Return the platform plug-in that Qt takes with this environment."""
    chosen = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen:
        return chosen
    in_wayland = environ.get("XDG_SESSION_TYPE") == "wayland" or not environ.get("DISPLAY")
    return "wayland" if environ.get("WAYLAND_DISPLAY") and in_wayland else "xcb"


def python_problem(version: "Sequence[int]", name: str = "python3") -> "str | None":
    """Return why this Python cannot run Vitrail, or None when it can.

    Args:
        version: As `sys.version_info`.
        name: What the user calls it.
    """
    if tuple(version[:2]) >= MINIMUM_PYTHON:
        return None
    needed, found = (".".join(map(str, pair)) for pair in (MINIMUM_PYTHON, version[:2]))
    return (
        f"Vitrail needs Python >= {needed}; {name} is Python {found}. "
        "If another one is installed, name it: make run PYTHON=python3.13"
    )


def venv_problem(
    version: "Sequence[int]", has: "Callable[[str], bool] | None" = None
) -> "str | None":
    """Return why this Python can make no virtual environment, or None when it can.

    Args:
        version: As `sys.version_info`.
        has: Tells whether a module can be imported.
    """
    has = has or _has
    if has("venv") and has("ensurepip"):  # Debian splits both off
        return None
    return (
        "This Python cannot make a virtual environment; on Debian or Ubuntu, as root: "
        f"apt-get install python{version[0]}.{version[1]}-venv"
    )


def _loads(library: str, load: "Callable[[str], object]") -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True


def _load(library: str) -> "Any":
    from ctypes import CDLL

    return CDLL(library)


def _accepts(display: str) -> bool:
    from ctypes import c_void_p

    try:
        xcb = _load("libxcb.so.1")
    except OSError:
        return True  # nobody can tell
    xcb.xcb_connect.restype = c_void_p
    connection = c_void_p(xcb.xcb_connect(display.encode() or None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _listens(path: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.connect(path)
        except OSError:
            return False
    return True


def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def _unique(names: "Iterable[str]") -> "list[str]":
    return list(dict.fromkeys(names))


def _lacks(purpose: str) -> "list[str]":
    version = sys.version_info[:2]
    lines = [python_problem(version, sys.executable)]
    if lines == [None] and purpose == "install":
        lines = [venv_problem(version)]
    elif lines == [None] and purpose == "offscreen":
        lines = [*problems("offscreen")]
    elif lines == [None]:
        lines = [display_problem(os.environ), *problems(platform_of(os.environ))]
        if lines == [None]:
            lines = [connection_problem(os.environ), wayland_problem(os.environ)]
    return [line for line in lines if line]


def main(argv: "Sequence[str]") -> int:
    """Say on stderr what is missing for a purpose, and return 1; silent 0 when nothing is.

    Args:
        argv: One of "install" (an environment can be made), "offscreen" (Qt runs without a
            display), "window" (a window can be shown).
    """
    purpose = argv[0] if argv else "window"
    said = _lacks(purpose)
    for line in said:
        sys.stderr.write(f"vitrail: {line}\n")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
