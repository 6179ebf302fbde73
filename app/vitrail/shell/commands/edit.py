"""The Edit menu."""

from vitrail_widgets.keys.command import Command

EDIT = (
    Command("edit.undo", "&Undo", ("Ctrl+Z",), menu="Edit"),
    Command("edit.redo", "&Redo", ("Ctrl+Shift+Z",), menu="Edit"),
    Command("edit.cut", "Cu&t", ("Ctrl+X", "Shift+Del"), menu="Edit", section=1),
    # Ctrl+C is the console's own: it copies a selection and interrupts without one.
    Command("edit.copy", "&Copy", menu="Edit", section=1, keys_of="console.copy_or_interrupt"),
    Command("edit.paste", "&Paste", ("Ctrl+V", "Shift+Ins"), menu="Edit", section=1),
    Command("edit.palette", "Co&mmand palette…", ("Ctrl+Shift+P",), menu="Edit", section=8),
    Command("edit.settings", "&Settings…", ("Ctrl+,",), menu="Edit", section=8),
    Command("edit.keys", "&Keyboard shortcuts…", menu="Edit", section=8),
)
