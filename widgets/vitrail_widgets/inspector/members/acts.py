"""What can be done with a row of the tree of members."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.tree.nodes import Node
from vitrail_widgets.inspector.tree.ways import Ways
from vitrail_widgets.objects.members import RunState


class Acts(Ways):
    """Does what is asked of a row; members can be run, beside what all rows can.

    Signals:
        run_wanted: A member is to be run; with its `Target`.
        stop_wanted: What was run is to be stopped.
    """

    run_wanted = Signal(object)
    stop_wanted = Signal(object)

    def is_offered(self, node: Node) -> bool:
        """Tell whether a row offers to be run: it was not, or in vain."""
        if node.member is None or not node.member.mark.is_runnable:
            return False
        return node.run is None or node.run.state in (RunState.RAISED, RunState.LOST)

    def act(self, node: Node) -> None:
        """Run what has to be; else do what Enter means in every tree."""
        if self.is_offered(node):
            self.run_wanted.emit(node.target)
        elif not _is_under_way(node):
            super().act(node)

    def stop(self, node: Node) -> bool:
        """Stop what a row runs; tell whether it runs anything."""
        if _is_under_way(node):
            self.stop_wanted.emit(node.target)
        return _is_under_way(node)

    def menu(self, node: Node) -> QMenu:
        """Return what can be done with a member."""
        menu = super().menu(node)
        first = menu.actions()[0]
        if _is_under_way(node):
            stop = menu.addAction(tr("&Stop"), lambda: self.stop(node))
            menu.insertAction(first, stop)
        elif node.member is not None and node.member.mark.is_runnable:
            text = tr("&Run") if node.run is None else tr("&Run again")
            run = menu.addAction(text, lambda: self.run_wanted.emit(node.target))
            menu.insertAction(first, run)
        return menu

    def is_told(self, node: Node) -> bool:
        """Tell whether there is an object to look at: one that was run has a result."""
        if node.member is None or not node.member.mark.is_runnable:
            return True
        return node.run is not None and node.run.result is not None


def _is_under_way(node: Node) -> bool:
    return node.run is not None and node.run.is_under_way
