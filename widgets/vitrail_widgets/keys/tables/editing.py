"""What keys do to the code that is typed. Why they are those of a shell: docs/adr."""

import sys

from vitrail_widgets.keys.command import Command, Scope

_IS_MAC = sys.platform == "darwin"
CONTROL = "Meta" if _IS_MAC else "Ctrl"
"""The control key: on a Mac, Emacs' keys are on that one as in all of its text fields."""

_FORWARD: tuple[str, ...] = ("Meta+F",) if _IS_MAC else ()
"""Elsewhere Ctrl+F is everybody's key for finding."""

_WIDELY = "Meta+Ctrl+Shift" if _IS_MAC else "Alt+Shift"
"""With the arrows; on a Mac Alt and Shift select by word."""


def _command(command_id: str, title: str, *keys: str, when: str = "", section: int = 0) -> Command:
    menu = "Edit" if section else ""
    return Command(f"input.{command_id}", title, keys, Scope.INPUT, menu, section, when)


MOTION = (
    _command("home", "Go to the line's first letter, then to its start", "Home", f"{CONTROL}+A"),
    _command("select_home", "Select to the line's first letter", "Shift+Home"),
    _command("line_end", "Go to the line's end", "End", f"{CONTROL}+E"),
    _command("left", "Go a character left", "Left", f"{CONTROL}+B"),
    _command("right", "Go a character right", "Right", *_FORWARD),
    _command("word_left", "Go a word left", "Alt+B"),
    _command("word_right", "Go a word right", "Alt+F"),
    _command("up", "Go a row up, then to older inputs", f"{CONTROL}+P"),
    _command("down", "Go a row down, then to newer inputs", f"{CONTROL}+N"),
    _command("start", "Go to the input's start", "Ctrl+Home", "Alt+<", "Ctrl+Up"),
    _command("end", "Go to the input's end", "Alt+>", "Ctrl+Down"),
)

DELETING = (
    _command(
        "outdent_back",
        "Delete a level of indentation",
        "Backspace",
        f"{CONTROL}+H",
        when="in a line's indentation",
    ),
    _command(
        "delete_pair",
        "Delete both halves of a pair",
        "Backspace",
        f"{CONTROL}+H",
        when="between two brackets or quotes",
    ),
    _command(
        "delete_left",
        "Delete a character to the left",
        "Backspace",
        "Shift+Backspace",
        f"{CONTROL}+H",
    ),
    _command(
        "delete_right",
        "Delete a character to the right",
        "Del",
        f"{CONTROL}+D",
        when="when the input is not empty",
    ),
    _command("kill_line", "Cut to the line's end", f"{CONTROL}+K"),
    _command("kill_line_back", "Cut to the line's start", f"{CONTROL}+U"),
    _command("kill_word", "Cut to the word's end", "Ctrl+Del", "Alt+Del", "Alt+D"),
    _command("kill_word_back", "Cut to the word's start", "Ctrl+Backspace", "Alt+Backspace"),
    _command("yank", "Paste what was cut by key", f"{CONTROL}+Y"),
    _command("yank_older", "Paste what was cut before that instead", "Alt+Y"),
    _command("clear", "Clear the input", "Esc", f"{CONTROL}+G"),
)

LINES = (
    _command("indent", "Indent", "Tab"),
    _command("indent_lines", "Indent the lines", "Ctrl+]"),
    _command("outdent", "Outdent", "Shift+Tab", "Ctrl+["),
    _command("comment", "C&omment or uncomment", "Ctrl+/", section=2),
    _command("move_up", "Move the lines up", "Alt+Up"),
    _command("move_down", "Move the lines down", "Alt+Down"),
    _command("double_up", "Double the lines upwards", "Alt+Shift+Up"),
    _command("double_down", "Double the lines downwards", "Alt+Shift+Down"),
    _command("join_lines", "Join the lines", "Ctrl+Shift+J"),
    _command("select_line", "Select the line"),
    _command("enlarge", "Select more", f"{_WIDELY}+Right"),
    _command("shrink", "Select less", f"{_WIDELY}+Left", when="after selecting more"),
    _command("paste_verbatim", "Paste as it &is", "Ctrl+Shift+V", section=1),
)

EDITING = (*MOTION, *DELETING, *LINES)
