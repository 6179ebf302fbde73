"""What keys do while code is typed."""

from vitrail_widgets.keys.command import Command, Scope

INPUT = (
    Command("input.enter", "Run, or go on with a new line", ("Return",), Scope.INPUT),
    Command("input.run", "Run as it is", ("Shift+Return",), Scope.INPUT),
    Command("input.break_line", "New line", ("Ctrl+Return",), Scope.INPUT),
    Command("input.complete", "Complete", ("Tab",), Scope.INPUT, when="after a name"),
    Command("input.indent", "Indent", ("Tab",), Scope.INPUT),
    Command("input.outdent", "Outdent", ("Shift+Tab",), Scope.INPUT),
    Command(
        "input.outdent_back",
        "Delete a level of indentation",
        ("Backspace",),
        Scope.INPUT,
        when="in a line's indentation",
    ),
    Command("input.home", "Go to the line's first letter", ("Home",), Scope.INPUT),
    Command("input.select_home", "Select to the line's first letter", ("Shift+Home",), Scope.INPUT),
    Command("input.older", "Older input", ("Up",), Scope.INPUT, when="in the first row"),
    Command("input.newer", "Newer input", ("Down",), Scope.INPUT, when="in the last row"),
    Command(
        "input.dismiss_tip", "Hide the call tip", ("Esc",), Scope.INPUT, when="a call tip is shown"
    ),
    Command(
        "input.answer",
        "Go to the question of the running cell",
        ("Esc",),
        Scope.INPUT,
        when="a cell asks something",
    ),
)
