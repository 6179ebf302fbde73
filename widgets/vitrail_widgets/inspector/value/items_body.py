"""What a container or an object holds, as a tree; each row leads on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.tree import words
from vitrail_widgets.inspector.tree.model import HEADERS, NAME, ORIGIN, TYPE, ObjectModel
from vitrail_widgets.inspector.tree.nodes import Node, NodeKind
from vitrail_widgets.inspector.tree.view import INDENT, ObjectTree
from vitrail_widgets.inspector.tree.ways import Ways
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.page_bar import PageBar
from vitrail_widgets.objects.holding import MOST_BELOW, tree_of
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import ITEMS
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Curve, Items
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

WIDEST_KEY: Final = 0.4
WIDEST_TYPE: Final = 0.3
"""Of the tree."""

SPACE: Final = 20
CURVE_HEIGHT: Final = 140


class ItemsBody(BodyView):
    """Lists items; what an item holds is shown below it, Enter or a double click leads to it.

    Attributes:
        tree: The items, and what was opened below them.
        model: What is in it.
        ways: Where the rows lead.
        bar: Goes from page to page.
        curve: Draws items that are numbers; None before there were such.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ObjectModel(is_flat=True)
        self.tree = ObjectTree(self.model, self, tr("Items"))
        self.ways = Ways(self.model, self.tree)
        self.bar = PageBar(self)
        self._target: Target | None = None
        self._offset = 0
        self._aim: int | None = None
        self._found: int | None = None
        self._sought = ""
        self._code_font = self.font()
        self._theme: Theme | None = None
        self.curve: BodyView | None = None
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._layout = layout
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.tree)

    def show_body(self, seen: Seen) -> None:
        """Show a page of items; what was opened stays open, and the chosen one chosen."""
        body = seen.value.body
        assert isinstance(body, Items)
        if seen.target != self._target:
            self._aim, self._found, self._sought = None, None, ""
        is_other_page = (seen.target, body.offset) != (self._target, self._offset)
        self._target, self._offset = seen.target, body.offset
        self._show_curve(seen, body.curve)
        members = tree_of(seen.target, seen.value.identity, body, seen.branches)
        self.model.show(Known(seen.target, members, Freshness.FRESH))
        self.tree.setRootIsDecorated(any(row.opens for row in body.rows))
        self.tree.span_headings()
        if is_other_page:
            self.tree.scrollToTop()
        self.bar.show_page(body.offset, body.page, body.total, tr("items"), keyed=body.keyed)
        self._fit()
        self._choose_aim(body)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._code_font = theme, code_font
        self.tree.apply_theme(theme, code_font)
        self.bar.apply_theme(theme)
        if self.curve is not None:
            self.curve.apply_theme(theme, code_font)
        self._fit()

    def ask_place(self) -> bool:
        """Ask for a place, or a key, to go to."""
        return self.bar.ask()

    def go_to(self, place: int) -> None:
        """Choose the item at a place, on whichever page it is."""
        page = self.bar.page_of(place)
        if page == self._offset:
            self._choose(place - page)
        else:
            self._aim = place
            self.look_wanted.emit({"offset": page})

    def tell_place(self, typed: str, place: int | None) -> None:
        """Go to the place of a key; where there is none, to the place that a number means."""
        if typed != self._sought:
            return
        self._found = place
        place = self.bar.place_of(typed) if place is None else place
        self.said.emit(tr("No key is like {text}", text=typed) if place is None else "")
        if place is not None:
            self.go_to(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their share of another width (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy the way to the chosen row (Qt)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            node = self.tree.chosen
            if node is not None and event.matches(QKeySequence.StandardKey.Copy):
                self.ways.copy(node)
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.tree.setColumnHidden(ORIGIN, True)
        self.tree.installEventFilter(self)
        self.tree.activated.connect(self._on_tree_activated)
        self.tree.clicked.connect(self._on_tree_clicked)
        self.tree.expanded.connect(self._on_tree_expanded)
        self.tree.customContextMenuRequested.connect(self._on_tree_menu_requested)
        self.ways.target_wanted.connect(self.target_wanted)
        self.ways.insert_wanted.connect(self.insert_wanted)
        self.ways.group_opened.connect(self._on_ways_group_opened)
        self.bar.look_wanted.connect(self._on_bar_look_wanted)
        self.bar.place_wanted.connect(self.go_to)
        self.bar.key_wanted.connect(self._on_bar_key_wanted)
        self.bar.left.connect(self.tree.setFocus)

    def _show_curve(self, seen: Seen, curve: Curve | None) -> None:
        """Draw the items above the tree, where they are numbers and nothing else."""
        if curve is not None and self.curve is None:
            from vitrail_widgets.inspector.value.curve_body import CurveBody

            self.curve = CurveBody(self)
            self.curve.setFixedHeight(CURVE_HEIGHT)
            self.curve.said.connect(self.said)
            self._layout.insertWidget(0, self.curve)
            if self._theme is not None:
                self.curve.apply_theme(self._theme, self._code_font)
        if self.curve is not None:
            self.curve.setVisible(curve is not None)
            if curve is not None:
                value = replace(seen.value, body=curve, histogram=None)
                self.curve.show_body(replace(seen, value=value))

    def _fit(self) -> None:
        """Give keys and types what they need, and values the rest."""
        code, plain = QFontMetrics(self._code_font), self.fontMetrics()
        decoration = INDENT if self.tree.rootIsDecorated() else 0
        name, kind = code.horizontalAdvance("mmm"), plain.horizontalAdvance(HEADERS[TYPE])
        for depth, text in _longest_names(self.model.tops):
            name = max(name, code.horizontalAdvance(text) + decoration + depth * INDENT)
        for text in {words.type_text(node) for node in self.model.rows}:
            kind = max(kind, plain.horizontalAdvance(text))
        whole = self.width()
        self.tree.setColumnWidth(NAME, min(name + SPACE, round(whole * WIDEST_KEY)))
        self.tree.setColumnWidth(TYPE, min(kind + SPACE, round(whole * WIDEST_TYPE)))

    def _choose_aim(self, body: Items) -> None:
        """Choose what one wanted to go to, when its page has come."""
        aim, self._aim = self._aim, None
        if aim is not None and 0 <= aim - body.offset < len(body.rows):
            self._choose(aim - body.offset)
        elif aim is not None and aim // body.page * body.page != body.offset:
            self._aim = aim  # this is the page of before, once more

    def _choose(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index, ObjectTree.ScrollHint.PositionAtCenter)

    def _on_bar_key_wanted(self, typed: str) -> None:
        after = self._found if typed == self._sought else None
        self._sought = typed
        self.place_wanted.emit(typed, after)

    def _on_bar_look_wanted(self, changes: dict[str, Any]) -> None:
        self._aim = None
        self.look_wanted.emit(changes)

    def _on_tree_activated(self, index: QModelIndex) -> None:
        self.ways.act(self.model.node(index))

    def _on_tree_clicked(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node.kind is NodeKind.MORE:
            self.ways.act(node)

    def _on_tree_expanded(self, index: QModelIndex) -> None:
        place = self.model.node(index).target
        if place not in self.model.members.inside:
            self.opened.emit(place)
        self.tree.span_headings()

    def _on_ways_group_opened(self, place: Target) -> None:
        inside = self.model.members.inside.get(place)
        if inside is not None and len(inside.group(ITEMS).rows) >= MOST_BELOW:
            self.target_wanted.emit(place)  # whose pages lead anywhere
        else:
            self.opened.emit(place)

    def _on_tree_menu_requested(self) -> None:
        node = self.tree.chosen
        if node is not None and node.member is not None:
            menu = self.ways.menu(node)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.below(node))


def _longest_names(nodes: list[Node]) -> Iterator[tuple[int, str]]:
    """Yield the name with the most letters of each level, and how deep that is.

    Keys are written in a font whose letters are all as wide: one of thousands has to be measured.
    """
    depth = 0
    while nodes:
        names = (words.name_text(node) for node in nodes if node.member is not None)
        yield depth, max(names, key=len, default="")
        nodes, depth = [child for node in nodes for child in node.children], depth + 1
