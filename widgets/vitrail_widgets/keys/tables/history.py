"""What keys do to find an input of the past."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

HISTORY = (
    Command(
        "history.search",
        "S&earch older inputs…",
        (f"{CONTROL}+R",),
        Scope.CONSOLE,
        "Edit",
        section=4,
    ),
    Command("history.next", "Next match", ("Down", f"{CONTROL}+R", f"{CONTROL}+N"), Scope.HISTORY),
    Command(
        "history.previous",
        "Match before",
        ("Up", f"{CONTROL}+Shift+R", f"{CONTROL}+S", f"{CONTROL}+P"),
        Scope.HISTORY,
    ),
    Command("history.page_down", "A page of matches down", ("PgDown",), Scope.HISTORY),
    Command("history.page_up", "A page of matches up", ("PgUp",), Scope.HISTORY),
    Command("history.take", "Take the input", ("Return", "Tab"), Scope.HISTORY),
    Command(
        "history.run", "Take the input and run it", ("Shift+Return", "Ctrl+Return"), Scope.HISTORY
    ),
    Command("history.close", "Close the history", ("Esc", f"{CONTROL}+G"), Scope.HISTORY),
)
