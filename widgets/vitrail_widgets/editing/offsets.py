"""Between Python's offsets (code points) and Qt's (UTF-16 code units)."""


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text takes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def to_utf16(text: str, offset: int) -> int:
    """Return the UTF-16 offset of a code point offset in `text`."""
    return utf16_length(text[:offset])


def from_utf16(text: str, units: int) -> int:
    """Return the code point offset of a UTF-16 offset; inside a pair, that of the pair's start."""
    if text.isascii():
        return min(units, len(text))
    done = 0
    for offset, character in enumerate(text):
        done += 2 if character > "\uffff" else 1
        if done > units:
            return offset
    return len(text)
