"""All commands, gathered from the tables of their areas."""

from vitrail.shell.commands.edit import EDIT
from vitrail.shell.commands.file import FILE
from vitrail.shell.commands.kernel import KERNEL
from vitrail.shell.commands.tab import TAB
from vitrail.shell.commands.view import VIEW
from vitrail_widgets.keys.defaults import WIDGET_COMMANDS

COMMANDS = (
    *FILE,
    *EDIT,
    *VIEW,
    *TAB,
    *KERNEL,
    *WIDGET_COMMANDS,
)
