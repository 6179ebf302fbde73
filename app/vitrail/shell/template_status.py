"""What the user's template says in the status bar; what fails in it can be clicked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from vitrail.presenters.template_values import TemplateValues
from vitrail.presenters.templates import Shown
from vitrail_resources.translation import tr

WIDEST_PX = 360  # of a piece; the whole of it is in the tooltip


class TemplateStatus(QWidget):
    """Shows the parts of a template beside each other."""

    def __init__(self, run: Callable[[str], object]) -> None:
        """Show nothing; `follow` says what to show.

        Args:
            run: Runs code in the console: a piece that failed, so that its traceback is seen.
        """
        super().__init__()
        self._templates: TemplateValues | None = None
        self._run = run
        self._shown: Sequence[Shown] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Status of the session"))

    def follow(self, templates: TemplateValues) -> None:
        """Show what these templates say, from now on."""
        if self._templates is not None:
            self._templates.changed = lambda: None
        self._templates = templates
        templates.changed = self._show
        self._show()

    def _show(self) -> None:
        parts = self._templates.status if self._templates is not None else ()
        if parts == self._shown:
            return
        self._shown = parts
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
                widget.hide()
        for part in parts:
            self._row.addWidget(self._button(part) if part.code else self._label(part.text))
        self._row.addStretch()

    def _label(self, text: str) -> QLabel:
        label = QLabel(self._elided(text))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(_tip(text) if label.text() != text else "")
        return label

    def _button(self, part: Shown) -> QToolButton:
        button = QToolButton()
        button.setText(self._elided(part.text).replace("&", "&&"))
        button.setToolTip(_tip(tr("{text}\nClick to run it and see the traceback", text=part.text)))
        button.setAccessibleName(part.text)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._on_clicked, part.code))
        return button

    def _on_clicked(self, code: str, _checked: bool = False) -> None:
        self._run(code)

    def _elided(self, text: str) -> str:
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, WIDEST_PX)


def _tip(text: str) -> str:
    """Return text as a tooltip shows it that would take what looks like HTML for HTML."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>").join(("<p>", "</p>"))
    )
