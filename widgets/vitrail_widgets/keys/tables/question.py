"""What keys do while a cell's question is answered."""

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.tables.editing import CONTROL

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
