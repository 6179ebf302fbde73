"""Asking for a file, without standing still meanwhile."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from vitrail_resources.translation import tr

Take = Callable[[Path], object]


def ask_where_to_write(
    parent: QWidget, title: str, proposal: Path, kind: str, suffix: str, take: Take
) -> None:
    """Let the user choose a name; one without an ending gets `suffix`.

    Args:
        parent: The window that it belongs to.
        title: Of the dialog.
        proposal: What is proposed.
        kind: What the files are called.
        suffix: How their names end, with the dot.
        take: Is called with the choice; not at all when there is none.
    """
    dialog = _dialog(parent, title, take)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters([f"{kind} (*{suffix})", tr("All files (*)")])
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.setDirectory(str(proposal.parent))
    dialog.selectFile(proposal.name)
    dialog.open()


def ask_what_to_open(
    parent: QWidget, title: str, folder: Path, filters: Sequence[str], take: Take
) -> None:
    """Let the user choose a file that exists; arguments as above."""
    dialog = _dialog(parent, title, take)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(filters))
    dialog.setDirectory(str(folder))
    dialog.open()


def _dialog(parent: QWidget, title: str, take: Take) -> QFileDialog:
    dialog = QFileDialog(parent, title)

    def chosen(name: str) -> None:
        take(Path(name))

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
