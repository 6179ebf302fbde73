"""Asks what a closing plan says, and nothing else."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from vitrail.shell.tabs.closing_plan import Choice, ClosingPlan
from vitrail_resources.translation import tr, trn
from vitrail_widgets.qt.controls import control_style

LABELS = {
    Choice.SHUT_DOWN: tr("Shut down"),
    Choice.KEEP: tr("Keep running"),
    Choice.CLOSE: tr("Close"),
    Choice.CANCEL: tr("Cancel"),
}
ROLES = {
    Choice.SHUT_DOWN: QMessageBox.ButtonRole.AcceptRole,
    Choice.KEEP: QMessageBox.ButtonRole.YesRole,
    Choice.CLOSE: QMessageBox.ButtonRole.AcceptRole,
    Choice.CANCEL: QMessageBox.ButtonRole.RejectRole,
}

Answer = Callable[[Choice, bool], object]


class ClosingBox(QMessageBox):
    """The question."""

    def __init__(self, plan: ClosingPlan, answer: Answer, parent: QWidget) -> None:
        """Prepare; `open` asks.

        Args:
            plan: What to ask.
            answer: Is called with the choice, and whether to save before; not for CANCEL.
            parent: The window.
        """
        super().__init__(parent)
        self._answer = answer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setStyleSheet(control_style(self.palette()))
        self.setTextFormat(Qt.TextFormat.PlainText)  # names are the kernels' and the user's
        self.setWindowTitle(tr("Close"))
        self.setText(plan.question)
        self.setInformativeText("\n".join(plan.details))
        self._choices = {
            self.addButton(LABELS[choice], ROLES[choice]): choice for choice in plan.choices
        }
        buttons = list(self._choices)
        self.setDefaultButton(buttons[0])
        self.setEscapeButton(buttons[-1])
        self._saves: QCheckBox | None = None
        if plan.unsaved:
            count = len(plan.unsaved)
            self._saves = QCheckBox(trn("Save the session first", "Save the sessions first", count))
            self._saves.setChecked(True)
            self.setCheckBox(self._saves)
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        button = self.clickedButton()
        choice = next((self._choices[each] for each in self._choices if each is button), None)
        if choice is not None and choice is not Choice.CANCEL:
            self._answer(choice, self._saves is not None and self._saves.isChecked())
