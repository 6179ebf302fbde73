"""Make, or bring up to date, the virtual environment that the Makefile uses.

    python3 packaging/make_env.py DIRECTORY [EXTRA]

Done again and again it costs some hundredths of a second: a stamp inside the environment says for
which interpreter, which pyproject.toml and which extras it was finished. An environment of another
interpreter, or one whose making was interrupted, is made anew.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STAMP = "vitrail-environment.json"
UNFINISHED = "vitrail-unfinished"


def wanted_state() -> dict[str, str]:
    """Return what an environment must have been made from to be still good."""
    interpreter = f"{Path(base_python()).resolve()} {sys.version}"
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return {"interpreter": interpreter, "project": project, "root": str(ROOT)}


def base_python() -> str:
    """Return the interpreter behind this one, should this one live in an environment itself."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def read_stamp(directory: Path) -> dict[str, Any]:
    """Return what the environment was made from; empty if that is not known."""
    try:
        stamp = json.loads((directory / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


class ForeignEnvironmentError(Exception):
    """The directory was made by somebody else: it is not ours to delete."""


def is_usable(directory: Path, stamp: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Tell whether packages can be installed into an existing environment.

    One without a stamp was made by hand: it is taken over if it is of the same Python and has pip.
    """
    if (directory / UNFINISHED).exists() or not python_of(directory).exists():
        return False
    if stamp:
        return bool(stamp.get("interpreter") == wanted["interpreter"])
    tell = "import pip, sys; print(sys.version)"
    told = subprocess.run([python_of(directory), "-c", tell], capture_output=True, text=True)
    return told.returncode == 0 and told.stdout.strip() == sys.version.strip()


def python_of(directory: Path) -> Path:
    """Return the interpreter inside an environment."""
    return directory / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(directory: Path, extra: str) -> None:
    """Bring *directory* to the wanted state with this extra (and those it already had).

    Raises:
        subprocess.CalledProcessError: venv or pip failed and has said why.
        ForeignEnvironmentError: It is somebody else's, and of no use here.
    """
    wanted = wanted_state()
    stamp = read_stamp(directory)
    extras = set(stamp.get("extras", []))
    unfinished = (directory / UNFINISHED).exists()
    if not unfinished and extra in extras and {**stamp, "extras": 0} == {**wanted, "extras": 0}:
        return
    if directory.exists() and not is_usable(directory, stamp, wanted):
        if not (stamp or unfinished):
            raise ForeignEnvironmentError(
                f"{directory} was not made by make, and has no pip or is of another Python; "
                "move it away, or use it as the README's lines for pip and uv do"
            )
        say(f"{directory} is unfinished or of another Python; it is made anew")
        shutil.rmtree(directory)
    extras = extras | {extra}
    directory.mkdir(parents=True, exist_ok=True)
    (directory / UNFINISHED).touch()
    if not python_of(directory).exists():
        run([base_python(), "-m", "venv", str(directory)])  # not --clear: the mark must stay
    install(directory, sorted(extras - {""}))
    (directory / STAMP).write_text(json.dumps({**wanted, "extras": sorted(extras)}), "utf-8")
    (directory / UNFINISHED).unlink()


def install(directory: Path, extras: list[str]) -> None:
    """Install this checkout, editable, with pip."""
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    say(f"installing into {directory}; the first time this downloads about 150 MB")
    pip = [str(python_of(directory)), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--editable", target])


def run(command: list[str]) -> None:
    """Run a command whose output the user sees."""
    subprocess.run(command, check=True)


def say(line: str) -> None:
    """Tell the user what takes time."""
    print(f"vitrail: {line}", file=sys.stderr, flush=True)


def main(argv: list[str]) -> int:
    """Return 0, or the exit code of what failed."""
    try:
        make_environment(Path(argv[0]), argv[1] if len(argv) > 1 else "")
    except subprocess.CalledProcessError as error:
        say("the installation failed; the lines above say why")
        return error.returncode or 1
    except ForeignEnvironmentError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; the next make starts the installation afresh")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
