"""The figures of a tab's session, joined with its console."""

from functools import partial

from PySide6.QtCore import Qt

from vitrail.shell.kernel_tab import KernelTab
from vitrail_widgets.plots.pane import PlotsPane


def plots_of_tab(tab: KernelTab) -> PlotsPane:
    """Make the pane of a tab's figures, hidden; from now on it follows what the tab shows."""
    presenter = tab.presenter
    pane = PlotsPane(presenter.execution.transcript, tab.view.theme, tab)
    pane.hide()
    presenter.followers.append(pane.follow)
    pane.left.connect(partial(tab.view.input.setFocus, Qt.FocusReason.OtherFocusReason))
    pane.save_wanted.connect(tab.view.output_choices.ask)
    pane.cell_wanted.connect(partial(_show_cell, tab))
    return pane


def _show_cell(tab: KernelTab, cell_id: str) -> None:
    transcript = tab.presenter.execution.transcript
    if transcript.holds(cell_id):
        tab.view.cells.flash(transcript.position(cell_id), 0)
