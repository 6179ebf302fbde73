"""docs/embedding.md shows the examples as they are, and they are as short as it says."""

import re
from pathlib import Path

import pytest

from support.sources import ROOT

PAGE = (ROOT / "docs" / "embedding.md").read_text("utf-8")
SHOWN = re.compile(r"<!-- example: (\w+\.py) -->\n```python\n(.*?)```", re.DOTALL)
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
LONGEST = 15
"""Lines of code, as the issue promised; without the docstring and blank lines."""


def test_every_example_is_shown_as_it_is() -> None:
    assert dict(SHOWN.findall(PAGE)) == {file.name: file.read_text("utf-8") for file in EXAMPLES}


@pytest.mark.parametrize("name", ["own_kernel.py", "existing_kernel.py"])
def test_console_takes_fifteen_lines(name: str) -> None:
    lines = (ROOT / "examples" / name).read_text("utf-8").splitlines()[1:]
    assert 0 < sum(1 for line in lines if line.strip()) <= LONGEST


def test_page_names_every_public_member() -> None:
    """What is not written down is not public, and what is has to be there."""
    from vitrail.embedding import Console

    public = {name for name in vars(Console) if not name.startswith("_")} - {"staticMetaObject"}
    assert {name for name in public if f"`{name}" not in PAGE} == set()
    table = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    named = {name for row in table for name in re.findall(r"`(\w+)", row)}
    assert named - public <= {"transcript", "view"}


def test_examples_are_found() -> None:
    assert Path("own_kernel.py") in {Path(file.name) for file in EXAMPLES}
