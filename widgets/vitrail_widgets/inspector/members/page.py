"""The page Members: what an object holds, found, opened, run when it is clicked."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.members.acts import Acts
from vitrail_widgets.inspector.tree.model import NAME, ORIGIN, TYPE, VALUE, ObjectModel
from vitrail_widgets.inspector.tree.nodes import NodeKind
from vitrail_widgets.inspector.tree.view import ObjectTree
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import OPEN, Inside, Members
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme

MARGIN = 8
WIDE = 620  # from here on there is room for where members come from
MORE = tr("Its class has code that may answer to further names.")
FOUND_MS = 150  # after the last letter the kernel is asked for names that are not here


class MembersPage(QWidget):
    """Shows members as a tree; asks when it is opened, and runs nothing unasked.

    Attributes:
        field: Sifts the names.
        tree: The rows.
        model: What is in them.
        acts: What can be done with a row.

    Signals:
        target_wanted: A member is to be inspected.
        insert_wanted: Code is to be written into the console.
        opened: A row was opened whose members are not known.
        group_opened: Further rows of a group of what stands at a place are wanted.
        run_wanted: A member is to be run.
        stop_wanted: What was run is to be stopped.
        found: Other names are looked for.
    """

    target_wanted = Signal(Target)
    insert_wanted = Signal(str)
    opened = Signal(Target)
    group_opened = Signal(Target, str)
    run_wanted = Signal(Target)
    stop_wanted = Signal(Target)
    found = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.model = ObjectModel()
        self.tree = ObjectTree(self.model, self, tr("Members"))
        self.acts = Acts(self.model, self.tree)
        self.empty = QLabel(self)
        self.foot = ElidedLabel(self)
        self._settled = QTimer(self, singleShot=True, interval=FOUND_MS)
        self._settled.timeout.connect(lambda: self.found.emit(self.field.text()))
        self._build()
        self._lay_out()
        self._say()

    def show_known(self, known: Known[Members]) -> None:
        """Show what is known; what was opened stays open."""
        before = {id(node) for node in self.model.tops}
        if self.model.show(known):
            self.field.clear()
        for node in self.model.tops:
            if id(node) not in before and node.group is not None and node.group.name in OPEN:
                self.tree.expand(self.model.index_of(node))
        self.tree.span_headings()
        self._say()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.tree.apply_theme(theme, code_font)
        self.field.setStyleSheet(field_style(theme))
        self.setStyleSheet(f"MembersPage {{ background: {theme.bg.name()}; }}")
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        code = QFontMetrics(code_font)
        self.tree.setColumnWidth(NAME, code.horizontalAdvance("m" * 18) + 2 * MARGIN)
        self.tree.setColumnWidth(TYPE, self.fontMetrics().horizontalAdvance("DataFrame · 100"))
        self.tree.setColumnWidth(ORIGIN, self.fontMetrics().horizontalAdvance("BaseEstimator"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show where members come from where there is room for it (Qt)."""
        super().resizeEvent(event)
        self.tree.setColumnHidden(ORIGIN, self.width() < WIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from the field into the rows, and act on the chosen one (Qt)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                self.tree.enter()
                return True
            if watched is self.tree and self._take_key(event):
                return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        node = self.tree.chosen
        if event.matches(QKeySequence.StandardKey.Find):
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if node is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self.acts.stop(node)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.acts.copy(node)
            return True
        return False

    def _build(self) -> None:
        self.field.setPlaceholderText(tr("Find a member"))
        self.field.setAccessibleName(tr("Find a member"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_field_text_changed)
        for watched in (self.field, self.tree):
            watched.installEventFilter(self)
        self.acts.target_wanted.connect(self.target_wanted)
        self.acts.insert_wanted.connect(self.insert_wanted)
        self.acts.group_opened.connect(self.group_opened)
        self.acts.run_wanted.connect(self.run_wanted)
        self.acts.stop_wanted.connect(self.stop_wanted)
        self.tree.activated.connect(self._on_tree_activated)
        self.tree.clicked.connect(self._on_tree_clicked)
        self.tree.expanded.connect(self._on_tree_expanded)
        self.tree.customContextMenuRequested.connect(self._on_tree_menu_requested)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MARGIN, 0, 0)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.field)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.foot)

    def _on_tree_activated(self, index: QModelIndex) -> None:
        self.acts.act(self.model.node(index))

    def _on_tree_expanded(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node.kind is NodeKind.GROUP and node.group is not None:
            if node.group.missing and not node.group.rows:
                self.group_opened.emit(node.place, node.group.name)
        elif self.model.members.place_of(node.target) not in self.model.members.inside:
            self.opened.emit(node.target)
        self.tree.span_headings()

    def _on_tree_clicked(self, index: QModelIndex) -> None:
        """One click runs what offers to be run, where it says so; elsewhere it chooses."""
        node = self.model.node(index)
        if index.column() == VALUE and self.acts.is_offered(node):
            self.run_wanted.emit(node.target)
        elif node.kind is NodeKind.MORE:
            self.acts.act(node)

    def _on_field_text_changed(self, typed: str) -> None:
        self.model.sift(typed)
        self.tree.span_headings()
        self._settled.start()
        self._say()

    def _on_tree_menu_requested(self) -> None:
        node = self.tree.chosen
        if node is not None and node.member is not None:
            menu = self.acts.menu(node)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.below(node))

    def _say(self) -> None:
        """Say what no row says: why there are none, and that there may be more."""
        has_rows, members = bool(self.model.tops), self.model.members
        self.empty.setText(
            tr("No member is called so.") if self.field.text() else tr("It holds nothing.")
        )
        self._stack.setCurrentWidget(self.tree if has_rows else self.empty)
        inside = members.inside.get(members.target, Inside())
        self.foot.setText(MORE if inside.makes_up else "")
        self.foot.setVisible(inside.makes_up)
