"""The File menu."""

from vitrail_widgets.keys.command import Command

FILE = (Command("file.quit", "&Quit", ("Ctrl+Q",), menu="File", section=9),)
