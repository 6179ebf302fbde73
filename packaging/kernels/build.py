"""Build old and foreign kernels beside this checkout, for the conformance tests.

    python3 packaging/kernels/build.py [NAME...]     without names: all that this machine can build

They land in `.kernels/`, a Jupyter data directory: with JUPYTER_PATH pointing there every one of
them is an ordinary kernelspec. What is there already is kept; a kernel is there when its
`kernel.json` is, which is written last. Exit status 1 when one that was asked for by name failed
to install; that its interpreter is not here is said, but no failure.

Old interpreters come from pyenv (PYENV_ROOT, else ~/.pyenv) or from PATH; PYTHON27 and PYTHON37
name others.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2] / ".kernels"
OLD_START = "import sys; sys.argv = ['kernel'] + sys.argv[1:]; from {} import main; main()"
PIP_QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}


class CannotBuildError(Exception):
    """One sentence that says why."""


class NotHereError(CannotBuildError):
    """What it runs on is not on this machine."""


@dataclass(frozen=True)
class Kernel:
    """One kernel to build.

    Attributes:
        title: As menus show it.
        install: Installs it into a directory and returns argv and environment of its kernelspec.
        language: As kernelspecs name it.
        attach_only: Tests give it the connection file of its own time, and attach (IPython 0.13).
        transport: What it can listen on: anything, or only this.
    """

    title: str
    install: Callable[[Path], tuple[list[str], dict[str, str]]]
    language: str = "python"
    attach_only: bool = False
    transport: str = "auto"


def ipython(version: str, module: str, *libraries: str) -> Kernel:
    """Describe an IPython of the time when it was one package, on Python 2.7.

    Libraries of that time lie beside it for the tests of the probe; the kernel itself has none.
    """

    def install(home: Path) -> tuple[list[str], dict[str, str]]:
        python = interpreter("2.7")
        target = ["--target", str(home / "site")]
        pip(python, "--no-deps", *target, f"ipython=={version}")
        # The last pyzmq and tornado that kernels of that time can import.
        pip(python, *target, "pyzmq==16.0.4", "tornado<5")
        if version.startswith("3."):
            pip(python, *target, "jsonschema<4", "pygments<3", "mistune<1")
        if libraries:
            with suppress(CannotBuildError):  # no wheel for this machine: those tests are skipped
                beside = ["--only-binary", ":all:", "--target", str(home / "libraries")]
                pip(python, *beside, *libraries)
        environment = {"PYTHONPATH": str(home / "site"), "IPYTHONDIR": str(home / "profile")}
        return [python, "-c", OLD_START.format(module), "-f", "{connection_file}"], environment

    return Kernel(f"IPython {version}", install, attach_only=version.startswith("0."))


def packaged(
    title: str, packages: list[str], *command: str, python: str = "", transport: str = "auto"
) -> Kernel:
    """Describe a kernel that pip installs into an environment of its own."""

    def install(home: Path) -> tuple[list[str], dict[str, str]]:
        base = interpreter(python) if python else base_python()
        run([base, "-m", "venv", "--clear", str(home / "env")])
        inside = str(home / "env" / "bin" / "python")
        pip(inside, *packages)
        return [inside, "-m", *command, "-f", "{connection_file}"], {
            "IPYTHONDIR": str(home / "profile")
        }

    return Kernel(title, install, transport=transport)


def bash(home: Path) -> tuple[list[str], dict[str, str]]:
    """Install bash_kernel, where there is a bash."""
    if shutil.which("bash") is None:
        raise NotHereError("there is no bash")
    return packaged("bash", ["bash_kernel==0.10.0"], "bash_kernel").install(home)


def irkernel(home: Path) -> tuple[list[str], dict[str, str]]:
    """Take the IRkernel that R has; to install it needs the system's own package manager."""
    del home
    rscript = shutil.which("Rscript")
    loads = [rscript, "-e", "loadNamespace('IRkernel')"] if rscript else ["false"]
    if subprocess.run(loads, capture_output=True).returncode != 0:
        raise NotHereError(
            "there is no R with IRkernel (Debian, Ubuntu: apt-get install r-cran-irkernel)"
        )
    return ["R", "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"], {}


