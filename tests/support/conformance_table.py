"""A pytest plugin that prints what each kernel can: `-p support.conformance_table`."""

import re

import pytest

_NAMED = re.compile(r"::test_(\w+)\[(.+)\]$")
_MARKS = {"passed": "yes", "failed": "FAILED", "skipped": "-"}


class _Table:
    """Collects outcomes by capability and kernel, and the reasons of what was skipped."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[str, str]] = {}
        self.notes: dict[str, None] = {}  # in order, once each
        self.kernels: dict[str, None] = {}

    def add(self, report: pytest.TestReport) -> None:
        found = _NAMED.search(report.nodeid)
        if found is None or (report.when != "call" and report.outcome == "passed"):
            return
        capability, kernel = found.groups()
        if report.outcome == "skipped" and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            self.notes[reason] = None
            if not reason.startswith(f"{kernel}: "):
                return  # the whole kernel is not there
        self.kernels[kernel] = None
        row = self.cells.setdefault(capability, {})
        if row.get(kernel) != "FAILED":
            row[kernel] = _MARKS[report.outcome]

    def lines(self) -> list[str]:
        first = max(map(len, self.cells), default=0) + 2
        titles = "".join(f"{name:<{len(name) + 2}}" for name in self.kernels)
        table = [f"{'':<{first}}{titles}".rstrip()]
        for capability, row in self.cells.items():
            marks = "".join(f"{row.get(name, ''):<{len(name) + 2}}" for name in self.kernels)
            table.append(f"{capability.replace('_', ' '):<{first}}{marks}".rstrip())
        return [*table, "", *self.notes]


_table = _Table()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take one phase of one test."""
    _table.add(report)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    terminalreporter.section("kernels and what they can")
    for line in _table.lines():
        terminalreporter.write_line(line)
