"""Where the rows of a tree lead, and what else can be done with each of them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.tree.model import ObjectModel
from vitrail_widgets.inspector.tree.nodes import Node, NodeKind
from vitrail_widgets.inspector.tree.view import ObjectTree
from vitrail_widgets.objects.members import Mark, code_of


class Ways(QObject):
    """Leads on from the rows of a tree.

    Signals:
        target_wanted: What a row stands for is to be inspected; with its `Target`.
        insert_wanted: Code is to be written into the console.
        group_opened: Further rows of a group of what stands at a place are wanted.
    """

    target_wanted = Signal(object)
    insert_wanted = Signal(str)
    group_opened = Signal(object, str)

    def __init__(self, model: ObjectModel, tree: ObjectTree) -> None:
        super().__init__(tree)
        self._model, self._tree = model, tree

    def act(self, node: Node) -> None:
        """Do what Enter means: ask for more, inspect, open or close."""
        if node.kind is NodeKind.MORE and node.group is not None:
            self.group_opened.emit(node.place, node.group.name)
        elif node.kind is NodeKind.GROUP:
            index = self._model.index_of(node)
            self._tree.setExpanded(index, not self._tree.isExpanded(index))
        elif node.member is not None and node.member.mark is not Mark.EMPTY:
            self.target_wanted.emit(self._model.members.place_of(node.target))

    def copy(self, node: Node) -> None:
        """Copy the code that leads to a row."""
        QGuiApplication.clipboard().setText(code_of(node.target))

    def menu(self, node: Node) -> QMenu:
        """Return what can be done with a row that stands for an object."""
        menu = QMenu(self._tree)
        place, code = self._model.members.place_of(node.target), code_of(node.target)
        if self.is_told(node):
            menu.addAction(tr("&Inspect"), lambda: self.target_wanted.emit(place))
        menu.addAction(tr("Insert into the &console"), lambda: self.insert_wanted.emit(code))
        menu.addAction(tr("&Copy path"), lambda: self.copy(node))
        return menu

    def is_told(self, node: Node) -> bool:
        """Tell whether there is an object to look at."""
        return node.member is not None and node.member.mark is Mark.KNOWN
