"""What keys do to the cells of the transcript."""

from vitrail_widgets.keys.command import Command, Scope

_NOTHING_TO_MOVE = "no line of the input can be moved that way"


def _command(name: str, title: str, *keys: str, section: int, when: str = "") -> Command:
    return Command(f"cell.{name}", title, keys, Scope.CONSOLE, "View", section=section, when=when)


CELLS = (
    _command("previous", "Go to the prompt &above", "Alt+Up", section=2, when=_NOTHING_TO_MOVE),
    _command("next", "Go to the prompt &below", "Alt+Down", section=2, when=_NOTHING_TO_MOVE),
    _command("fold", "Fold or unfold the &cell", "Ctrl+Shift+[", section=3),
    _command("fold_output", "Fold or unfold its &output", "Ctrl+Shift+]", section=3),
    _command("fold_all", "Fold all outputs", section=3),
    _command("unfold_all", "&Unfold everything", section=3),
)
