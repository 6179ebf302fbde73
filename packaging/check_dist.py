"""Check the built distributions: what is in them, and that the wheel works where nothing else is.

python packaging/check_dist.py DIRECTORY
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

PACKAGES = {"vitrail", "vitrail_widgets", "vitrail_resources"}
SOURCE_ROOTS = ("app", "widgets", "resources")
ROOT = Path(__file__).resolve().parents[1]
SOURCE = {"pyproject.toml", "Makefile", "README.md", "LICENSE", "tests/conftest.py"}


def wheel_problems(wheel: Path) -> list[str]:
    """Return what is wrong with the wheel's contents, a line each."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    metadata = "-".join(wheel.name.split("-")[:2]) + ".dist-info"
    roots = {name.split("/")[0] for name in names} - {metadata}
    wanted = files_of_the_packages() | {f"{package}/py.typed" for package in PACKAGES}
    wanted |= {f"{metadata}/entry_points.txt", f"{metadata}/licenses/LICENSE"}
    return [
        *(f"{wheel.name}: unexpected {root}/" for root in sorted(roots - PACKAGES)),
        *(f"{wheel.name}: no {package}/" for package in sorted(PACKAGES - roots)),
        *(f"{wheel.name}: no {name}" for name in sorted(wanted - names)),
        *(f"{wheel.name}: a test, {name}" for name in sorted(names) if "/test" in name),
    ]


def files_of_the_packages() -> set[str]:
    """Return what lies in the source roots, as it should lie in the wheel."""
    return {
        file.relative_to(ROOT / root).as_posix()
        for root in SOURCE_ROOTS
        for file in (ROOT / root).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def sdist_problems(sdist: Path) -> list[str]:
    """Return what is wrong with the source distribution's contents, a line each."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    return [f"{sdist.name}: no {name}" for name in sorted(SOURCE - names)]


def smoke_problems(wheel: Path, directory: Path) -> list[str]:
    """Install the wheel alone, as pipx does, and use the command from an unrelated directory."""
    environment = directory / "environment"
    venv.create(environment, with_pip=True)
    pip = [
        str(environment / "bin" / "python"),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
    ]
    subprocess.run([*pip, "install", str(wheel)], check=True)
    version = wheel.name.split("-")[1]
    command = environment / "bin" / "vitrail"
    out = directory / "out.txt"
    problems = []
    told = subprocess.run([command, "--version"], capture_output=True, text=True, cwd=directory)
    if told.returncode or version not in told.stdout:
        problems.append(f"vitrail --version said {told.stdout!r} {told.stderr!r}")
    run = [str(command), "run", "-c", "6*7", "--to", str(out)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=directory, timeout=120)
    if done.returncode or "42" not in (out.read_text("utf-8") if out.exists() else ""):
        problems.append(f"vitrail run -c 6*7 ended with {done.returncode}: {done.stderr!r}")
    return problems


def main(directory: Path) -> int:
    """Print the problems; return 1 if there are any."""
    [wheel] = directory.glob("*.whl")
    [sdist] = directory.glob("*.tar.gz")
    problems = wheel_problems(wheel) + sdist_problems(sdist)
    os.environ.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory() as scratch:
        problems += smoke_problems(wheel.resolve(), Path(scratch))
    for line in problems:
        print(line, file=sys.stderr)
    if not problems:
        print(f"{wheel.name} and {sdist.name} are complete, and the command works")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
