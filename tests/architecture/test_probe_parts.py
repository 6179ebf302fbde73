"""The parts of the probe share one namespace in the kernel."""

import ast
from collections import defaultdict
from pathlib import Path

from vitrail_resources import SENT_FROM_HERE

KERNEL = Path(__file__).parents[2] / "resources" / "vitrail_resources" / "kernel"


def test_no_two_parts_of_the_probe_give_a_name_two_meanings() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    files = [file for file in KERNEL.glob("*.py") if file.name != "__init__.py"]
    assert len(files) > 2
    for file in files:
        for name in _bound(file.read_text("ascii").rpartition(SENT_FROM_HERE)[2]):
            homes[name].add(file.name)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def _bound(source: str) -> set[str]:
    """Return the names that the statements of a module bind, imports apart."""
    found = set[str]()
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            found.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.For):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = (each for target in targets for each in ast.walk(target))
            found |= {
                each.id
                for each in names
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
    return found
