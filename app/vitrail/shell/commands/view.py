"""The View menu."""

from vitrail_widgets.keys.command import Command

VIEW = (
    Command("view.zoom_in", "&Zoom in", ("Ctrl++", "Ctrl+="), menu="View"),
    Command("view.zoom_out", "Zoom &out", ("Ctrl+-",), menu="View"),
    Command("view.zoom_reset", "&Actual size", ("Ctrl+0",), menu="View"),
    Command(
        "view.variables", "&Variables", ("Ctrl+Alt+V",), menu="View", section=1, is_toggle=True
    ),
    Command(
        "view.inspector", "&Inspector", ("Ctrl+Alt+I",), menu="View", section=1, is_toggle=True
    ),
    Command(
        "inspector.inspect",
        "Inspect the na&me at the caret",
        ("Ctrl+I", "F1"),
        menu="View",
        section=1,
    ),
    Command("view.plots", "&Plots", ("Ctrl+Shift+G",), menu="View", section=1, is_toggle=True),
    Command("plots.focus", "Go to the plots", ("F7",)),
    Command("view.full_screen", "&Full screen", ("F11",), menu="View", section=1, is_toggle=True),
    # These stand in a menu of their own, which shows the chosen one.
    Command("view.theme_system", "Theme like the &system"),
    Command("view.theme_light", "&Light theme"),
    Command("view.theme_dark", "&Dark theme"),
    Command("view.theme_contrast", "&High contrast theme"),
)
