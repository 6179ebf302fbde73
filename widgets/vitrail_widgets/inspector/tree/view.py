"""The view of a tree of objects: its looks, and which row is chosen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from vitrail_widgets.inspector.tree.model import VALUE, ObjectModel
from vitrail_widgets.inspector.tree.nodes import Node, NodeKind
from vitrail_widgets.inspector.tree.value_delegate import ValueDelegate
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

LEAST_ROW = 24
LEADING = 8
INDENT = 16


class ObjectTree(QTreeView):
    """Shows a model of objects."""

    def __init__(self, model: ObjectModel, parent: QWidget, name: str) -> None:
        """Make a tree.

        Args:
            model: What it shows.
            parent: The page.
            name: What it is called, for who does not see it.
        """
        super().__init__(parent)
        self._model = model
        self._values = ValueDelegate()
        self.setModel(model)
        self.setItemDelegateForColumn(VALUE, self._values)
        self.setAccessibleName(name)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._model.apply_theme(theme, code_font, self.devicePixelRatioF())
        self._values.apply_theme(theme, code_font)
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        tallest = max(self.fontMetrics().height(), QFontMetrics(code_font).height())
        height = max(LEAST_ROW, tallest + LEADING)
        self.setStyleSheet(
            f"QTreeView {{ background: {theme.bg.name()}; border: none; outline: none; }}"
            f"QTreeView::item {{ height: {height}px; padding: 0 4px; }}"
            f"QHeaderView::section {{ background: {theme.bg.name()}; border: none;"
            f" border-bottom: 1px solid {theme.border.name()}; color: {theme.muted.name()};"
            " padding: 4px 7px; }"
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the row that the keyboard stands on, so that it is seen (Qt)."""
        super().focusInEvent(event)
        index = self.currentIndex()
        if index.isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(index)

    @property
    def chosen(self) -> Node | None:
        """The chosen row."""
        index = self.currentIndex()
        return self._model.node(index) if index.isValid() else None

    def enter(self) -> None:
        """Take the focus, and choose a row."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))

    def span_headings(self) -> None:
        """Let headings and notes reach over all columns."""
        reaching = [each for each in self._model.rows if each.kind is not NodeKind.MEMBER]
        for node in reaching:
            index = self._model.index_of(node)
            if not self.isFirstColumnSpanned(index.row(), index.parent()):
                self.setFirstColumnSpanned(index.row(), index.parent(), True)

    def below(self, node: Node) -> QPoint:
        """Return the point below a row, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self._model.index_of(node)).bottomLeft())
