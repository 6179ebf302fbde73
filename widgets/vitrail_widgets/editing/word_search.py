"""Words of a text: what can be offered when nobody who knows better answers."""

import re
from collections.abc import Iterable

SHORTEST = 3  # letters of a word that is worth offering
MOST = 200


def words_like(typed: str, texts: Iterable[str]) -> list[str]:
    """Return the words that begin with what was typed, each once, in the order of `texts`.

    Args:
        typed: At least a letter; its case does not count.
        texts: Looked through one after the other until there are `MOST`.
    """
    found: dict[str, None] = {}
    word = re.compile(rf"(?<!\w){re.escape(typed)}\w*", re.IGNORECASE)
    for text in texts:
        for match in word.finditer(text):
            one = match.group()
            if len(one) >= SHORTEST and one != typed:
                found.setdefault(one)
        if len(found) >= MOST:
            break
    return list(found)[:MOST]
