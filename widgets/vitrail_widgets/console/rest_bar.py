"""The offer to run what an error, an interrupt or a restart kept from running."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr, trn
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
        self.setAccessibleName(tr("Cells that were not run"))
        self.run, self.discard = self.add_button(), self.add_button(tr("Discard"))
        self.run.setAccessibleName(tr("Run what was not run"))
        self.run.clicked.connect(self.run_clicked)
        self.discard.clicked.connect(self.discard_clicked)
        self.discard.setToolTip(tr("The cells stay here; each can still be run by itself"))

    def offer(self, count: int) -> None:
        """Offer that many cells; none takes the offer away."""
        self.label.setText(trn("{count} cell was not run", "{count} cells were not run", count))
        self.run.setText(trn("Run the one that waited", "Run the {count} that waited", count))
        self.setVisible(count > 0)
