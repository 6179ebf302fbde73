"""The Kernel menu."""

from vitrail_widgets.keys.command import Command

KERNEL = (
    Command("kernel.interrupt", "&Interrupt", ("Ctrl+.",), menu="Kernel"),
    Command("kernel.run_the_rest", "Run what was &not run", ("Ctrl+Shift+Return",), menu="Kernel"),
    Command("kernel.discard_the_rest", "&Discard what was not run", menu="Kernel"),
    Command("kernel.other_clients", "Show &other clients' cells", menu="Kernel", is_toggle=True),
    Command("kernel.restart", "&Restart", ("Ctrl+Shift+.",), menu="Kernel", section=1),
    Command("kernel.restart_and_run_all", "Restart and run &all cells", menu="Kernel", section=1),
    Command("kernel.change", "C&hange the kernel…", menu="Kernel", section=1),
    Command("kernel.show_connection", "&Show connection info", menu="Kernel", section=2),
    Command("kernel.copy_connection", "&Copy connection info", menu="Kernel", section=2),
)
