"""Brackets and quotes that come in pairs: what typing one half does."""

from vitrail_widgets.editing.brackets import pairs
from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.languages import Notation, in_string_or_comment, may_prefix_string
from vitrail_widgets.editing.scan import CLOSING, OPENING, Unfinished, scan
from vitrail_widgets.highlight.surroundings import opaque

_MAY_FOLLOW = frozenset(CLOSING) | frozenset(",;:")


def typed_half(buffer: Buffer, character: str, notation: Notation) -> Edit | None:
    """Return what typing an opening half does beyond inserting it; None for nothing more.

    A selection is put between the halves, anywhere. Else the other half is added: not within
    strings and comments, not where it is there already, not where text follows directly.

    Args:
        buffer: The text before the key.
        character: What was typed.
        notation: The language at the caret.

    Returns:
        An edit; the halves that nobody typed stand between its caret and its text's end.
    """
    is_quote = character in notation.quotes
    if character not in OPENING and not is_quote:
        return None
    if buffer.selected:
        return _around(buffer, character, OPENING.get(character, character))
    if not _has_room(buffer.after):
        return None
    if is_quote:
        return _quote(buffer, character, notation)
    if in_string_or_comment(buffer.before, notation) or _is_closed(buffer, character, notation):
        return None
    return _at_caret(buffer, character, OPENING[character])


def emptied_pair(buffer: Buffer, notation: Notation, added: int = 0) -> Edit | None:
    """Return what Backspace between two halves does: both go. None where it is no such place.

    Args:
        buffer: The text before the key.
        notation: The language at the caret.
        added: How many characters right of the caret nobody typed; these surely go.
    """
    left, right = buffer.before[-1:], buffer.after[:1]
    if buffer.selected or not left or not right:
        return None
    if added >= 3 and buffer.before.endswith(left * 3) and buffer.after.startswith(left * 3):
        return _removed(buffer, 3)
    if OPENING.get(left) == right:
        goes = added > 0 or _is_pair(buffer, notation)
    else:
        goes = left == right and left in notation.quotes and _is_empty_string(buffer, notation)
        goes = goes or (added > 0 and left == right)
    return _removed(buffer, 1) if goes else None


def is_inside_empty_pair(buffer: Buffer) -> bool:
    """Say whether the caret is directly between an opening bracket and its other half."""
    closing = OPENING.get(buffer.before[-1:])
    return not buffer.selected and closing is not None and buffer.after.startswith(closing)


def _around(buffer: Buffer, opening: str, closing: str) -> Edit:
    anchor, caret = buffer.anchor + 1, buffer.caret + 1
    return Edit(buffer.start, buffer.end, opening + buffer.selected + closing, anchor, caret)


def _at_caret(buffer: Buffer, opening: str, closing: str) -> Edit:
    caret = buffer.caret + len(opening)
    return Edit(buffer.caret, buffer.caret, opening + closing, caret, caret)


def _removed(buffer: Buffer, right: int) -> Edit:
    caret = buffer.caret - 1
    return Edit(caret, buffer.caret + right, "", caret, caret)


def _has_room(after: str) -> bool:
    return not after or after[0].isspace() or after[0] in _MAY_FOLLOW


def _is_closed(buffer: Buffer, character: str, notation: Notation) -> bool:
    """Say whether a bracket would close something that is open too far now."""
    if OPENING[character] not in buffer.after:
        return False
    longer = buffer.before + character + buffer.after
    return len(_pairs(longer, notation)) > len(_pairs(buffer.text, notation))


def _quote(buffer: Buffer, quote: str, notation: Notation) -> Edit | None:
    before = buffer.before
    if before.endswith(quote):
        opens = notation.is_python and _opens_long_string(buffer, quote)
        return _at_caret(buffer, quote, quote * 3) if opens else None
    if in_string_or_comment(before, notation):
        return None
    last = before[-1:]
    glued = last.isalnum() or last == "_" or last in CLOSING or last == "\\"
    if glued and not may_prefix_string(before, notation):
        return None
    if notation.is_python and _begins_open_string(buffer, quote):
        return None
    return _at_caret(buffer, quote, quote)


def _opens_long_string(buffer: Buffer, quote: str) -> bool:
    """Say whether a quote is the third in a row, and no other three would end its string."""
    before, length = buffer.before, len(buffer.before)
    opaque = scan(before).opaque
    if not before.endswith(quote * 2) or opaque[-1:] != [(length - 2, length)]:
        return False
    return scan(before + quote + buffer.after).unfinished is Unfinished.STRING


def _begins_open_string(buffer: Buffer, quote: str) -> bool:
    """Say whether a quote would begin the string whose end stands further right already."""
    start = len(buffer.before)
    longer = buffer.before + quote + buffer.after
    mine = next((end for first, end in scan(longer).opaque if first == start), start + 1)
    if mine - start < 2 or longer[mine - 1] != quote:
        return False
    was = next((end for first, end in scan(buffer.text).opaque if first == mine - 2), None)
    return was is not None and (was == mine - 1 or buffer.text[was - 1] != quote)


def _is_pair(buffer: Buffer, notation: Notation) -> bool:
    return _pairs(buffer.text, notation).get(buffer.caret - 1) == buffer.caret


def _pairs(text: str, notation: Notation) -> dict[int, int]:
    return pairs(text, None if notation.is_python else opaque(text, notation.lexer))


def _is_empty_string(buffer: Buffer, notation: Notation) -> bool:
    if notation.is_python:
        return (buffer.caret - 1, buffer.caret + 1) in scan(buffer.text).opaque
    return not in_string_or_comment(buffer.before[:-1], notation)
