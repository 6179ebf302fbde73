"""The offer to run what an error, an interrupt or a restart kept from running."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vitrail_widgets.qt.offer_bar import OfferBar


class RestBar(OfferBar):
    """A strip below the console that is there as long as there is something to offer.

    Attributes:
        run: The button that runs the rest.
        discard: The button that offers it no more.

    Signals:
        run_clicked: The rest is to be run.
        discard_clicked: It is not to be offered any more.
    """

    run_clicked = Signal()
    discard_clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cells that were not run")
        self.run, self.discard = self.add_button(), self.add_button("Discard")
        self.run.setAccessibleName("Run what was not run")
        self.run.clicked.connect(self.run_clicked)
        self.discard.clicked.connect(self.discard_clicked)
        self.discard.setToolTip("The cells stay here; each can still be run by itself")

    def offer(self, count: int) -> None:
        """Offer that many cells; none takes the offer away."""
        one = count == 1
        self.label.setText(f"{count} {'cell was' if one else 'cells were'} not run")
        self.run.setText("Run the one that waited" if one else f"Run the {count} that waited")
        self.setVisible(count > 0)
