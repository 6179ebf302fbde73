"""From tabs to what is at stake in them."""

from collections.abc import Hashable, Iterable

from vitrail.kernel.lifecycle import KernelState
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.closing_plan import Stake, Tie
from vitrail_widgets.transcript.cells import Cell, CellStatus


def kernel_of(tab: KernelTab) -> Hashable:
    """Return what stands for a tab's kernel; None when there is none that lives."""
    if tab.live is None or tab.has_ended or tab.state is KernelState.DEAD:
        return None
    return tab.live.client.connection.place


def owner_among(tabs: Iterable[KernelTab], kernel: Hashable) -> KernelTab | None:
    """Return the tab for which we launched a kernel."""
    return next((each for each in tabs if each.kernel.is_ours and kernel_of(each) == kernel), None)


def stake_of(tab: KernelTab, everything: Iterable[KernelTab]) -> Stake:
    """Return what is at stake in a tab, among all tabs there are."""
    kernel = kernel_of(tab)
    unsaved = tab.file.path.name if tab.file.path is not None and tab.file.is_modified else ""
    if kernel is None:
        return Stake(name=tab.title, tie=Tie.NONE, unsaved=unsaved)
    tie = Tie.FOREIGN
    if tab.kernel.is_ours:
        tie = Tie.OWNER
    elif owner_among(everything, kernel) is not None:
        tie = Tie.GUEST
    cells = [each for each in tab.presenter.execution.transcript.entries if isinstance(each, Cell)]
    return Stake(
        name=tab.title,
        kernel=kernel,
        tie=tie,
        is_busy=tab.state is KernelState.BUSY or tab.presenter.execution.is_busy,
        has_computed=any(_was_run(cell) for cell in cells),
        waiting=len(tab.presenter.execution.queue.waiting),
        unsaved=unsaved,
    )


def _was_run(cell: Cell) -> bool:
    """Tell whether the kernel that there is now has run a cell."""
    return not cell.is_stale and cell.status in (
        CellStatus.RUNNING,
        CellStatus.DONE,
        CellStatus.FAILED,
    )
