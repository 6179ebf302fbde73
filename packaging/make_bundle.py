"""Build the folder that needs no Python of the user: `dist/vitrail/`.

.venv/bin/python packaging/make_bundle.py DIRECTORY
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SPEC = Path(__file__).parent / "bundle" / "vitrail.spec"
QT_CONF = "[Paths]\nPrefix = _internal/PySide6/Qt\n"
"""Where Qt finds its plug-ins; the environment says nothing of it (see `bundle/start.py`)."""


def build(directory: Path) -> Path:
    """Build the bundle into `directory`; return its folder.

    Raises:
        subprocess.CalledProcessError: PyInstaller failed and has said why.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        places = ["--distpath", str(directory), "--workpath", scratch]
        subprocess.run([*command, *places, str(SPEC)], check=True)
    folder = directory / "vitrail"
    (folder / "qt.conf").write_text(QT_CONF, "utf-8")
    return folder


if __name__ == "__main__":
    print(build(Path(sys.argv[1]).resolve()))
