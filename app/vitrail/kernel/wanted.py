"""Which kernel to launch: the one that was asked for, else that of a notebook, else the usual."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

USUAL: Final = "python3"
LONGEST_NAME: Final = 80
_KEY: Final = '"kernelspec"'


class Wanted(NamedTuple):
    """A kernel to launch.

    Attributes:
        name: Of its kernelspec.
        remark: A sentence, where it is not the one that the notebook was written for.
    """

    name: str
    remark: str = ""


def wanted_kernel(asked: str | None, file: Path | None) -> Wanted:
    """Choose the kernel.

    Args:
        asked: What the user named; None for nothing.
        file: What its cells are to run; only a notebook names a kernel.
    """
    if asked is not None or file is None or file.suffix.lower() != ".ipynb":
        return Wanted(asked or USUAL)
    named = kernel_named_in(file)
    if named in ("", USUAL):
        return Wanted(USUAL)
    from vitrail.kernel.discovery import spec_manager

    if named.lower() in spec_manager().find_kernel_specs():
        return Wanted(named.lower())
    lacking = f"{file.name} was written for the kernel {named!r}, which is not installed here"
    return Wanted(USUAL, f"{lacking}; {USUAL} was started instead.")


def kernel_named_in(notebook: Path) -> str:
    """Return the name of a notebook's kernelspec; empty where there is none, or no notebook.

    The file is searched, not parsed: that would take a second for a large one, and the kernel is
    to start at once. In a text of a cell the quotes around the key would be escaped.
    """
    try:
        text = notebook.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""  # whoever opens it says why
    at = text.rfind(_KEY)
    while at >= 0:
        found = _object_after(text, at + len(_KEY))
        if found is not None:
            name = found.get("name")
            return name[:LONGEST_NAME] if isinstance(name, str) else ""
        at = text.rfind(_KEY, 0, at)
    return ""


def _object_after(text: str, at: int) -> dict[str, Any] | None:
    """Read the object that a key has for its value, None where it has another one."""
    begin = at
    while begin < len(text) and text[begin] in " \t\r\n:":
        begin += 1
    try:
        value, _ = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None
