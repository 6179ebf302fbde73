"""What keys do to the cells of the transcript."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

_NOTHING_TO_MOVE = "when no line of the input can be moved that way"


def _command(name: str, title: str, *keys: str, section: int, when: str = "") -> Command:
    return Command(f"cell.{name}", title, keys, Scope.CONSOLE, "View", section=section, when=when)


def _copy(name: str, title: str, *keys: str) -> Command:
    return Command(f"cell.{name}", title, keys, Scope.CONSOLE)


CELLS = (
    _command("previous", "Go to the p&rompt above", "Alt+Up", section=2, when=_NOTHING_TO_MOVE),
    _command("next", "Go to the prompt &below", "Alt+Down", section=2, when=_NOTHING_TO_MOVE),
    Command("link.previous", "Go to the link above", ("Alt+L",), Scope.CONSOLE),
    Command("link.next", "Go to the link below", ("Alt+Shift+L",), Scope.CONSOLE),
    Command("link.follow", "Follow the link", ("Return", "Enter"), Scope.TRANSCRIPT),
    _command("fold", "Fold or unfold the &cell", "Ctrl+Shift+[", "Ctrl+{", section=3),
    _command("fold_output", "Fold or unfold its outp&ut", "Ctrl+Shift+]", "Ctrl+}", section=3),
    _command("fold_all", "Fold all output&s", section=3),
    _command("unfold_all", "U&nfold everything", section=3),
    _command("plain_text", "Show its output as plain text, or bac&k", "Ctrl+Shift+Y", section=3),
    _copy("copy", "Copy the cell", "Ctrl+Shift+C"),
    _copy("copy_code", "Copy the cell as code"),
    _copy("copy_output", "Copy the output of the cell"),
    _copy("copy_with_prompts", "Copy the cell as text with prompts"),
)

QUESTION = (
    Command("question.answer", "Answer the question of a cell", ("Return",), Scope.QUESTION),
    Command(
        "question.interrupt",
        "Interrupt instead of answering",
        ("Ctrl+C",),
        Scope.QUESTION,
        when="when nothing is selected",
    ),
    Command(
        "question.end_of_file",
        "Answer with the end of the file",
        ("Ctrl+D",),
        Scope.QUESTION,
        when="when nothing is typed",
    ),
    Command("question.older", "An older answer", ("Up", f"{CONTROL}+P"), Scope.QUESTION),
    Command("question.newer", "A newer answer", ("Down", f"{CONTROL}+N"), Scope.QUESTION),
)
"""What keys do while a cell's question is answered."""
