"""What an import drags along, and what PySide6 does to None."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.sources import in_package, sources

HEAVY = ("PySide6", "qasync", "zmq", "jupyter_client", "nbformat", "IPython", "matplotlib")


def modules_after(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has after a statement."""
    script = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", ["vitrail", "vitrail.cli", "vitrail.preflight"])
def test_import_of_the_command_line_stays_light(module: str) -> None:
    """The kernel is launched before Qt is imported, and a usage error needs neither."""
    assert not modules_after(f"import {module}") & set(HEAVY)


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("vitrail.protocol", HEAVY),
        ("vitrail_widgets.transcript", HEAVY),
        ("vitrail_widgets.editing", HEAVY),
        ("vitrail_widgets.signature", HEAVY),
        ("vitrail.kernel", ("PySide6", "qasync", "IPython", "matplotlib")),
    ],
)
def test_import_of_a_whole_package_stays_light(package: str, forbidden: tuple[str, ...]) -> None:
    names = [source.module for source in in_package(package)]
    assert names, f"there is no {package}"
    assert not modules_after(f"import {', '.join(names)}") & set(forbidden)


def test_application_package_exports_its_version_alone() -> None:
    import vitrail

    public = {name for name in vars(vitrail) if not name.startswith("_")}
    submodules = {source.module.split(".")[1] for source in in_package("vitrail")[1:]}
    assert public <= submodules
    assert vitrail.__version__


def test_no_module_needs_itself_to_be_imported() -> None:
    """A cycle of imports shows only to whoever enters it at the wrong end."""
    modules = {source.module: source for source in sources()}
    needs = {
        name: {wanted for wanted in _imported(source.tree) if wanted in modules and wanted != name}
        for name, source in modules.items()
    }
    assert needs["vitrail.bootstrap"]
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError, which names the modules


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports when it is imported itself."""
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            todo += ast.iter_child_nodes(node)


def test_every_module_can_be_imported() -> None:
    names = [source.module for source in sources() if not source.module.endswith("__main__")]
    modules_after(f"import {', '.join(names)}")


def test_qt_keeps_the_reference_count_of_none(qapp: object) -> None:
    """PySide6 6.12.0 on Python < 3.12 takes a reference from None with each void call."""
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.setToolTip("")
    assert abs(sys.getrefcount(None) - before) < 50
    widget.deleteLater()


def test_packaging_directory_does_not_shadow_the_library() -> None:
    spec = find_spec("packaging")
    assert spec is not None
    assert spec.origin is not None
    assert "site-packages" in spec.origin


def test_kernel_is_launched_before_anything_is_imported_that_the_launch_does_without(
    tmp_path: Path,
) -> None:
    """Each millisecond before the launch is one more until the first prompt."""
    script = (
        "import asyncio, os, subprocess, sys\n"
        "from vitrail import bootstrap, cli\n"
        "from vitrail.options import WindowOptions\n"
        "def launched(*_, **__):\n"
        "    print(*sys.modules)\n"
        "    sys.stdout.flush()\n"
        "    os._exit(0)\n"
        "subprocess.Popen.__init__ = launched\n"
        "asyncio.run(bootstrap._kernel(WindowOptions()))\n"
    )
    command = [sys.executable, "-c", script]
    environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(tmp_path)}  # its file stays behind
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert "jupyter_client.manager" in done.stdout, done.stderr
    late = {"PySide6", "qasync", "msgspec", "psutil", "difflib", "sqlite3"}
    assert not late & set(done.stdout.split()), "import it after the launch, where it is used"
