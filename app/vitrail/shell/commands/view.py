"""The View menu; the themes stand at its end."""

from vitrail_widgets.keys.command import Command

VIEW = (
    Command("view.zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), menu="View"),
    Command("view.zoom_out", "Zoom &out", ("Ctrl+-",), menu="View"),
    Command("view.zoom_reset", "&Actual size", ("Ctrl+0",), menu="View"),
    Command("view.full_screen", "&Full screen", ("F11",), menu="View", section=1),
)
