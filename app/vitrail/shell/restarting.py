"""Restarting the kernel of a tab, after the question that is due."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.presenters.console_kernel import ConsoleKernel
from vitrail.presenters.execution import Execution
from vitrail.presenters.restarting import loss_of, run_cells
from vitrail.settings.store import SettingsStore
from vitrail_resources.translation import tr
from vitrail_widgets.qt.controls import control_style


class RestartBox(QMessageBox):
    """Says what a restart loses, and asks.

    Attributes:
        runs_all: Whether all cells are to be run then.
        never: Checked by who does not want to be asked again.

    Signals:
        answered: The user has chosen; with the box.
    """

    answered = Signal(QMessageBox)

    def __init__(self, losses: Sequence[str], parent: QWidget, *, runs_all: bool) -> None:
        super().__init__(parent)
        self.runs_all = runs_all
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setStyleSheet(control_style(self.palette()))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(tr("Restart"))
        with_cells = tr("Restart the kernel and run all cells?")
        self.setText(with_cells if runs_all else tr("Restart the kernel?"))
        self.setInformativeText("\n".join(losses))
        self._restart = self.addButton(tr("Restart"), QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self._restart)
        self.setEscapeButton(self.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        self.never = QCheckBox(tr("Do not ask again"))
        self.setCheckBox(self.never)
        self.finished.connect(self._on_finished)

    @property
    def is_accepted(self) -> bool:
        """Whether the answer was to restart."""
        return self.clickedButton() is self._restart

    @property
    def is_last(self) -> bool:
        """Whether this is not to be asked again."""
        return self.never.isChecked()

    def _on_finished(self) -> None:
        self.answered.emit(self)


class Restarting:
    """Asks whether to restart where something would be lost.

    Attributes:
        box: The question, while it is asked.
    """

    def __init__(
        self,
        kernel: ConsoleKernel,
        execution: Execution,
        settings: SettingsStore,
        told: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        self._kernel, self._execution = kernel, execution
        self._settings, self._told, self._parent = settings, told, parent
        self.box: RestartBox | None = None

    def ask(self, *, runs_all: bool = False) -> None:
        """Restart the kernel, at once or after a question.

        Args:
            runs_all: Whether to run then, in their order, all cells that it has run.
        """
        if self.box is not None:
            self.box.activateWindow()
            return
        lives = self._kernel.state not in (KernelState.DEAD, KernelState.RESTARTING)
        loss = loss_of(self._execution, is_busy=self._kernel.state is KernelState.BUSY)
        asks = self._settings.now.kernel.ask_before_restart and self._kernel.is_ours
        if asks and lives and loss.sentences:
            self.box = RestartBox(loss.sentences, self._parent, runs_all=runs_all)
            self.box.answered.connect(self._on_box_answered)
            self.box.open()
        else:
            self._restart(runs_all=runs_all)

    def _on_box_answered(self, box: RestartBox) -> None:
        self.box = None
        if not box.is_accepted:
            return
        if box.is_last:
            self._settings.change("kernel", "ask_before_restart", False)
        self._restart(runs_all=box.runs_all)

    def _restart(self, *, runs_all: bool) -> None:
        codes = [cell.code for cell in run_cells(self._execution)] if runs_all else []
        if runs_all and not codes:
            self._told(tr("No cell was run that could be run again"))
        self._kernel.restart(codes)
