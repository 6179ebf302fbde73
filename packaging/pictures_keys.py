"""The pictures of the command palette and of the page of keys; made by `pictures.py`."""

import asyncio
from pathlib import Path

from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.keys_dialog import KeysDialog
from vitrail.shell.main_window import MainWindow

SETTLED_S = 0.1  # laid out and painted
SIZE = (900, 440)
DIALOG = (900, 420)


async def key_pictures(theme: str, target: Path) -> None:
    """Save a palette in use, and the page of keys with a conflict, into a directory."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    window.command_palette.toggle()
    window.command_palette.popup.field.setText("in")
    await asyncio.sleep(SETTLED_S)
    window.grab().save(str(target / f"palette-{theme}.png"))
    window.command_palette.toggle()
    window.keys.rebind("view.full_screen", ("Ctrl+Z",))
    window.actions_by_id["edit.keys"].trigger()
    dialog = window.findChild(KeysDialog)
    assert isinstance(dialog, KeysDialog)
    dialog.resize(*DIALOG)
    dialog.page.field.setText("screen")
    await asyncio.sleep(SETTLED_S)
    dialog.grab().save(str(target / f"keys-{theme}.png"))
    dialog.close()
    window.close_unasked()
    window.deleteLater()
