"""What notebooks are written and read by."""

from typing import Final

OURS: Final = "vitrail"
"""Our key in the metadata of cells: what a notebook has no field for."""

STARTED: Final = "iopub.execute_input"
REPLIED: Final = "shell.execute_reply"
"""Keys of JupyterLab's `execution`, times in ISO 8601."""


def is_json(mime: str) -> bool:
    """Say whether a notebook holds content of this type as JSON, not as text."""
    return mime.startswith("application/") and (mime.endswith(("/json", "+json")))
