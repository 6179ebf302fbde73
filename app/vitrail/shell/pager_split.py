"""The console and its pager, one beside the other."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSplitter, QWidget

from vitrail.settings.model import Settings
from vitrail.shell.appearance import Appearance
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.pager.pane import PagerPane
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.mime import MimeBundle

LARGEST_HTML = 300_000
"""Characters of a page that are laid out as HTML; longer ones are shown as text."""

SHARES = (3, 2)  # of the console and the pager, when it is first opened


class PagerSplit(QSplitter):
    """Shows pages below the console or right of it, or leaves them to the transcript.

    Attributes:
        pane: The pager.
    """

    def __init__(self, view: ConsoleView, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._appearance = view, appearance
        self.pane = PagerPane(view.input.commands)
        self.addWidget(view)
        self.addWidget(self.pane)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for index, share in enumerate(SHARES):
            self.setStretchFactor(index, share)
        self.pane.closed.connect(self._on_pane_left)
        self.pane.left.connect(self._on_pane_left)
        self.pane.link_activated.connect(self._on_pane_link_activated)
        appearance.theme_changed.connect(self._restyle)
        appearance.font_changed.connect(self._restyle)
        self.close_watch = appearance.settings.watch(lambda _, settings: self._place(settings))
        self._place(appearance.settings.now)
        self._restyle()

    def show_page(self, title: str, page: MimeBundle, start: int) -> bool:
        """Show a page in the pager; False if pages are to stand in the transcript.

        The pager takes the focus unless something is being typed.

        Args:
            title: What was asked.
            page: As text or as HTML, of which the static part is shown.
            start: The line from which on a text is shown.
        """
        if self._appearance.settings.now.pager.place == "transcript":
            return False
        from vitrail_widgets.render.static_html import static_html  # a start does without

        html = page.text("text/html") if "text/html" in page.data else ""
        clean = static_html(html) if 0 < len(html) <= LARGEST_HTML else ""
        if clean:
            self.pane.show_html(title, clean)
        else:
            self.pane.show_text(title, page.text("text/plain"), start=start)
        if not self._view.input.text().strip():
            self.pane.take_focus()
        return True

    def _place(self, settings: Settings) -> None:
        right = settings.pager.place == "right"
        self.setOrientation(Qt.Orientation.Horizontal if right else Qt.Orientation.Vertical)

    def _restyle(self) -> None:
        theme: Theme = self._appearance.theme
        self.setStyleSheet(f"QSplitter::handle {{ background: {theme.border.name()}; }}")
        self.pane.apply_theme(theme, self._appearance.code_font)

    def _on_pane_left(self) -> None:
        self._view.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pane_link_activated(self, target: str) -> None:
        QDesktopServices.openUrl(QUrl(target))
