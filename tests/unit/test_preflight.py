import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vitrail import preflight

FILE = Path(preflight.__file__)


def lacking(*libraries: str) -> Callable[[str], object]:
    """Return a loader for a machine without these libraries."""

    def load(name: str) -> object:
        if name in libraries:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    return load


def test_complete_machine_has_no_problem() -> None:
    assert preflight.problems("xcb", lacking(), "linux") == []


def test_missing_libraries_are_one_line_with_the_command_that_mends_it() -> None:
    [line] = preflight.problems("offscreen", lacking("libGL.so.1", "libEGL.so.1"), "linux")
    assert "libGL.so.1, libEGL.so.1" in line
    assert line.endswith("apt-get install libgl1 libegl1")
    assert "\n" not in line


def test_bare_machine_still_gets_one_short_line() -> None:
    def nothing_there(name: str) -> object:
        raise OSError(name)

    [line] = preflight.problems("xcb", nothing_there, "linux")
    assert line.startswith("Qt needs libGL.so.1, libX11.so.6, libEGL.so.1 and 21 more from")
    assert line.endswith("libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0")


def test_package_of_two_libraries_is_named_once() -> None:
    glib = ("libglib-2.0.so.0", "libgthread-2.0.so.0")
    [line] = preflight.problems("offscreen", lacking(*glib), "linux")
    assert line.endswith("apt-get install libglib2.0-0")


@pytest.mark.parametrize(
    ("library", "platform"),
    [("libxcb-icccm.so.4", "xcb"), ("libwayland-cursor.so.0", "wayland")],
)
def test_library_of_a_platform_matters_there_only(library: str, platform: str) -> None:
    assert preflight.problems(platform, lacking(library), "linux")
    assert preflight.problems("offscreen", lacking(library), "linux") == []


def test_other_systems_bring_their_libraries_with_qt() -> None:
    assert preflight.problems("windows", lacking("libGL.so.1"), "win32") == []
    assert preflight.display_problem({}, "darwin") is None


def test_real_loader_finds_the_c_library_and_misses_what_is_not_there() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("library names of Linux")
    assert preflight._loads("libc.so.6", preflight._load)
    assert not preflight._loads("libvitrail-is-not-there.so.0", preflight._load)


def test_no_display_names_the_way_without_one() -> None:
    sentence = preflight.display_problem({"HOME": "/home/ada", "DISPLAY": ""}, "linux")
    assert sentence is not None
    assert "vitrail run" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_display_or_chosen_platform_is_no_problem(name: str) -> None:
    assert preflight.display_problem({name: ":0"}, "linux") is None


@pytest.mark.parametrize(
    ("environ", "platform"),
    [
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "xcb"),
        (
            {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"},
            "wayland",
        ),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1", "DISPLAY": ":0"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "wayland"),
    ],
)
def test_platform_is_the_one_that_qt_takes(environ: dict[str, str], platform: str) -> None:
    assert preflight.platform_of(environ) == platform


def test_display_that_lets_nobody_in_is_named() -> None:
    sentence = preflight.connection_problem({"DISPLAY": ":4711"}, lambda display: False)
    assert sentence is not None
    assert "':4711'" in sentence
    assert "`vitrail run`" in sentence
    assert preflight.connection_problem({"DISPLAY": ":4711"}, lambda display: True) is None


@pytest.mark.parametrize(
    "environ",
    [
        {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":4711"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "xcb;wayland", "DISPLAY": ":4711"},
    ],
)
def test_display_that_qt_may_do_without_is_not_tried(environ: dict[str, str]) -> None:
    assert preflight.connection_problem(environ, lambda display: False) is None


def test_old_python_is_told_what_is_needed() -> None:
    sentence = preflight.python_problem((3, 9, 18), "python3")
    assert sentence is not None
    assert "Python >= 3.11" in sentence
    assert "python3 is Python 3.9" in sentence
    assert preflight.python_problem((3, 11, 0)) is None


def test_python_without_venv_is_told_the_package() -> None:
    sentence = preflight.venv_problem((3, 11, 2), lambda module: module != "ensurepip")
    assert sentence is not None
    assert "apt-get install python3.11-venv" in sentence
    assert preflight.venv_problem((3, 11, 2), lambda module: True) is None


def test_minimum_is_that_of_the_distribution() -> None:
    text = (FILE.parents[2] / "pyproject.toml").read_text("utf-8")
    assert 'requires-python = ">={}.{}"'.format(*preflight.MINIMUM_PYTHON) in text


def test_file_speaks_on_stderr_and_by_its_exit_code(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("displays of Linux")
    command = [sys.executable, str(FILE), "window"]
    done = subprocess.run(command, env={"PATH": "/usr/bin"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("vitrail: There is no display")


def test_syntax_is_that_of_old_pythons() -> None:
    tree = ast.parse(FILE.read_text("utf-8"), feature_version=(3, 6))
    annotations = [a for a in ast.walk(tree) if isinstance(a, ast.arg | ast.FunctionDef)]
    plain = (ast.Name, ast.Constant, type(None))
    for node in annotations:
        annotation = node.annotation if isinstance(node, ast.arg) else node.returns
        assert isinstance(annotation, plain), f"line {node.lineno}: evaluated, and new in 3.9"


def test_wayland_display_that_nobody_serves_is_named() -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "/nowhere"}
    sentence = preflight.wayland_problem(environ)
    assert sentence is not None
    assert "'wayland-7'" in sentence
    assert "vitrail run" in sentence
    served = ["/nowhere/wayland-7"]
    assert preflight.wayland_problem(environ, served.__contains__) is None
    assert preflight.wayland_problem({"WAYLAND_DISPLAY": served[0]}, served.__contains__) is None


@pytest.mark.parametrize(
    "more", [{"DISPLAY": ":0"}, {"QT_QPA_PLATFORM": "xcb"}, {"WAYLAND_SOCKET": "3"}]
)
def test_wayland_display_that_is_not_needed_is_no_problem(more: dict[str, str]) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_SESSION_TYPE": "wayland", **more}
    assert preflight.wayland_problem(environ, lambda _: False) is None
