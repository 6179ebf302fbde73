"""The page that shows what an object's value is: facts, and a picture."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.inspector.value import plots
from vitrail_widgets.inspector.value.bodies import MAKERS, is_drawn
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.choices import Choices
from vitrail_widgets.inspector.value.facts import FactsStrip
from vitrail_widgets.inspector.value.show_bar import ShowBar
from vitrail_widgets.inspector.value.source import At, ValueSource
from vitrail_widgets.inspector.value.veil import Veil
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Body, Nothing, Shown, ShownState, Value
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.variables.variable import Freshness

if TYPE_CHECKING:
    from vitrail_widgets.inspector.value.rendition_view import RenditionView

SPACE: Final = 4


class ValuePage(QWidget):
    """Shows what is known of a value.

    Attributes:
        type: Of the object.
        facts: What is true of the whole.
        choices: What of it is shown.
        show_bar: Has the object show itself.
        empty: Says why there is no picture.
        readout: What is under the pointer.
        commands: What keys mean in it.

    Signals:
        target_wanted: An item was followed; with its `Target`.
        insert_wanted: Code is to be written into the console.
    """

    target_wanted = Signal(object)
    insert_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.type = QLabel(self)
        self.facts = FactsStrip(self)
        self.choices = Choices(self)
        self.show_bar = ShowBar(self)
        self.empty = QLabel(self)
        self.readout = ElidedLabel(self)
        self.commands = CommandDispatch()
        self.commands.register("grid.go_to_row", self._ask_place)
        self._seen: Seen | None = None
        self._source: ValueSource | None = None
        self._shown: Shown | None = None
        self._rendition: RenditionView | None = None
        self._bodies: dict[type[Body], BodyView] = {}
        self._theme: Theme | None = None
        self._code_font = self.font()
        self._lay_out()
        self._veil = Veil(self._holder)
        self.choices.look_wanted.connect(self._on_body_look_wanted)
        self.show_bar.wanted.connect(self._on_show_bar_wanted)
        self.show_bar.unwanted.connect(self._on_show_bar_unwanted)

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        for label in (self.type, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.type.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._holder = QWidget(self)
        self._stack = QStackedLayout(self._holder)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.type)
        layout.addWidget(self.facts)
        layout.addWidget(self.choices)
        layout.addWidget(self.show_bar)
        layout.addSpacing(SPACE)
        layout.addWidget(self._holder, 1)
        layout.addWidget(self.readout)

    def show_known(self, known: Known[Value], source: ValueSource) -> None:
        """Show what is known; a picture is drawn anew only where it is another.

        Args:
            known: About which object.
            source: Is asked for more of it.
        """
        self._source = source
        before = self._seen
        self._veil.set_drawn(known.freshness is Freshness.STALE and known.about is not None)
        if known.target is None or known.about is None:
            self._seen = None
            return
        self._seen = Seen(known.target, known.about, source.look, source.branches)
        if before is None or known.target != before.target:
            self.readout.clear()
        if before is None or self._seen != before or source.shown != self._shown:
            self._shown = source.shown
            self._show_value(known.about)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._code_font = theme, code_font
        name = QFont(code_font)
        name.setBold(True)
        self.type.setFont(name)
        self.type.setStyleSheet(f"color: {theme.text.name()};")
        for label in (self.empty, self.readout):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        self.readout.setFont(code_font)
        self.facts.apply_theme(theme)
        self.choices.apply_theme(theme)
        self.show_bar.apply_theme(theme)
        if self._rendition is not None:
            self._rendition.apply_theme(theme, code_font)
        self._veil.apply_colour(theme.bg)
        for body in set(self._bodies.values()):
            body.apply_theme(theme, code_font)

    @property
    def body(self) -> BodyView | None:
        """The view that shows the picture; None while a sentence stands there."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, BodyView) else None

    def event(self, event: QEvent) -> bool:
        """Keep the keys of our commands from menus and shortcuts (Qt)."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self.commands.claims(event, Scope.GRID):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means (Qt)."""
        if not self.commands.press(event, Scope.GRID):
            super().keyPressEvent(event)

    def _ask_place(self) -> bool:
        return self.body is not None and self.body.ask_place()

    def _tell_place(self, typed: str, place: int | None) -> None:
        if self.body is not None:
            self.body.tell_place(typed, place)

    def _tell_element(self, at: At, text: str) -> None:
        if self.body is not None:
            self.body.tell_element(at, text)

    def _show_value(self, value: Value) -> None:
        self.type.setText(value.type)
        facts = value.facts
        if value.step > 1:
            facts = (*facts, (tr("looked at"), tr("1 of {count} elements", count=value.step)))
        self.facts.setVisible(bool(facts))
        self.facts.show_facts(facts)
        self.choices.show_value(value)
        self.show_bar.show_state(value, self._shown)
        if self._shown is not None and self._shown.state is ShownState.DONE:
            self._show_rendition(self._shown)
        elif isinstance(value.body, Nothing):
            self.empty.setText(value.body.reason)
            self._stack.setCurrentWidget(self.empty)
        elif is_drawn(value.body) and not plots.is_loaded():
            self.empty.clear()
            self._stack.setCurrentWidget(self.empty)
            shared_loader().request(plots.load, plots.load, self._on_plots_loaded)
        else:
            self._show_body()

    def _show_body(self) -> None:
        if self._seen is not None:
            view = self._view(type(self._seen.value.body))
            view.show_body(self._seen)
            self._stack.setCurrentWidget(view)

    def _show_rendition(self, shown: Shown) -> None:
        if self._rendition is None:
            from vitrail_widgets.inspector.value.rendition_view import RenditionView

            self._rendition = RenditionView()
            self._stack.addWidget(self._rendition)
            if self._theme is not None:
                self._rendition.apply_theme(self._theme, self._code_font)
        self._rendition.show_bundle(shown)
        self._stack.setCurrentWidget(self._rendition)

    def _view(self, kind: type[Body]) -> BodyView:
        if kind not in self._bodies:
            view = MAKERS[kind]()
            view.look_wanted.connect(self._on_body_look_wanted)
            view.element_wanted.connect(self._on_body_element_wanted)
            view.target_wanted.connect(self.target_wanted)
            view.insert_wanted.connect(self.insert_wanted)
            view.opened.connect(self._on_body_opened)
            view.place_wanted.connect(self._on_body_place_wanted)
            view.said.connect(self.readout.setText)
            if self._theme is not None:
                view.apply_theme(self._theme, self._code_font)
            self._bodies[kind] = view
            self._stack.addWidget(view)
        return self._bodies[kind]

    def _on_body_look_wanted(self, changes: dict[str, Any]) -> None:
        if self._source is None or self._seen is None:
            return
        look = replace(self._source.look, **changes)
        if "colours" not in changes:  # what is seen stays until the kernel has answered
            self._seen = replace(self._seen, look=look)
        self._source.look_at(look)

    def _on_body_element_wanted(self, at: At) -> None:
        if self._source is not None:
            self._source.tell_element(at, self._tell_element)

    def _on_body_place_wanted(self, typed: str, after: int | None) -> None:
        if self._source is not None:
            self._source.seek(typed, after, self._tell_place)

    def _on_body_opened(self, place: Target) -> None:
        if self._source is not None:
            self._source.open_item(place)

    def _on_show_bar_wanted(self) -> None:
        if self._source is not None:
            self._source.show_itself()

    def _on_show_bar_unwanted(self) -> None:
        if self._source is not None:
            self._source.forget_shown()

    def _on_plots_loaded(self, _there: object) -> None:
        if self._seen is not None:
            self._show_value(self._seen.value)
