"""Offers a way on when a cell has not ended with an interrupt."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.presenters.console_kernel import ConsoleKernel
from vitrail.shell.appearance import Appearance
from vitrail_resources.translation import tr
from vitrail_widgets.qt.offer_bar import OfferBar


class StuckOffer(QObject):
    """Keeps a bar that is there from an interrupt in vain to the end of what runs.

    Attributes:
        bar: Where it is offered.
        interrupt: The button that tries again.
        restart: The button that gives up.
    """

    def __init__(
        self,
        kernel: ConsoleKernel,
        appearance: Appearance,
        restart: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._kernel, self._appearance, self._home = kernel, appearance, parent
        self.bar = OfferBar(parent)
        self.bar.setAccessibleName(tr("The cell is still running"))
        self.bar.label.setText(tr("The cell is still running"))
        self.bar.label.setToolTip(tr("It may be cleaning up, or not take interrupts"))
        self.interrupt = self.bar.add_button(tr("Interrupt again"))
        self.restart = self.bar.add_button(tr("Restart…"))
        self.interrupt.clicked.connect(kernel.interrupt)
        self.restart.clicked.connect(restart)
        kernel.changed.connect(self._follow)
        appearance.theme_changed.connect(self._restyle)
        self._restyle()

    def offer(self) -> None:
        """Say that the interrupt was in vain so far."""
        self.restart.setVisible(self._kernel.can_restart)
        self.bar.show()

    def _restyle(self) -> None:
        self.bar.apply_theme(self._appearance.theme)

    def _follow(self) -> None:
        """Offer nothing when nothing runs any more."""
        if self._kernel.state is KernelState.BUSY or self.bar.isHidden():
            return
        if self.interrupt.hasFocus() or self.restart.hasFocus():
            self._home.setFocus()  # a button that goes would take the focus along
        self.bar.hide()
