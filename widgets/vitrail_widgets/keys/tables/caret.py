"""What keys do to the caret in the plain ways that every editor has."""

import sys

from vitrail_widgets.keys.command import Command, Scope

_ON_MAC = sys.platform == "darwin"


def _caret(name: str, title: str, keys: str, keys_on_mac: str | None = None) -> Command:
    chosen = keys_on_mac if _ON_MAC and keys_on_mac is not None else keys
    return Command(f"input.{name}", title, (chosen,) if chosen else (), Scope.INPUT)


CARET = (
    _caret("row_up", "Go a row up", "Up"),
    _caret("row_down", "Go a row down", "Down"),
    _caret("previous_word", "Go to the word before", "Ctrl+Left", "Alt+Left"),
    _caret("next_word", "Go to the next word", "Ctrl+Right", "Alt+Right"),
    _caret("select_left", "Select to the left", "Shift+Left"),
    _caret("select_right", "Select to the right", "Shift+Right"),
    _caret("select_row_up", "Select a row up", "Shift+Up"),
    _caret("select_row_down", "Select a row down", "Shift+Down"),
    _caret("select_previous_word", "Select a word back", "Ctrl+Shift+Left", ""),
    _caret("select_next_word", "Select a word", "Ctrl+Shift+Right", ""),
    _caret("select_line_end", "Select to the line's end", "Shift+End", "Ctrl+Shift+Right"),
    _caret("select_start", "Select to the input's start", "Ctrl+Shift+Home", "Ctrl+Shift+Up"),
    _caret("select_end", "Select to the input's end", "Ctrl+Shift+End", "Ctrl+Shift+Down"),
)
