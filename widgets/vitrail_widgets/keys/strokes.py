"""Keys as text: `Ctrl+Shift+K`, and several in a row, `Ctrl+K, Ctrl+C`.

Names and order are those of Qt's portable text, so that a window's actions can take them as they
are. On macOS "Ctrl" is the command key and "Meta" the control key, as everywhere in Qt.
"""

from collections.abc import Iterable

Strokes = tuple[str, ...]
"""Keys that are pressed one after the other, each in its one spelling."""

MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
MAX_STROKES = 4  # as many as Qt's sequences hold
MAX_LENGTH = 120  # of what is read; nobody means more

_MODIFIER_NAMES = {
    "control": "Ctrl",
    "cmd": "Ctrl",
    "command": "Ctrl",
    "option": "Alt",
    "win": "Meta",
    "super": "Meta",
} | {name.lower(): name for name in MODIFIERS}
_KEY_NAMES = {
    "enter": "Return",  # the one of the number pad: nobody means only one of them
    "escape": "Esc",
    "delete": "Del",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDown",
    "pgdn": "PgDown",
    "plus": "+",
    "comma": ",",
} | {
    name.lower(): name
    for name in (
        *("Return", "Esc", "Tab", "Backspace", "Del", "Ins", "Space", "Home", "End", "PgUp"),
        *("PgDown", "Left", "Up", "Right", "Down", "Menu", "Pause", "Print", "Help"),
        *(f"F{number}" for number in range(1, 36)),
    )
}


def parse(text: str) -> Strokes:
    """Read a key sequence.

    Raises:
        ValueError: It is none; the message is a sentence for the user.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"“{text[:20]}…” is too long for keys.")
    strokes = tuple(_parse_stroke(part) for part in text.strip().split(", "))
    if len(strokes) > MAX_STROKES:
        raise ValueError(f"“{text}” has more than {MAX_STROKES} keys in a row.")
    return strokes


def text_of(strokes: Strokes) -> str:
    """Return the text of a sequence, as `parse` reads it."""
    return ", ".join(strokes)


def stroke_text(modifiers: Iterable[str], key: str) -> str:
    """Return a stroke in its one spelling; the backward tab is Shift and Tab."""
    held = set(modifiers)
    if key == "Backtab":
        key, held = "Tab", held | {"Shift"}
    if key == "Enter":
        key = "Return"
    return "+".join((*(name for name in MODIFIERS if name in held), key))


def spellings(modifiers: Iterable[str], key: str) -> tuple[str, ...]:
    """Return what a pressed key may be called, the exact name first.

    Whether a sign like `<` needs Shift depends on the keyboard; its own name already says it.
    """
    held = set(modifiers)
    exact = stroke_text(held, key)
    if "Shift" in held and is_sign(key):
        return exact, stroke_text(held - {"Shift"}, key)
    return (exact,)


def is_typed(strokes: Strokes) -> bool:
    """Tell whether a sequence begins with what types a character."""
    held, _, key = strokes[0].rpartition("+")
    if strokes[0].endswith("+"):
        held, key = strokes[0][:-2], "+"
    return held in ("", "Shift") and (len(key) == 1 or key == "Space")


def is_sign(key: str) -> bool:
    """Tell whether a key is a printable character that is neither a letter nor a space."""
    return len(key) == 1 and not key.isalpha() and not key.isspace()


def _parse_stroke(text: str) -> str:
    held = set[str]()
    name, plus, rest = text.strip().partition("+")
    while plus and name:
        modifier = _MODIFIER_NAMES.get(name.strip().lower())
        if modifier is None:
            raise ValueError(f"“{name.strip()}” in “{text}” is no modifier key.")
        held.add(modifier)
        name, plus, rest = rest.strip().partition("+")
    return stroke_text(held, _parse_key(name + plus + rest, text))


def _parse_key(name: str, within: str) -> str:
    if len(name) == 1 and name.isprintable() and not name.isspace():
        return name.upper() if len(name.upper()) == 1 else name
    if name.lower() == "backtab":
        return "Backtab"
    key = _KEY_NAMES.get(name.replace(" ", "").lower())
    if key is None:
        named = name and name.isprintable()
        raise ValueError(f"“{name}” is no key." if named else f"“{within}” names no key.")
    return key
