"""The commands of the widgets, gathered from the tables of their areas."""

from functools import cache

from vitrail_widgets.keys.keymap import Keymap
from vitrail_widgets.keys.tables.caret import CARET
from vitrail_widgets.keys.tables.cells import CELLS, QUESTION
from vitrail_widgets.keys.tables.console import CONSOLE, TRANSCRIPT
from vitrail_widgets.keys.tables.editing import EDITING
from vitrail_widgets.keys.tables.find import FIND
from vitrail_widgets.keys.tables.history import HISTORY
from vitrail_widgets.keys.tables.input import INPUT
from vitrail_widgets.keys.tables.inspector import INSPECTOR
from vitrail_widgets.keys.tables.pager import PAGER
from vitrail_widgets.keys.tables.popup import POPUP
from vitrail_widgets.keys.tables.queue import QUEUE

WIDGET_COMMANDS = (
    *CONSOLE,
    *CELLS,
    *FIND,
    *HISTORY,
    *INPUT,
    *CARET,
    *EDITING,
    *PAGER,
    *POPUP,
    *QUESTION,
    *QUEUE,
    *TRANSCRIPT,
    *INSPECTOR,
)


@cache
def default_keymap() -> Keymap:
    """Return the keys of the widgets' commands as long as nobody changes them."""
    return Keymap(WIDGET_COMMANDS)
