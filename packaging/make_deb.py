"""Make a Debian package of the folder build, with menu entry, icons and metadata.

.venv/bin/python packaging/make_deb.py DIRECTORY    (which holds the folder `vitrail`)
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import vitrail
from desktop_icons import write_icons
from vitrail.command_line.completion import script

HERE = Path(__file__).parent
LICENSE = HERE.parent / "LICENSE"
DEPENDS = "libc6, libegl1, libgl1, libfontconfig1, libdbus-1-3"
COMPLETIONS = {
    "bash": "usr/share/bash-completion/completions/vitrail",
    "zsh": "usr/share/zsh/vendor-completions/_vitrail",
    "fish": "usr/share/fish/vendor_completions.d/vitrail.fish",
}
CONTROL = """\
Package: vitrail
Version: {version}
Architecture: {architecture}
Maintainer: The Vitrail developers
Section: science
Priority: optional
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: python3-ipykernel
Suggests: openssh-client, r-cran-irkernel
Description: desktop frontend for Jupyter kernels
 A console for Jupyter kernels of every language: code and results as cells, completion while one
 types, figures, tables, formulas and documents drawn natively, live while a cell runs.
"""


def make_deb(directory: Path) -> Path:
    """Pack `directory/vitrail`; return the package, which lies beside it.

    Raises:
        subprocess.CalledProcessError: dpkg-deb failed and has said why.
    """
    version = vitrail.__version__
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, check=True)
    architecture = asked.stdout.decode().strip()
    package = directory / f"vitrail_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        lay_out(directory / "vitrail", root)
        size = sum(file.lstat().st_size for file in root.rglob("*") if not file.is_symlink())
        control = CONTROL.format(
            version=version, architecture=architecture, kilobytes=size // 1024, depends=DEPENDS
        )
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control, "utf-8")
        root.chmod(0o755)
        build = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(root)]
        subprocess.run([*build, str(package)], check=True, stdout=subprocess.DEVNULL)
    return package


def lay_out(bundle: Path, root: Path) -> None:
    """Put everything where Debian's policy wants it."""
    shutil.copytree(bundle, root / "usr/lib/vitrail", symlinks=True)
    for name, target in (
        ("vitrail.desktop", "usr/share/applications"),
        ("vitrail.metainfo.xml", "usr/share/metainfo"),
    ):
        (root / target).mkdir(parents=True)
        shutil.copy(HERE / "linux" / name, root / target / name)
    (root / "usr/share/doc/vitrail").mkdir(parents=True)
    shutil.copy(LICENSE, root / "usr/share/doc/vitrail/copyright")
    (root / "usr/bin").mkdir()
    (root / "usr/bin/vitrail").symlink_to("../lib/vitrail/vitrail")
    write_icons(root / "usr/share/icons/hicolor")
    for shell, target in COMPLETIONS.items():
        (root / target).parent.mkdir(parents=True)
        (root / target).write_text(script(shell), "utf-8")


def main(directory: Path) -> int:
    """Return 0, also where there is no dpkg-deb: then nothing is made, and that is said."""
    if shutil.which("dpkg-deb") is None:
        print("no dpkg-deb here: no .deb is made", file=sys.stderr)
        return 0
    print(make_deb(directory))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
