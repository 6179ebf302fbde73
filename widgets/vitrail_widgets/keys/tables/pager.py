"""What keys do in the pager: those of `less`, and those of every window."""

from vitrail_widgets.keys.command import Command, Scope


def _command(name: str, title: str, *keys: str) -> Command:
    return Command(f"pager.{name}", title, keys, Scope.PAGER)


PAGER = (
    Command("pager.focus", "Go to the pa&ger", ("F6",), Scope.CONSOLE, "View", section=1),
    _command("close", "Close the pager", "Q", "Esc"),
    _command("leave", "Leave the pager open, and go to the input", "F6"),
    _command("down", "Scroll a line down", "Down", "J"),
    _command("up", "Scroll a line up", "Up", "K"),
    _command("page_down", "Scroll a page down", "PgDown", "Space", "Return", "Tab"),
    _command("page_up", "Scroll a page up", "PgUp", "Backspace", "Shift+Space", "B"),
    _command("to_start", "Scroll to the start", "Home", "G", "Alt+<"),
    _command("to_end", "Scroll to the end", "End", "Shift+G", "Alt+>"),
    _command("find", "Find in the pager", "/", "Ctrl+F"),
    _command("find_next", "Next match in the pager", "N", "F3"),
    _command("find_previous", "Match before in the pager", "Shift+N", "Shift+F3"),
)
