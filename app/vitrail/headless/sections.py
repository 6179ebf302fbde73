"""Code cut into cells."""

import json
import re
from typing import Any

from vitrail.protocol.errors import UsageError

SECTION = re.compile(r"^[ \t]*#[ \t]*%%.*\n?", re.MULTILINE)


def cells_of(source: str) -> tuple[str, ...]:
    """Cut a script at its `# %%` lines; cells that hold nothing are left out."""
    parts = SECTION.split(source)
    return tuple(part.strip("\n") for part in parts if part.strip())


def cells_of_notebook(text: str, name: str) -> tuple[str, ...]:
    """Return the code cells of a notebook (nbformat 4).

    Raises:
        UsageError: It is not one.
    """
    try:
        notebook = json.loads(text)
        found = [_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{name} is not a notebook of format 4: {error}") from error
    return tuple(source for source in found if source.strip())


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
