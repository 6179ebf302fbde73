"""Check the built distributions: what is in them, and that each works where nothing else is.

python packaging/check_dist.py DIRECTORY
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

from smoke import smoke_problems

PACKAGES = {"vitrail", "vitrail_widgets", "vitrail_resources"}
SOURCE_ROOTS = ("app", "widgets", "resources")
ROOT = Path(__file__).resolve().parents[1]
IN_DEB = (
    "usr/lib/vitrail/qt.conf",
    "usr/share/applications/vitrail.desktop",
    "usr/share/metainfo/vitrail.metainfo.xml",
    "usr/share/icons/hicolor/48x48/apps/vitrail.png",
    "usr/share/icons/hicolor/scalable/apps/vitrail.svg",
    "usr/share/doc/vitrail/copyright",
)
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


def installed_problems(wheel: Path, directory: Path) -> list[str]:
    """Install the wheel alone, as pipx does, and use the command."""
    environment = directory / "environment"
    venv.create(environment, with_pip=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "--quiet", "install", str(wheel)], check=True)
    home = directory / "home"
    home.mkdir()
    return smoke_problems(environment / "bin" / "vitrail", wheel.name.split("-")[1], home)


def bundle_problems(bundle: Path, version: str, directory: Path) -> list[str]:
    """Use the folder build."""
    home = directory / "home"
    home.mkdir(parents=True)
    return smoke_problems(bundle / "vitrail", version, home)


def deb_problems(deb: Path, version: str, directory: Path) -> list[str]:
    """Unpack the Debian package, which needs no root, and use what is in it."""
    root = directory / "root"
    root.mkdir(parents=True)
    subprocess.run(["dpkg-deb", "--extract", str(deb), str(root)], check=True)
    problems = [f"{deb.name}: no {name}" for name in IN_DEB if not (root / name).exists()]
    if shutil.which("desktop-file-validate"):
        entry = root / "usr/share/applications/vitrail.desktop"
        told = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True)
        problems += told.stdout.splitlines()
    home = directory / "home"
    home.mkdir()
    return problems + smoke_problems(root / "usr/bin/vitrail", version, home)


def main(directory: Path) -> int:
    """Print the problems; return 1 if there are any."""
    [wheel] = directory.glob("*.whl")
    [sdist] = directory.glob("*.tar.gz")
    version = wheel.name.split("-")[1]
    problems = wheel_problems(wheel) + sdist_problems(sdist)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        problems += installed_problems(wheel.resolve(), place / "wheel")
        problems += bundle_problems((directory / "vitrail").resolve(), version, place / "bundle")
        for deb in directory.glob("*.deb"):
            problems += deb_problems(deb.resolve(), version, place / "deb")
    for line in problems:
        print(line, file=sys.stderr)
    if not problems:
        names = ", ".join(sorted(file.name for file in directory.iterdir()))
        print(f"complete, and the commands work: {names}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
