"""What the page of a value holds: something that shows bodies of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from vitrail_widgets.objects.look import Look
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Items, Value
from vitrail_widgets.qt.theme import Theme


@dataclass(frozen=True)
class Seen:
    """What is shown of which object, how it is looked at, and what was opened below it."""

    target: Target
    value: Value
    look: Look
    branches: Mapping[Target, Items] = field(default_factory=dict[Target, Items])


class BodyView(QWidget):
    """Shows bodies of one kind.

    Signals:
        look_wanted: It is to be looked at in another way; with the fields of `Look` that change.
        element_wanted: The element at some indices is to be written in full.
        target_wanted: What an item is was asked for; with a `Target`.
        opened: What an item holds is wanted, or more of that; with its `Target`.
        insert_wanted: Code is to be written into the console.
        place_wanted: The place is wanted at which a key is; with what was typed for it, and the
            place after which to look, None for the key that is meant best.
        said: What is under the pointer; empty for nothing.
    """

    look_wanted = Signal(object)
    element_wanted = Signal(object)
    target_wanted = Signal(object)
    opened = Signal(object)
    insert_wanted = Signal(str)
    place_wanted = Signal(str, object)
    said = Signal(str)

    def show_body(self, seen: Seen) -> None:
        """Show a value whose body is of this kind."""
        raise NotImplementedError

    def _want(self, seen: Seen, changes: dict[str, Any]) -> None:
        """Ask to look in another way, if it is another."""
        if replace(seen.look, **changes) != seen.look:
            self.look_wanted.emit(changes)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        raise NotImplementedError

    def ask_place(self) -> bool:
        """Ask where in it to go; by default there is nowhere to go."""
        return False

    def tell_place(self, typed: str, place: int | None) -> None:
        """Hear at which place a key is, if any; by default there are no keys."""

    def tell_element(self, at: tuple[int, ...], text: str) -> None:
        """Hear what an element is; by default that is of no use."""
