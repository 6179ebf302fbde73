"""What can be done with a row of the tree of members."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.members.nodes import Node, NodeKind
from vitrail_widgets.objects.members import RunState, code_of

if TYPE_CHECKING:
    from vitrail_widgets.inspector.members.page import MembersPage


class Acts:
    """Does what is asked of a row, by the signals of its page."""

    def __init__(self, page: "MembersPage") -> None:
        self._page = page

    def is_offered(self, node: Node) -> bool:
        """Tell whether a row offers to be run: it was not, or in vain."""
        if node.member is None or not node.member.mark.is_runnable:
            return False
        return node.run is None or node.run.state in (RunState.RAISED, RunState.LOST)

    def act(self, node: Node) -> None:
        """Do what Enter means: run what has to be, ask for more, inspect, open or close."""
        page, tree = self._page, self._page.tree
        if node.kind is NodeKind.MORE and node.group is not None:
            page.group_opened.emit(node.place, node.group.name)
        elif node.kind is NodeKind.GROUP:
            index = page.model.index_of(node)
            tree.setExpanded(index, not tree.isExpanded(index))
        elif self.is_offered(node):
            page.run_wanted.emit(node.target)
        elif node.member is not None and not (node.run is not None and node.run.is_under_way):
            page.target_wanted.emit(page.model.members.place_of(node.target))

    def stop(self, node: Node) -> bool:
        """Stop what a row runs; tell whether it runs anything."""
        is_under_way = node.run is not None and node.run.is_under_way
        if is_under_way:
            self._page.stop_wanted.emit(node.target)
        return is_under_way

    def copy(self, node: Node) -> None:
        """Copy the code that leads to a row."""
        QGuiApplication.clipboard().setText(code_of(node.target))

    def menu(self, node: Node) -> QMenu:
        """Return what can be done with a member."""
        page = self._page
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_under_way = node.run is not None and node.run.is_under_way
        is_runnable = node.member is not None and node.member.mark.is_runnable
        if is_under_way:
            menu.addAction(tr("&Stop"), lambda: self.stop(node))
        elif is_runnable:
            text = tr("&Run") if node.run is None else tr("&Run again")
            menu.addAction(text, lambda: page.run_wanted.emit(node.target))
        if not is_runnable or (node.run is not None and node.run.result is not None):
            place = page.model.members.place_of(node.target)
            menu.addAction(tr("&Inspect"), lambda: page.target_wanted.emit(place))
        code = code_of(node.target)
        menu.addAction(tr("Insert into the &console"), lambda: page.insert_wanted.emit(code))
        menu.addAction(tr("&Copy path"), lambda: self.copy(node))
        return menu
