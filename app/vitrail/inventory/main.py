"""`vitrail kernels`, from its options to its exit status."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from vitrail.kernel.discovery import KernelSpec, kernelspecs
from vitrail.kernel.environments import Environment, find_environments, here, unlisted
from vitrail.kernel.orphans import orphans
from vitrail.kernel.running import Life, RunningKernel, running_kernels
from vitrail.options import KernelsOptions

OK, FAILED = 0, 2

AGES = ((86_400, "d"), (3600, "h"), (60, "min"))


def list_kernels(options: KernelsOptions) -> int:
    """Look, tell on stdout, and return the exit status."""
    specs = kernelspecs()
    environments = unlisted(find_environments(here()), specs)
    if options.names:
        sys.stdout.write(_names(specs, environments))
        return OK
    adoptable = {orphan.connection_file for orphan in orphans()}
    try:
        running = asyncio.run(running_kernels())
    except KeyboardInterrupt:
        return FAILED
    shown = [kernel for kernel in running if kernel.life is not Life.ENDED]
    if options.json:
        sys.stdout.write(_as_json(specs, environments, shown, adoptable))
    else:
        now = time.time()
        rows = [_running_row(kernel, now, kernel.file in adoptable) for kernel in shown]
        tables = (
            ("Installed", [_spec_row(spec) for spec in specs]),
            ("Environments", [_environment_row(each) for each in environments]),
            ("Running", rows),
        )
        sys.stdout.write("\n".join(_table(title, rows) for title, rows in tables))
    return OK


def _names(specs: tuple[KernelSpec, ...], environments: tuple[Environment, ...]) -> str:
    launchable = [spec.name for spec in specs if not spec.problem]
    paths = [str(each.path) for each in environments if each.has_ipykernel]
    return "".join(f"{name}\n" for name in (*launchable, *paths))


def _spec_row(spec: KernelSpec) -> tuple[str, ...]:
    return spec.name, spec.display_name, spec.language, spec.problem


def _environment_row(environment: Environment) -> tuple[str, ...]:
    active = ", active" if environment.is_active else ""
    lacks = "" if environment.has_ipykernel else f"add ipykernel: {environment.install_command}"
    return _short(environment.path), environment.display_name, f"{environment.maker}{active}", lacks


def _running_row(kernel: RunningKernel, now: float, is_orphan: bool) -> tuple[str, ...]:
    said = kernel.problem or ("its window crashed; --existing adopts it" if is_orphan else "")
    where = f" on {kernel.host}" if kernel.host else ""
    name = kernel.kernel_name or "unnamed"
    return kernel.file.name, name, f"{kernel.life}{where}", f"{age(now - kernel.started)} old", said


def age(seconds: float) -> str:
    """Say how long something takes, in its largest unit: ``3 h``."""
    for size, unit in AGES:
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


def _table(title: str, rows: list[tuple[str, ...]]) -> str:
    """Align the columns; what a kernelspec says of itself may hold anything."""
    cells = [[_printable(cell) for cell in row] for row in rows] or [["none"]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
    return "\n".join((title, *lines)) + "\n"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{SYMBOL FOR NULL}" for char in text)


def _short(path: Path) -> str:
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def _as_json(
    specs: tuple[KernelSpec, ...],
    environments: tuple[Environment, ...],
    running: list[RunningKernel],
    adoptable: set[Path],
) -> str:
    """Write it for programs; keys are left out."""
    whole = {
        "kernelspecs": [
            {
                "name": spec.name,
                "display_name": spec.display_name,
                "language": spec.language,
                "resource_dir": str(spec.resource_dir),
                "problem": spec.problem or None,
            }
            for spec in specs
        ],
        "environments": [
            {
                "path": str(each.path),
                "display_name": each.display_name,
                "made_by": each.maker.value,
                "python": each.version,
                "has_ipykernel": each.has_ipykernel,
                "is_active": each.is_active,
                "install_ipykernel": list(each.install),
            }
            for each in environments
        ],
        "running": [_running_fields(kernel, kernel.file in adoptable) for kernel in running],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _running_fields(kernel: RunningKernel, is_orphan: bool) -> dict[str, Any]:
    return {
        "connection_file": str(kernel.file),
        "kernel_name": kernel.kernel_name,
        "state": kernel.life.value,
        "host": kernel.host or None,
        "heartbeat_s": kernel.answer_s,
        "started": kernel.started,
        "used": kernel.used,
        "is_orphan": is_orphan,
        "problem": kernel.problem or None,
    }
