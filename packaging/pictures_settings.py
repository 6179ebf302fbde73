"""The picture of the settings, one of them changed; made by `pictures.py`."""

import asyncio
import tempfile
from pathlib import Path

from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow
from vitrail.shell.settings_dialog.dialog import SettingsDialog

SETTLED_S = 0.1  # laid out and painted
DIALOG = (760, 620)


async def settings_picture(theme: str, target: Path) -> None:
    """Save the dialog of the settings, as it opens, into a directory."""
    with tempfile.TemporaryDirectory() as directory:
        store = SettingsStore(Path(directory) / "settings.toml")
        store.change("appearance", "theme", theme)
        store.change("completion", "commit_characters", ".(")
        desk = Desk(Appearance(theme, store))
        window = MainWindow(desk)
        window.show()
        window.actions_by_id["edit.settings"].trigger()
        dialog = window.findChild(SettingsDialog)
        assert isinstance(dialog, SettingsDialog)
        dialog.resize(*DIALOG)
        await asyncio.sleep(SETTLED_S)
        dialog.grab().save(str(target / f"settings-{theme}.png"))
        dialog.close()
        await desk.end()
        desk.deleteLater()  # it would read the file again
