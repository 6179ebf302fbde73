"""The keys of one command, and what can be done with them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.key_events import shown
from vitrail_widgets.commands.key_recorder import KeyRecorder
from vitrail_widgets.commands.key_rows import conflict_sentence
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Command
from vitrail_widgets.keys.keymap import Conflict
from vitrail_widgets.keys.strokes import Strokes, text_of
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme

Rebind = Callable[[str, tuple[str, ...] | None], None]
"""Gives a command other keys; None gives back its own."""

GAP = 8
HINT = tr("Enter changes the keys of the chosen command, Ins adds some, Del takes them away.")
ANY_HINT = tr("Press any keys, also Enter, Tab or Esc.")
RECORDED_HINT = tr("Enter uses them, Esc leaves it as it was, Backspace begins anew.")


class KeyEditor(QWidget):
    """Says what a command's keys are, records others, and says what they conflict with.

    Signals:
        finished: Recording is over; the focus may go back.
    """

    finished = Signal()

    def __init__(self, live: LiveKeymap, rebind: Rebind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._rebind = live, rebind
        self._command: Command | None = None
        self._is_adding = False
        self._theme = Theme.load("light")
        self.title = _label(self)
        self.title.setWordWrap(False)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.said = _label(self)
        self.hint = _label(self)
        self.recorder = KeyRecorder(self)
        self.change_button = self._button(tr("&Change…"), self.change)
        self.add_button = self._button(tr("&Add…"), self.add)
        self.remove_button = self._button(tr("Re&move"), self.remove)
        self.reset_button = self._button(tr("&Reset"), self.reset)
        self.take_button = self._button("", self.take)
        self.recorder.hide()
        self.recorder.recorded.connect(self._say)
        self.recorder.accepted.connect(self._accept)
        self.recorder.cancelled.connect(self.cancel)
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.title)
        top.addWidget(self.recorder, 1)
        top.addStretch(1)
        for button in (self.change_button, self.add_button, self.remove_button, self.reset_button):
            top.addWidget(button)
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.take_button)
        for button in (self.reset_button, self.take_button):  # so that nothing moves
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addLayout(bottom)
        layout.addWidget(self.hint)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.recorder.setStyleSheet(field_style(theme))
        self.title.setMinimumHeight(self.recorder.sizeHint().height())  # so that nothing moves
        self._say()

    @property
    def is_recording(self) -> bool:
        """Whether keys are awaited."""
        return not self.recorder.isHidden()

    def show_command(self, command: Command | None) -> None:
        """Show the keys of a command; recording for another one is over."""
        self._command = command
        self._stop()

    def change(self) -> None:
        """Record the keys that the command is to have instead of its present ones."""
        self._record(is_adding=False)

    def add(self) -> None:
        """Record keys that the command is to have besides its present ones."""
        self._record(is_adding=True)

    def remove(self) -> None:
        """Take all keys from the command."""
        if self._command is not None:
            self._use(self._command.id, ())

    def reset(self) -> None:
        """Give the command its own keys again."""
        if self._command is not None:
            self._rebind(self._command.id, None)

    def take(self) -> None:
        """Take the keys that conflict from the other command."""
        conflicts = self._conflicts()
        if conflicts:
            other, strokes = conflicts[0].other, conflicts[0].strokes
            kept = [keys for keys in self._live.keymap.keys_of(other.id) if keys != strokes]
            self._use(other.id, tuple(kept))

    def cancel(self) -> None:
        """Leave the keys as they are."""
        self._stop()
        self.finished.emit()

    def _record(self, *, is_adding: bool) -> None:
        if self._command is not None:
            self._is_adding = is_adding
            self.recorder.show()
            self.recorder.begin()
            self._say()

    def _stop(self) -> None:
        self.recorder.hide()
        self._say()

    def _accept(self) -> None:
        command, strokes = self._command, self.recorder.strokes
        if command is None or self._live.keymap.reason_against(command.id, strokes):
            return
        present = self._live.keymap.keys_of(command.id) if self._is_adding else ()
        self._stop()
        self._use(command.id, tuple(dict.fromkeys((*present, strokes))))
        self.finished.emit()

    def _use(self, command_id: str, keys: tuple[Strokes, ...]) -> None:
        """Give a command keys; its own ones need no place in the settings."""
        is_default = self._live.keymap.is_default(command_id, keys)
        self._rebind(command_id, None if is_default else tuple(map(text_of, keys)))

    def _conflicts(self) -> tuple[Conflict, ...]:
        if self._command is None:
            return ()
        keymap = self._live.keymap
        if self.is_recording and self.recorder.strokes:
            return keymap.conflicts_at(self._command.id, self.recorder.strokes)
        return keymap.conflicts_of(self._command.id)

    def _say(self) -> None:
        """Say what the keys are, or what the recorded ones would mean."""
        command, is_recording = self._command, self.is_recording
        self.title.setText(self._title())
        text, is_warning = self._words()
        colour = self._theme.warn if is_warning else self._theme.muted
        self.said.setText(text)
        self.said.setToolTip(text)
        self.hint.setText(self._hint())
        self.recorder.setAccessibleDescription(f"{text} {self._hint()}".strip())
        self.hint.setStyleSheet(f"color: {self._theme.muted.name()};")
        self.said.setStyleSheet(f"color: {colour.name()};")
        for button in (self.change_button, self.add_button, self.remove_button):
            button.setVisible(not is_recording)
            button.setEnabled(command is not None)
        keymap = self._live.keymap
        has_keys = command is not None and bool(keymap.keys_of(command.id))
        self.remove_button.setEnabled(has_keys)
        self.reset_button.setVisible(not is_recording)
        self.reset_button.setEnabled(command is not None and keymap.is_changed(command.id))
        conflicts = self._conflicts()
        self.take_button.setVisible(bool(conflicts) and not is_recording)
        if conflicts:
            self.take_button.setText(tr("&Take it from “{label}”", label=conflicts[0].other.label))

    def _title(self) -> str:
        if self._command is None:
            return tr("No command is called that.")
        if self.is_recording:
            what = tr("More keys") if self._is_adding else tr("Keys")
            return f"{what} for “{self._command.label}”:"
        keys = self._live.keymap.keys_of(self._command.id)
        return f"{self._command.label}:  " + ("  ·  ".join(map(shown, keys)) or tr("no keys"))

    def _words(self) -> tuple[str, bool]:
        """Return what is to be said of the keys, and whether it is a warning."""
        command = self._command
        if command is None:
            return "", False
        if self.is_recording and self.recorder.strokes:
            reason = self._live.keymap.reason_against(command.id, self.recorder.strokes)
            if reason:
                return reason, True
        conflicts = self._conflicts()
        if conflicts:
            said = (f"{conflict_sentence(one)} {one.other.scope.words}." for one in conflicts)
            return " ".join(said), True
        return tr("Only {when}.", when=command.when) if command.when else "", False

    def _hint(self) -> str:
        if not self.is_recording:
            return HINT
        return RECORDED_HINT if self.recorder.strokes else ANY_HINT

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(partial(_drop_checked, do))
        return button


def _drop_checked(do: Callable[[], None], _checked: bool = False) -> None:
    """Do what a button is for; `clicked` says a state that buttons do not have."""
    do()


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setWordWrap(True)
    return label
