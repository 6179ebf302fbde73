"""What keys do while code is typed."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

INPUT = (
    Command(
        "input.open_pair",
        "Go on in a new line",
        ("Return",),
        Scope.INPUT,
        when="where brackets or quotes closed by themselves and code goes on",
    ),
    Command("input.enter", "Run, or go on with a new line", ("Return",), Scope.INPUT),
    Command("input.run", "Run as it is", ("Shift+Return",), Scope.INPUT),
    Command("input.break_line", "New line", ("Ctrl+Return",), Scope.INPUT),
    Command("input.complete", "Complete", ("Tab",), Scope.INPUT, when="after a name"),
    Command("input.older", "Older input", ("Up",), Scope.INPUT, when="in the first row"),
    Command("input.newer", "Newer input", ("Down",), Scope.INPUT, when="in the last row"),
    Command(
        "input.tip",
        "Show what the call takes, then all about it",
        ("Ctrl+Shift+Space",),
        Scope.INPUT,
        when="in a call",
    ),
    Command(
        "input.older_containing",
        "Older input that contains this",
        ("Shift+Up",),
        Scope.INPUT,
        when="in the first row",
    ),
    Command(
        "input.newer_containing",
        "Newer input that contains this",
        ("Shift+Down",),
        Scope.INPUT,
        when="in the last row of an older input",
    ),
    Command(
        "input.dismiss_tip",
        "Hide the call tip",
        ("Esc", f"{CONTROL}+G"),
        Scope.INPUT,
        when="when a call tip is shown",
    ),
    Command(
        "input.answer",
        "Go to the question of the running cell",
        ("Esc",),
        Scope.INPUT,
        when="when a cell asks something",
    ),
    Command(
        "input.end_session",
        "End the session",
        (f"{CONTROL}+D",),
        Scope.INPUT,
        when="while it is empty",
    ),
)
