"""Benchmarks, run by hand: python tests/perf [CASE…]; see docs/performance.md.

Every measurement is a fresh process; the subjects take turns (A B C A B C …), so that whatever
else the machine does hits all of them alike; the table shows medians.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.remove(str(Path(__file__).resolve().parent))  # a directory that is run as a program

from perf.cases import CASES, Case
from perf.report import Results, facts, markdown
from perf.runs import ROOT, make_peer_environment, measure, quiet_home, versions

OUTPUT = ROOT / "tests/.out"


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python tests/perf", description=__doc__)
    parser.add_argument("case", nargs="*", choices=[*CASES, []], help="all when none is given")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="of each, 5")
    parser.add_argument("--cap", type=float, default=60.0, metavar="S", help="for a process, 60")
    parser.add_argument("--only", action="append", metavar="SUBJECT", help="repeatable")
    return parser.parse_args(argv)


def run_case(
    case: Case, subjects: list[str], environment: dict[str, str], repeat: int, cap_s: float
) -> dict[str, list[dict[str, Any]]]:
    """Measure the subjects in turns; one that is over the cap once is not asked again."""
    pythons = dict.fromkeys(subjects, Path(sys.executable))
    if "qtconsole" in subjects:
        pythons["qtconsole"] = make_peer_environment()
    found: dict[str, list[dict[str, Any]]] = {subject: [] for subject in subjects}
    for turn in range(1 if case.kind == "codec" else repeat):
        for subject in subjects:
            if any("over_s" in run for run in found[subject]):
                continue
            run = measure(subject, case, pythons[subject], environment, cap_s)
            found[subject].append(run)
            print(f"{case.name} {turn + 1} {subject}: {run}", file=sys.stderr, flush=True)
    return found


def main(argv: list[str]) -> int:
    """Measure and report."""
    options = parse(argv)
    results: Results = {}
    with quiet_home() as environment:
        for name in options.case or CASES:
            case = CASES[name]
            subjects = [s for s in case.subjects if not options.only or s in options.only]
            if case.kind == "start":  # a first run compiles, and makes the profile
                run_case(case, subjects, environment, 1, options.cap)
            results[name] = run_case(case, subjects, environment, options.repeat, options.cap)
    OUTPUT.mkdir(exist_ok=True)
    record = {"machine": facts(), "versions": versions(), "results": results}
    (OUTPUT / "perf.json").write_text(json.dumps(record, indent=1), "utf-8")
    print(markdown(results))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
