"""What keys do to the cells that wait for the kernel."""

from vitrail_widgets.keys.command import Command, Scope

QUEUE = (
    Command("queue.open", "List what &waits", ("Alt+Q",), Scope.CONSOLE, "Kernel"),
    Command("queue.up", "Run it earlier", ("Alt+Up",), Scope.QUEUE),
    Command("queue.down", "Run it later", ("Alt+Down",), Scope.QUEUE),
    Command("queue.edit", "Take it back into the input", ("Return",), Scope.QUEUE),
    Command("queue.cancel", "Do not run it", ("Del",), Scope.QUEUE),
    Command("queue.close", "Close the list of what waits", ("Esc",), Scope.QUEUE),
)
