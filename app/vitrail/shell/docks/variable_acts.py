"""What is done with variables from their list: as cells that the user sees."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from vitrail_resources.translation import tr, trn
from vitrail_widgets.qt.controls import control_style
from vitrail_widgets.variables import edits
from vitrail_widgets.variables.variable import Column

if TYPE_CHECKING:
    from vitrail.shell.docks.variables_dock import VariablesDock

NOT_PYTHON = tr("Only the variables of Python kernels can be changed here.")
LISTED = 6  # names that are said before "and 3 others"


class VariableActs:
    """Renames, changes, copies and deletes, in the kernel of the tab that is looked at.

    It is the user's namespace: all that is done stands in the transcript.
    """

    def __init__(self, dock: "VariablesDock") -> None:
        self._dock = dock

    def edit(self, name: str, column: Column, text: str) -> None:
        """Give a variable another name or value; say why where that cannot be."""
        try:
            if column is Column.NAME:
                self._run(edits.rename_code(name, text, self._names))
            else:
                self._run(edits.value_code(name, text))
        except edits.EditError as error:
            self._dock.pane.refuse(str(error))

    def duplicate(self, name: str) -> None:
        """Copy a variable under a free name."""
        rows = self._dock.pane.model.snapshot.rows
        row = next((each for each in rows if each.name == name), None)
        if row is not None:
            self._run(edits.duplicate_code(row, self._names))

    def delete(self, names: list[str]) -> None:
        """Ask, then delete."""
        dock = self._dock
        if not self._is_python:
            dock.pane.refuse(NOT_PYTHON)
            return
        code = edits.delete_code(names)
        asked = QMessageBox(dock)
        asked.setIcon(QMessageBox.Icon.NoIcon)
        asked.setStyleSheet(control_style(asked.palette()))
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(tr("Delete {names}?", names=listed(names)))
        said = code if len(names) <= LISTED else f"{edits.delete_code(names[:LISTED])}, …"
        asked.setInformativeText(tr("The cell “{code}” is run.", code=said))
        delete = asked.addButton(tr("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: self._run(code))
        asked.open()

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(row.name for row in self._dock.pane.model.snapshot.rows)

    @property
    def _is_python(self) -> bool:
        return self._dock.tab is not None and self._dock.tab.presenter.language.is_python

    def _run(self, code: str) -> None:
        if self._dock.tab is not None and self._is_python:
            self._dock.tab.presenter.submit(code)
        else:
            self._dock.pane.refuse(NOT_PYTHON)


def listed(names: list[str]) -> str:
    """Say names in a line."""
    if len(names) <= LISTED:
        return ", ".join(names)
    named, others = ", ".join(names[:LISTED]), len(names) - LISTED
    return trn("{names} and {count} other", "{names} and {count} others", others, names=named)