def deno(home: Path) -> tuple[list[str], dict[str, str]]:
    """Install deno, whose program is in a package of npm's."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotHereError("there is no npm")
    options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(home)]
    subprocess.run([npm, "install", *options, "deno@2.9.6"], check=True)
    found = sorted((home / "node_modules" / "@deno").glob("*/deno"))
    if not found:
        raise NotHereError("npm has no deno for this machine")
    return [str(found[0]), "jupyter", "--kernel", "--conn", "{connection_file}"], {}


KERNELS = {
    "ipython-0.13.2": ipython("0.13.2", "IPython.zmq.ipkernel"),
    "ipython-1.0.0": ipython("1.0.0", "IPython.kernel.zmq.kernelapp"),
    "ipython-1.2.1": ipython("1.2.1", "IPython.kernel.zmq.kernelapp", "numpy==1.16.6"),
    "ipython-2.4.1": ipython("2.4.1", "IPython.kernel.zmq.kernelapp"),
    "ipython-3.2.3": ipython("3.2.3", "IPython.kernel.zmq.kernelapp"),
    "ipykernel-5.5.6": packaged(
        "ipykernel 5.5.6", ["ipykernel==5.5.6"], "ipykernel_launcher", python="3.7"
    ),
    "ipykernel-6.29.5": packaged("ipykernel 6.29.5", ["ipykernel==6.29.5"], "ipykernel_launcher"),
    "xeus-python-0.19.0": packaged(
        "xeus-python 0.19.0",
        ["xeus-python==0.19.0"],
        "xpython_launcher",
        transport="tcp",  # dies of "Invalid argument" on ipc
    ),
    "bash": Kernel("bash_kernel 0.10.0", bash, language="bash"),
    "deno": Kernel("Deno 2.9.6", deno, language="typescript", transport="tcp"),
    "irkernel": Kernel("R", irkernel, language="R", transport="tcp"),
}


def interpreter(version: str) -> str:
    """Find a Python of one minor version.

    Raises:
        NotHereError: There is none.
    """
    named = os.environ.get("PYTHON" + version.replace(".", ""))
    if named:
        return named
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = [str(path) for path in sorted(pyenv.glob(f"versions/{version}.*/bin/python"))]
    on_path = shutil.which(f"python{version}")
    for python in [*reversed(found), *([on_path] if on_path else [])]:
        if subprocess.run([python, "-c", ""], capture_output=True).returncode == 0:
            return python
    raise NotHereError(f"there is no Python {version}, neither of pyenv nor on PATH")


def base_python() -> str:
    """Return the interpreter behind this one, should this one live in an environment itself."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def pip(python: str, *arguments: str) -> None:
    """Install with the pip of an interpreter.

    Raises:
        CannotBuildError: It failed; with what it said last.
    """
    run([python, "-m", "pip", "install", "--quiet", *arguments])


def run(command: list[str]) -> None:
    """Run a command that says nothing unless it fails.

    Raises:
        CannotBuildError: It failed; with what it said last.
    """
    done = subprocess.run(
        command, env={**os.environ, **PIP_QUIET}, capture_output=True, text=True, errors="replace"
    )
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines() or ["it said nothing"]
        errors = [line for line in lines if line.startswith("ERROR")]
        raise CannotBuildError(f"{' '.join(command[1:4])} failed: {(errors or lines)[-1].strip()}")


def build(name: str) -> str:
    """Build one kernel unless it is there; say what was done.

    Raises:
        CannotBuildError: It cannot be built here.
    """
    kernel = KERNELS[name]
    home = HOME / "built" / name
    spec = HOME / "kernels" / name / "kernel.json"
    if spec.exists():
        return "is there"
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    try:
        argv, environment = kernel.install(home)
    except CannotBuildError:
        shutil.rmtree(home)
        raise
    fields = {
        "argv": argv,
        "env": environment,
        "display_name": kernel.title,
        "language": kernel.language,
        "metadata": {"attach_only": kernel.attach_only, "transport": kernel.transport},
    }
    spec.parent.mkdir(parents=True, exist_ok=True)
    draft = spec.with_suffix(".draft")
    draft.write_text(json.dumps(fields, indent=2), "utf-8")
    draft.replace(spec)
    return "built"


def main(argv: list[str]) -> int:
    """Build what the arguments name; print a line for each."""
    parser = argparse.ArgumentParser(description="Build old and foreign kernels in .kernels/.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(KERNELS))
    names = parser.parse_args(argv).names
    unknown = [name for name in names if name not in KERNELS]
    if unknown:
        parser.error(f"there is no recipe for {', '.join(unknown)}; known: {', '.join(KERNELS)}")
    failed = False
    for name in names or KERNELS:
        try:
            print(f"{name:<20} {build(name)}", flush=True)
        except CannotBuildError as reason:
            failed = failed or not isinstance(reason, NotHereError)
            print(f"{name:<20} NOT built: {reason}", flush=True)
    return 1 if failed and names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
