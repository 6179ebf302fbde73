"""Paths of files as code: quoted as the place wants it."""

import re
import shlex
from collections.abc import Sequence

from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.languages import Notation, in_string

_COMMAND = re.compile(r"\s*(?:\w+\s*=\s*)?(?:!|%(?=\w))")


def paths_as_code(paths: Sequence[str], buffer: Buffer, notation: Notation) -> str:
    """Return what stands for some files in code.

    In a string it is the bare path, on a shell's line or a magic's what the shell takes,
    elsewhere a string for each, with commas.

    Args:
        paths: Absolute paths.
        buffer: Where they are inserted.
        notation: The language there.
    """
    if in_string(buffer.before, notation):
        return " ".join(_escaped(path, notation) for path in paths)
    is_command = notation.is_python and _COMMAND.match(buffer.line_before)
    if notation.is_shell or is_command:
        return " ".join(shlex.quote(path) for path in paths)
    if notation.is_python:
        return ", ".join(repr(path) for path in paths)
    quote = '"' if '"' in notation.quotes or not notation.quotes else notation.quotes[0]
    return ", ".join(f"{quote}{_escaped(path, notation, quote)}{quote}" for path in paths)


def _escaped(path: str, notation: Notation, quotes: str = "\"'") -> str:
    special = "\\" + quotes + notation.interpolates
    return "".join("\\" + one if one in special else one for one in path)
