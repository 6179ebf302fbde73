"""What keys do while the list of completions is open."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

POPUP = (
    Command("popup.next", "Next completion", ("Down",), Scope.POPUP),
    Command("popup.previous", "Previous completion", ("Up",), Scope.POPUP),
    Command("popup.page_down", "A page of completions down", ("PgDown",), Scope.POPUP),
    Command("popup.page_up", "A page of completions up", ("PgUp",), Scope.POPUP),
    Command("popup.accept", "Take the completion", ("Tab",), Scope.POPUP),
    Command(
        "popup.accept_or_enter",
        "Take the completion, or run what is complete",
        ("Return",),
        Scope.POPUP,
    ),
    Command(
        "popup.scroll_documentation",
        "Scroll the documentation down",
        ("Ctrl+Down", "Ctrl+PgDown"),
        Scope.POPUP,
    ),
    Command(
        "popup.scroll_documentation_back",
        "Scroll the documentation up",
        ("Ctrl+Up", "Ctrl+PgUp"),
        Scope.POPUP,
    ),
    Command("popup.close", "Close the list", ("Esc", f"{CONTROL}+G"), Scope.POPUP),
)
