"""The page of the inspector with an object's source."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.source.code import CodeView
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.source import SourceText
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme

MARGIN = 8


class SourcePage(QWidget):
    """Shows a source with its place, or says why there is none.

    Attributes:
        title: What its tab is called.
        code: The source.
        place: Where it stands.
        open: Leads there.
        remark: What is to be known of it, or why there is none.

    Signals:
        place_wanted: A file is to be opened at a line, 0 for none.
        cell_wanted: A cell is to be shown, by its number, and a line of it.
    """

    title = tr("Source")
    place_wanted = Signal(str, int)
    cell_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: SourceText | None = None
        self.code = CodeView(self)
        self.place = ElidedLabel(self)
        self.open = QToolButton(self)
        self.open.clicked.connect(self._on_open_clicked)
        self.remark = QLabel(self)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, 0, 0, 0)
        top.addWidget(self.place, 1)
        top.addWidget(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MARGIN // 2, 0, 0)
        layout.setSpacing(MARGIN // 2)
        layout.addLayout(top)
        layout.addWidget(self.remark)
        layout.addWidget(self.code, 1)

    def show_known(self, known: Known[SourceText]) -> None:
        """Show what is known; the same again is left as it stands."""
        source = known.about
        if source is None or source == self._shown:
            return
        keeps_place = self._shown is not None and (source.file, source.line) == (
            self._shown.file,
            self._shown.line,
        )
        at = self.code.verticalScrollBar().value() if keeps_place else 0
        self._shown = source
        self.place.setText(f"{source.of} · {source.place}" if source.of else source.place)
        has_place = source.cell is not None or bool(source.file)
        self.open.setVisible(has_place and not source.file.startswith("<"))
        self.open.setText(tr("Show the cell") if source.cell is not None else tr("Open in editor"))
        words = " ".join((*([source.reason] if source.reason else []), *source.remarks))
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self.remark.setAlignment(
            Qt.AlignmentFlag.AlignLeft if source.text else Qt.AlignmentFlag.AlignCenter
        )
        self.code.setVisible(bool(source.text))
        self.code.show_code(source.text, source.line, source.lexer)
        self.code.verticalScrollBar().setValue(at)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.code.apply_theme(theme, code_font)
        muted, accent = theme.muted.name(), theme.accent.name()
        self.setStyleSheet(
            f"SourcePage {{ background: {theme.bg.name()}; }}"
            f"QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 2px 6px;"
            f" color: {accent}; }}"
            f"QToolButton:hover {{ background: {theme.surface.name()}; }}"
            f"QToolButton:focus {{ border-color: {accent}; }}"
        )
        self.place.setStyleSheet(f"color: {muted};")
        self.remark.setStyleSheet(
            f"color: {theme.warn.name() if self.code.isVisible() else muted}; padding: 4px 8px;"
        )

    def _on_open_clicked(self) -> None:
        source = self._shown
        if source is not None and source.cell is not None:
            self.cell_wanted.emit(source.cell, source.line)
        elif source is not None:
            self.place_wanted.emit(source.file, source.line)
