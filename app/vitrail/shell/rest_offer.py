"""Offers what was kept from running, as long as there is a kernel that could run it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vitrail.presenters.execution import Execution
from vitrail.shell.appearance import Appearance
from vitrail_widgets.console.rest_bar import RestBar


class RestOffer:
    """Keeps a bar in step with the rest of a queue.

    Attributes:
        bar: Where it is offered.
    """

    def __init__(
        self,
        execution: Execution,
        appearance: Appearance,
        run: Callable[[], None],
        parent: QWidget,
    ) -> None:
        self._execution, self._home = execution, parent
        self.bar = RestBar(parent)
        self.bar.run_clicked.connect(run)
        self.bar.discard_clicked.connect(self.discard)
        self.bar.apply_theme(appearance.theme)
        execution.queue.changed = self._follow

    def discard(self) -> None:
        """Offer the rest no more; its cells stay, and each can still be run by itself."""
        self._execution.queue.take_rest()

    def _follow(self) -> None:
        if self.bar.run.hasFocus() or self.bar.discard.hasFocus():
            self._home.setFocus()  # a button that goes would take the focus along
        self.bar.offer(0 if self._execution.is_vain else len(self._execution.queue.rest))
