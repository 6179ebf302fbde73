"""Qt's key events as strokes."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from vitrail_widgets.keys.strokes import Strokes, spellings, text_of

_MODIFIERS = (
    (Qt.KeyboardModifier.MetaModifier, "Meta"),
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)
MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
)


def spellings_of(event: QKeyEvent) -> tuple[str, ...]:
    """Return what a pressed key may be called, the exact name first; empty for a modifier."""
    return _spellings(event.key(), event.modifiers())


def key_sequences(keys: tuple[Strokes, ...]) -> list[QKeySequence]:
    """Return sequences for an action; the number pad's Enter is meant as well."""
    texts = [text_of(strokes) for strokes in keys]
    texts += [text.replace("Return", "Enter") for text in texts if "Return" in text]
    return [QKeySequence(text, QKeySequence.SequenceFormat.PortableText) for text in texts]


def shown(strokes: Strokes) -> str:
    """Return keys as this platform writes them."""
    portable = QKeySequence(text_of(strokes), QKeySequence.SequenceFormat.PortableText)
    return portable.toString(QKeySequence.SequenceFormat.NativeText)


@lru_cache(maxsize=256)  # each key is looked for in several places
def _spellings(key: int, held: Qt.KeyboardModifier) -> tuple[str, ...]:
    if key in MODIFIER_KEYS or key in (0, Qt.Key.Key_unknown):
        return ()
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return spellings((modifier for flag, modifier in _MODIFIERS if held & flag), name)
