"""What keys do in the whole console, and what they do in its transcript."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

CONSOLE = (
    Command(
        "console.copy_or_interrupt",
        "Copy what is selected, or interrupt",
        ("Ctrl+C", "Ctrl+Ins"),
        Scope.CONSOLE,
    ),
    Command(
        "console.select_all",
        "Select &all",
        ("Ctrl+Shift+A",),
        Scope.CONSOLE,
        "Edit",
        section=1,
    ),
    Command(
        "console.clear_screen",
        "C&lear the screen",
        (f"{CONTROL}+L",),
        Scope.CONSOLE,
        "View",
        section=1,
    ),
    Command(
        "console.tip_page_up",
        "Scroll the documentation of the call up",
        ("PgUp",),
        Scope.CONSOLE,
        when="while the documentation of a call is shown",
    ),
    Command(
        "console.tip_page_down",
        "Scroll the documentation of the call down",
        ("PgDown",),
        Scope.CONSOLE,
        when="while the documentation of a call is shown",
    ),
    Command("console.page_up", "Scroll a page up", ("PgUp", "Shift+PgUp"), Scope.CONSOLE),
    Command("console.page_down", "Scroll a page down", ("PgDown", "Shift+PgDown"), Scope.CONSOLE),
    Command(
        "console.to_end", "Scroll to the &end", ("Ctrl+End",), Scope.CONSOLE, "View", section=1
    ),
)

_SELECTED = "when text is selected"

TRANSCRIPT = (
    Command("transcript.leave", "Go back to the input", ("Esc",), Scope.TRANSCRIPT),
    Command("transcript.select_all", "Select the transcript", ("Ctrl+A",), Scope.TRANSCRIPT),
    Command("transcript.up", "Scroll a line up", ("Up",), Scope.TRANSCRIPT),
    Command("transcript.down", "Scroll a line down", ("Down",), Scope.TRANSCRIPT),
    Command("transcript.to_start", "Scroll to the start", ("Home", "Ctrl+Home"), Scope.TRANSCRIPT),
    Command("transcript.to_end", "Scroll to the end", ("End",), Scope.TRANSCRIPT),
    Command(
        "transcript.select_left",
        "Select a character to the left",
        ("Shift+Left",),
        Scope.TRANSCRIPT,
        when=_SELECTED,
    ),
    Command(
        "transcript.select_right",
        "Select a character to the right",
        ("Shift+Right",),
        Scope.TRANSCRIPT,
        when=_SELECTED,
    ),
    Command(
        "transcript.select_up", "Select a line up", ("Shift+Up",), Scope.TRANSCRIPT, when=_SELECTED
    ),
    Command(
        "transcript.select_down",
        "Select a line down",
        ("Shift+Down",),
        Scope.TRANSCRIPT,
        when=_SELECTED,
    ),
    Command(
        "transcript.select_to_start",
        "Select to the start",
        ("Shift+Home", "Ctrl+Shift+Home"),
        Scope.TRANSCRIPT,
        when=_SELECTED,
    ),
    Command(
        "transcript.select_to_end",
        "Select to the end",
        ("Shift+End", "Ctrl+Shift+End"),
        Scope.TRANSCRIPT,
        when=_SELECTED,
    ),
)
