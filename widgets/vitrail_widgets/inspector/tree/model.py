"""A tree of objects as a model of Qt."""

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from vitrail_resources.translation import tr
from vitrail_widgets.completion.kind_icons import KindIcons
from vitrail_widgets.inspector.tree import words
from vitrail_widgets.inspector.tree.nodes import Grower, Node, NodeKind, root_of
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import Members
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

Index = QModelIndex | QPersistentModelIndex

NAME, VALUE, TYPE, ORIGIN = range(4)
KEY: Final = tr("Key")
HEADERS: Final = (tr("Name"), tr("Value"), tr("Type"), tr("From"))
PIECES: Final = Qt.ItemDataRole.UserRole
ICON_OF: Final = {"items": "dict key"}


class ObjectModel(QAbstractItemModel):
    """Shows what is known; rows that are still there stay open and chosen.

    Attributes:
        members: What is shown.
    """

    def __init__(self, *, is_flat: bool = False) -> None:
        """Begin with nothing.

        Args:
            is_flat: Whether items alone are shown: without headings, and icons of their kinds.
        """
        super().__init__()
        self.members = Members()
        self._is_flat = is_flat
        self._is_stale = False
        self._count: int | None = None
        self._typed = ""
        self._root = root_of(Target(""))
        self._nodes: dict[int, Node] = {}
        self._theme, self._font, self._ratio = Theme.load("light"), QFont(), 1.0
        self._icons = KindIcons(self._theme)

    def apply_theme(self, theme: Theme, font: QFont, ratio: float) -> None:
        """Take a theme's colours, the font of code, and the pixels of the screen."""
        self._theme, self._font, self._ratio = theme, font, ratio
        self._icons = KindIcons(theme)
        self.layoutChanged.emit()

    def show(self, known: Known[Members]) -> bool:
        """Show something else; return whether it is another target."""
        members = known.about or Members(known.target or Target(""))
        is_other = members.target != self.members.target
        self.members = members
        self._is_stale, self._count = known.freshness is Freshness.STALE, known.count
        if is_other:
            self.beginResetModel()
            self._root = root_of(members.target)
            self._grow()
            self.endResetModel()
        else:
            self._renew()
        return is_other

    def sift(self, typed: str) -> None:
        """Show only names with all words that were typed."""
        self._typed = typed
        self._renew()

    @property
    def tops(self) -> list[Node]:
        """The headings of the groups."""
        return self._root.children

    @property
    def rows(self) -> list[Node]:
        """All rows, from above to below."""
        return list(self._nodes.values())[1:]  # the root comes first

    def node(self, index: Index) -> Node:
        """Return the row that an index stands for; the root for none."""
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def index_of(self, node: Node) -> QModelIndex:
        """Return where a row is."""
        return self.createIndex(node.row, 0, id(node))

    def _grow(self) -> None:
        Grower(self.members, self._typed, is_flat=self._is_flat).grow(self._root)
        self._nodes = {id(node): node for node in self._root.walk()}

    def _renew(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        nodes = [self.node(index) for index in kept]
        self._grow()
        for index, node in zip(kept, nodes, strict=True):
            is_there = id(node) in self._nodes
            new = self.createIndex(node.row, index.column(), id(node)) if is_there else None
            self.changePersistentIndex(index, new or QModelIndex())
        self.layoutChanged.emit()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        """Return the index of a row (Qt)."""
        children = self.node(parent).children
        if not (0 <= row < len(children) and 0 <= column < len(HEADERS)):
            return QModelIndex()
        return self.createIndex(row, column, id(children[row]))

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - Qt has two
        """Return the row above (Qt)."""
        above = self.node(index).parent
        return QModelIndex() if above is None or above is self._root else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many rows are below one (Qt)."""
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008, N802 - Qt's own
        """Tell whether rows are below one (Qt); asked for each row when they are laid out."""
        return bool(self.node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many columns there are (Qt)."""
        del parent
        return len(HEADERS)

    def headerData(  # noqa: N802 - Qt's own
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading (Qt)."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return KEY if self._is_flat and section == NAME else HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a field, and how it looks (Qt)."""
        if not index.isValid():
            return None
        node, column = self.node(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(node, column)
            case Qt.ItemDataRole.ToolTipRole:
                return words.tip(node, self._theme, self._count)
            case Qt.ItemDataRole.AccessibleTextRole if column == VALUE:
                return self._value(node)
            case Qt.ItemDataRole.DecorationRole if column == NAME and node.member is not None:
                if self._is_flat:
                    return None
                kind = ICON_OF.get(node.member.kind, node.member.kind)
                return self._icons.pixmap(kind, self._ratio)
            case Qt.ItemDataRole.FontRole if node.member is not None and column in (NAME, VALUE):
                return self._font
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.text if self._is_loud(node, column) else self._theme.muted
            case _ if role == PIECES and column == VALUE:
                return self._pieces(node)
            case _:
                return None

    def _is_loud(self, node: Node, column: int) -> bool:
        return column == NAME and node.kind is NodeKind.MEMBER and not self._is_stale

    def _pieces(self, node: Node) -> list[Any]:
        pieces = words.value_pieces(node, self._theme, self._count)
        if not self._is_stale:
            return list(pieces)
        return [piece._replace(colour=self._theme.muted) for piece in pieces]

    def _value(self, node: Node) -> str:
        return "".join(piece.text for piece in self._pieces(node))

    def _text(self, node: Node, column: int) -> str:
        if column == NAME:
            return words.name_text(node)
        if column == TYPE:
            return words.type_text(node)
        if column == ORIGIN and node.member is not None:
            return node.member.origin
        return ""
