"""An inspector: its header, the tabs of its pages, the page that is looked at."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.commands.shortcuts import Shortcuts
from vitrail_widgets.inspector.header import InspectorHeader
from vitrail_widgets.objects.known import Known
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

MARGIN = 8

SMALLEST_PT, LARGEST_PT = 5.0, 40.0

NOTHING = tr("Put the caret on a name and press Ctrl+I, or write a name above.")
SAID = {
    Freshness.UNASKED: "",
    Freshness.UNABLE: tr("This kernel cannot tell."),
    Freshness.FRESH: tr("There is nothing to show."),
    Freshness.STALE: tr("The kernel cannot tell now."),
}


class InspectorPane(QWidget):
    """Shows an object page by page; who owns it fills the pages.

    Attributes:
        header: What is looked at.
        tabs: The names of the pages.
        commands: Do what keys mean in all of it.

    Signals:
        page_turned: Another page is to be shown, by its number.
    """

    page_turned = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """Make empty pages.

        Args:
            titles: Their names.
            parent: Where it stands.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = InspectorHeader(self)
        self.tabs = QTabBar(self)
        self.foot = ElidedLabel(self)
        self.empty = QLabel(self)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._pages: dict[int, QWidget] = {}
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._looks: tuple[Theme, QFont] | None = None
        self._zoom = 0
        self._live: LiveKeymap | None = None
        self.header.zoom_wanted.connect(self.zoom)
        self.commands = CommandDispatch()
        self.commands.register("inspector.back", self.header.back.click)
        self.commands.register("inspector.forward", self.header.forward.click)
        self._shortcuts = Shortcuts(self, self.commands, ("inspector.back", "inspector.forward"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName(tr("Pages"))
        for title in titles:
            self.tabs.addTab(title)
        self.tabs.currentChanged.connect(self.page_turned)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN // 2)
        layout.setSpacing(MARGIN // 2)
        layout.addWidget(self.header)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.foot)
        self.show_known(Known())

    def page(self, index: int) -> QWidget | None:
        """Return the widget of a page; None before it was given."""
        return self._pages.get(index)

    def add_page(self, index: int, widget: QWidget) -> None:
        """Give a page its widget, which has `apply_theme`, and perhaps `commands`."""
        self._pages[index] = widget
        self._give_keys(widget)
        self._stack.addWidget(widget)
        for area in (widget, *widget.findChildren(QAbstractScrollArea)):
            if isinstance(area, QAbstractScrollArea):
                area.viewport().installEventFilter(self)
        self._style_page(widget)

    def follow_keys(self, live: LiveKeymap) -> None:
        """Take the keys of another keymap: the one of the whole application."""
        self._live = live
        self.commands.follow(live)
        self._shortcuts.follow()
        for page in self._pages.values():
            self._give_keys(page)

    def _give_keys(self, page: Any) -> None:
        """Have a page that has commands of its own take the keys."""
        if self._live is not None and hasattr(page, "commands"):
            page.commands.follow(self._live)

    def zoom(self, step: int) -> None:
        """Make the text of all pages larger or smaller by a point for a step; 0 is as it was."""
        self._zoom = self._zoom + step if step else 0
        for page in self._pages.values():
            self._style_page(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom by the wheel with Ctrl (Qt)."""
        if isinstance(event, QWheelEvent) and event.type() is QEvent.Type.Wheel:
            turned = event.angleDelta().y()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
                self.zoom(1 if turned > 0 else -1)
                return True
        return super().eventFilter(watched, event)

    def show_known(self, known: Known[Any]) -> None:
        """Show the page that is turned to, or why there is nothing on it; and of when it is."""
        page = self._pages.get(self.tabs.currentIndex())
        is_empty = known.about is None
        if is_empty:
            self.empty.setText(known.reason or SAID[known.freshness] if known.target else NOTHING)
        if not is_empty or known.freshness is not Freshness.UNASKED or known.target is None:
            self._stack.setCurrentWidget(self.empty if is_empty or page is None else page)
        self.foot.setText(_footnote(known))

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._looks = (theme, code_font)
        self.header.apply_theme(theme, code_font)
        muted, text, accent = theme.muted.name(), theme.text.name(), theme.accent.name()
        self.setStyleSheet(
            f"InspectorPane {{ background: {theme.bg.name()}; }}"
            "QTabBar { background: transparent; }"
            f"QTabBar::tab {{ color: {muted}; background: transparent; border: none;"
            " border-bottom: 2px solid transparent; padding: 4px 2px; margin-right: 14px; }"
            f"QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}"
            f"QTabBar::tab:hover {{ color: {text}; }}"
        )
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {muted};")
        for page in self._pages.values():
            self._style_page(page)

    def _style_page(self, page: Any) -> None:
        if self._looks is None:
            return
        theme, font = self._looks[0], QFont(self._looks[1])
        size = min(max(font.pointSizeF() + self._zoom, SMALLEST_PT), LARGEST_PT)
        font.setPointSizeF(size)
        page.apply_theme(theme, font)


def _footnote(known: Known[Any]) -> str:
    if known.about is None:
        return ""
    parts = [] if known.count is None else [tr("as of In [{count}]", count=known.count)]
    if known.freshness is Freshness.STALE:
        parts.append(tr("the kernel cannot tell now"))
    return " · ".join(parts)
