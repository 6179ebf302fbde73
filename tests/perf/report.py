"""The table: medians, ratios to the floor, and whether the bounds were reached."""

import os
import platform
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from perf.cases import CASES, Bounds, Case
from perf.runs import versions

Results = dict[str, dict[str, list[dict[str, Any]]]]
"""Case to subject to what each repetition measured."""

HEAD = (
    "| case | | time | to the floor | longest pause | own work in one | 99 % of pauses | memory"
    " | lines kept |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def markdown(results: Results) -> str:
    """Return everything as Markdown."""
    cases = [CASES[name] for name in results if name != "codec"]
    parts = [facts(), "\n".join([HEAD, *(row for c in cases for row in rows(c, results[c.name]))])]
    codec = results.get("codec", {}).get("codec")  # not there when --only names another
    parts += [codec_table(codec[0])] if codec else []
    missed = [line for c in cases for line in misses(c, results[c.name])]
    parts += [
        "Missed:\n\n" + "\n".join(f"- {line}" for line in missed)
        if missed
        else "All bounds reached."
    ]
    return "\n\n".join(parts)


def facts() -> str:
    """Say on what this was measured."""
    memory = round(psutil.virtual_memory().total / 2**30)
    software = ", ".join(f"{name} {number}" for name, number in versions().items())
    return (
        f"{os.cpu_count()} cores ({processor()}), {memory} GB, {platform.system()}"
        f" {platform.release()}, Python {platform.python_version()}; {software}."
    )


def processor() -> str:
    """Return the processor's name."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.machine()


def rows(case: Case, by_subject: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return the table's rows of one case."""
    floor = middle(by_subject.get("floor", []), "wall_ms")
    found = []
    for subject, runs in by_subject.items():
        title = case.title if subject == next(iter(by_subject)) else ""
        over = [run["over_s"] for run in runs if "over_s" in run]
        if len(over) == len(runs):
            found.append(f"| {title} | {subject} | > {over[0]:.0f} s | | | | | | |")
            continue
        wall = middle(runs, "wall_ms")
        cells = (
            title,
            subject,
            time_text(wall) + (f", once > {over[0]:.0f} s" if over else ""),
            ratio_text(case, wall, floor) if subject != "floor" else "",
            *(unit(middle(runs, key), "ms") for key in ("worst_ms", "work_ms", "p99_ms")),
            unit(middle(runs, "rss_mb"), "MB"),
            unit(middle(runs, "lines"), "") if case.lines else "",
        )
        found.append("| " + " | ".join(cells) + " |")
    return found


def misses(case: Case, by_subject: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Say which bounds Vitrail missed."""
    runs, bounds = by_subject.get("vitrail", []), case.bounds
    if any("over_s" in run for run in runs):
        return [f"{case.title}: not finished"]
    wall, floor = middle(runs, "wall_ms"), middle(by_subject.get("floor", []), "wall_ms")
    peer = middle(by_subject.get("qtconsole", []), "wall_ms")
    found = [
        f"{case.title}: {key} {value:.1f}, bound {bound:g}"
        for key, bound in (
            ("wall_ms", bounds.wall_ms),
            ("worst_ms", bounds.worst_ms),
            ("p99_ms", bounds.p99_ms),
            ("rss_mb", bounds.rss_mb),
        )
        if bound is not None and (value := middle(runs, key)) is not None and value > bound
    ]
    if wall is not None and floor is not None:
        found += wall_misses(case.title, bounds, wall, floor)
    if bounds.below_peer and wall is not None and peer is not None and wall > peer:
        found.append(f"{case.title}: not below qtconsole")
    return found


def wall_misses(title: str, bounds: Bounds, wall: float, floor: float) -> list[str]:
    """Compare times with the floor."""
    found = []
    if bounds.wall_ratio is not None and wall / floor > bounds.wall_ratio:
        found.append(f"{title}: {wall / floor:.2f} times the floor, bound {bounds.wall_ratio:g}")
    if bounds.extra_ms is not None and wall - floor > bounds.extra_ms:
        found.append(f"{title}: floor + {wall - floor:.1f} ms, bound {bounds.extra_ms:g} ms")
    return found


def codec_table(run: dict[str, Any]) -> str:
    """Return the table of decode and verify."""
    lines = ["| decode and verify | vitrail | jupyter_client | |", "| --- | ---: | ---: | ---: |"]
    for name, times in run.items():
        ours, theirs = times["vitrail_us"], times["jupyter_client_us"]
        lines.append(f"| {name} | {ours:.1f} µs | {theirs:.1f} µs | {theirs / ours:.1f} × |")
    log = next(times["log_percent"] for times in run.values() if "log_percent" in times)
    return "\n".join([*lines, "", f"The message log adds {log:.1f} % to the first line."])


def middle(runs: list[dict[str, Any]], key: str) -> float | None:
    """Return the median of a measure, None where it was not taken."""
    values = [run[key] for run in runs if key in run]
    return median(values) if values else None


def ratio_text(case: Case, wall: float | None, floor: float | None) -> str:
    """Return a time beside the floor's, as the bound says it."""
    if wall is None or floor is None:
        return ""
    if case.bounds.extra_ms is not None:
        return f"{wall - floor:+.1f} ms"
    return f"{wall / floor:.2f} ×"


def time_text(wall_ms: float | None) -> str:
    """Return a time in a fitting unit."""
    if wall_ms is None:
        return ""
    return f"{wall_ms:.1f} ms" if wall_ms < 100 else f"{wall_ms / 1e3:.2f} s"


def unit(value: float | None, name: str) -> str:
    """Return a rounded number with its unit, empty for None."""
    return "" if value is None else f"{value:.0f} {name}".strip()
