"""What keys do to find something in the transcript."""

from vitrail_widgets.keys.command import Command, Scope

FIND = (
    Command("find.open", "&Find in the console…", ("Ctrl+F",), Scope.CONSOLE, "Edit", section=4),
    Command("find.next", "Find &next", ("F3",), Scope.CONSOLE, "Edit", section=4),
    Command("find.previous", "Find pre&vious", ("Shift+F3",), Scope.CONSOLE, "Edit", section=4),
    Command("find.go_on", "Next match", ("Return", "F3"), Scope.FIND),
    Command("find.go_back", "Match before", ("Shift+Return", "Shift+F3"), Scope.FIND),
    Command("find.close", "Close the find bar", ("Esc",), Scope.FIND),
    Command("find.case", "Match case", ("Alt+C",), Scope.FIND),
    Command("find.word", "Whole words only", ("Alt+W",), Scope.FIND),
    Command("find.regex", "Regular expression", ("Alt+R",), Scope.FIND),
)
