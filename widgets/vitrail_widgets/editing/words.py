"""Where words begin and end, for moving and killing by word."""

import re

_WORD = re.compile(r"\w+")


def word_end(text: str, offset: int) -> int:
    """Return where the word at `offset` or the next one ends, as Alt+F goes there."""
    match = _WORD.search(text, offset)
    return match.end() if match else len(text)


def word_start(text: str, offset: int) -> int:
    """Return where the word left of `offset` begins, as Alt+B goes there."""
    while offset > 0 and not _is_word(text[offset - 1]):
        offset -= 1
    while offset > 0 and _is_word(text[offset - 1]):
        offset -= 1
    return offset


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or _WORD.match(character) is not None
