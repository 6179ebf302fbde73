"""The pager: what `name?` and `%page` show, beside the console."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.pager.search import PagerSearch
from vitrail_widgets.pager.text import PagerText
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.links import is_followed


class PagerPane(QFrame):
    """A title, a text and a search field; it is hidden until there is something to show.

    Attributes:
        text: What is read.
        search: Finds something in it.

    Signals:
        closed: The reader is done; the focus should go back.
        left: The focus should go back, and the pager stays.
        link_activated: A link was clicked whose target is a page or an address.
    """

    closed = Signal()
    left = Signal()
    link_activated = Signal(str)

    def __init__(self, commands: CommandDispatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Pager"))
        self._title = ElidedLabel(self)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setToolTip(tr("Close the pager"))
        self._close.setAccessibleName(tr("Close the pager"))
        self._close.clicked.connect(self.close_pager)
        self.text = PagerText(commands, self)
        self.text.anchorClicked.connect(self._on_text_anchor_clicked)
        self.search = PagerSearch(commands, self.text, self)
        self._fill()
        self._register(commands)
        self.hide()

    @property
    def title(self) -> str:
        """What the text is about."""
        return self._title.text()

    def show_text(self, title: str, text: str, *, start: int = 0) -> None:
        """Show terminal text from a line on, in place of what was shown."""
        self._begin(title)
        self.text.show_text(text, start)

    def show_html(self, title: str, html: str) -> None:
        """Show HTML that is static already."""
        self._begin(title)
        self.text.show_html(html)

    def close_pager(self) -> bool:
        """Go away; say whether it was there."""
        if self.isHidden():
            return False
        self.hide()
        self.closed.emit()
        return True

    def take_focus(self) -> bool:
        """Go to the text, if there is one to be read; say whether there is."""
        if self.isHidden():
            return False
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours, and the code font."""
        self.search.apply_theme(theme)
        self._title.setFont(font)
        self._title.setMinimumHeight(QFontMetrics(font).height() + 8)
        self.setStyleSheet(
            f"PagerPane {{ background: {theme.surface.name()}; border: none; }}"
            f"PagerPane > QLabel {{ color: {theme.muted.name()}; }}"
            f"QToolButton {{ background: transparent; color: {theme.muted.name()};"
            " border: 1px solid transparent; border-radius: 5px; padding: 2px 5px; }"
            f"QToolButton:hover {{ color: {theme.text.name()}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
        )
        self.text.apply_theme(theme, font)  # a style sheet set later would bring back the palette

    def _begin(self, title: str) -> None:
        self._title.setText(title)
        self.text.setAccessibleDescription(title)
        self.search.hide()
        self.show()

    def _fill(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 6, 2)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.search)

    @property
    def _bar(self) -> QScrollBar:
        return self.text.verticalScrollBar()

    def _scroll(self, lines: int) -> None:
        self._bar.setValue(self._bar.value() + lines * self.text.fontMetrics().lineSpacing())

    def _page(self, direction: int) -> None:
        """Scroll by a page less a line, which stays for the eye."""
        kept = self.text.fontMetrics().lineSpacing()
        self._bar.setValue(self._bar.value() + direction * (self._bar.pageStep() - kept))

    def _register(self, commands: CommandDispatch) -> None:
        register = commands.register
        register("pager.focus", self.take_focus, self._why_not)
        register("pager.close", self.close_pager, self._why_not)
        register("pager.leave", self.left.emit)
        register("pager.up", lambda: self._scroll(-1))
        register("pager.down", lambda: self._scroll(1))
        register("pager.page_up", lambda: self._page(-1))
        register("pager.page_down", lambda: self._page(1))
        register("pager.to_start", lambda: self._bar.setValue(0))
        register("pager.to_end", lambda: self._bar.setValue(self._bar.maximum()))
        register("pager.find", self.search.open)
        register("pager.find_next", self.search.go_on, self.search.why_not)
        register("pager.find_previous", self.search.go_back, self.search.why_not)

    def _why_not(self) -> str:
        return tr("Nothing is in the pager") if self.isHidden() else ""

    def _on_text_anchor_clicked(self, target: QUrl) -> None:
        """Follow a link within the page, or hand on one that may be followed."""
        if not target.scheme() and target.hasFragment():
            self.text.scrollToAnchor(target.fragment())
        elif is_followed(target.toString()):
            self.link_activated.emit(target.toString())
