"""Text of replies without what styles it."""

import re
from typing import Final

_STYLING: Final = re.compile(
    r"""
      \x1b\[ [0-?]* [ -/]* [@-~]             # CSI: colours
    | \x1b\] [^\a\x1b\n]* (?:\a|\x1b\\)?     # OSC: links
    | \x1b [ -/]* [0-~]                      # others: man pages switch character sets
    | [^\n]\x08                              # overstrike: the help pages of R, nroff
    | \r(?=\n)
    """,
    re.VERBOSE,
)


def plain_text(text: str) -> str:
    """Return text without escape sequences, overstrike and carriage returns at line ends."""
    return _STYLING.sub("", text)
