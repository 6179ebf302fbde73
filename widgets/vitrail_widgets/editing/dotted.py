"""The dotted name before a cursor: what can be looked up without a completer."""

import re
from typing import NamedTuple

from vitrail_widgets.editing.scan import Unfinished, scan

LOOK_BACK = 20_000  # code points; what is longer has no strings that begin further up
_NAME = re.compile(r"(?:[^\W\d]\w*\.)*(?:[^\W\d]\w*)?\Z")
_OTHERS = re.compile(r"\s*(?:from|import|def|class|async\s+def|global|nonlocal|del)\b|\s*[%!]")


class DottedName(NamedTuple):
    """A name that is being typed.

    Attributes:
        path: What stands before its last dot; empty without one.
        prefix: What has been typed after it.
        start: Offset of `prefix` in the code.
    """

    path: str
    prefix: str
    start: int


def dotted_name(code: str, cursor: int) -> DottedName | None:
    """Return the Python name that ends at a cursor; None where no name is being typed.

    That is in strings and comments, behind what is called or indexed, where a name is made and not
    used, and in the languages of IPython's own.

    Args:
        code: All of the input.
        cursor: Offset in code points.
    """
    before = code[max(0, cursor - LOOK_BACK) : cursor]
    match = _NAME.search(before)
    if match is None:
        return None
    if (match.start() and before[match.start() - 1] in ".)]}\"'\\") or not _is_code(before):
        return None
    if before[: match.start()][-1:].isdigit() or _OTHERS.match(before.rpartition("\n")[2]):
        return None
    path, _, prefix = match.group().rpartition(".")
    return DottedName(path, prefix, cursor - len(prefix))


def _is_code(before: str) -> bool:
    """Tell whether what follows is neither in a string nor in a comment."""
    found = scan(before)
    if found.unfinished is Unfinished.STRING:
        return False
    if not found.opaque or found.opaque[-1][1] < len(before):
        return True
    start, end = found.opaque[-1]
    text = before[start:end]
    return text[0] != "#" and len(text) > 1 and text[-1] == text[0]
