"""What writer and reader of scripts agree upon: jupytext's percent format, magics as comments.

Cells begin with `# %%` (as in Spyder and VS Code, too). What Python could not run stands in
comments, in a form from which it comes back: lines of magics as jupytext has them, a whole cell
below a marker that says why. They come back from files alone that begin with jupytext's header: in
other scripts somebody may have commented a line out so that it is *not* run.
"""

import re
from typing import Final

from vitrail.presenters.files.json_pieces import dumps
from vitrail.presenters.files.source import KernelName

COMMENTED: Final = "not plain Python"
RAISED: Final = "raised"
NOT_RUN: Final = "not run"
RESULT: Final = "#>"
"""Begins the lines of an output."""

HEADER: Final = re.compile(r"# ---\n(?:#.*\n)*?# ---\n")
"""What jupytext begins a file with; it is about the file, not code."""

MAGIC: Final = re.compile(
    r"(?P<indent>[ \t]*)# (?P<code>(?:# )*"
    r"(?:%%?(?:[^\W\d]|!)|!|\?{1,2}%*[^\W\d]|[\w.,\[\]'\" ]+= ?(?:%[^\W\d]|!)|%%(?=[ \t]|$)).*)"
)
"""A comment that is taken for a line of IPython's, which stands behind one or more `# `."""

COMMENTS: Final = {
    "c": "//",
    "c++": "//",
    "clojure": ";;",
    "c#": "//",
    "f#": "//",
    "go": "//",
    "groovy": "//",
    "haskell": "--",
    "java": "//",
    "javascript": "//",
    "kotlin": "//",
    "lua": "--",
    "matlab": "%",
    "octave": "%",
    "rust": "//",
    "scala": "//",
    "scheme": ";;",
    "sql": "--",
    "typescript": "//",
}
"""What begins a comment in a language, by its name in lower case; elsewhere it is `#`."""


def header(kernel: KernelName | None, language: str) -> str:
    """Return what says that a script is in this format, and for which kernel."""
    lines = ["jupyter:", "  jupytext:", "    text_representation:", "      extension: .py"]
    lines += ["      format_name: percent", "      format_version: '1.3'"]
    if kernel is not None:
        lines += ["  kernelspec:", f"    display_name: {dumps(kernel.display_name)}"]
        lines += [f"    language: {dumps(language)}", f"    name: {dumps(kernel.name)}"]
    return "".join(f"# {line}\n" for line in ["---", *lines, "---"])


def commented(code: str, comment: str = "#") -> str:
    """Put a whole text into comments."""
    return "\n".join(f"{comment} {line}" if line else comment for line in code.split("\n"))


def uncommented(text: str, comment: str = "#") -> str | None:
    """Undo `commented`; None where not every line is a comment."""
    lines = text.split("\n")
    if not all(line == comment or line.startswith(f"{comment} ") for line in lines):
        return None
    return "\n".join(line[len(comment) + 1 :] for line in lines)
