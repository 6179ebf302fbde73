"""What the keys of the transcript do: scroll and select."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from vitrail_widgets.commands.key_events import MODIFIER_KEYS
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.keys.command import Scope

Key = Qt.Key
PAGE = 0.9  # of the visible height: a little of the last page stays for the eye
_EXTENDING = {
    "left": Key.Key_Left,
    "right": Key.Key_Right,
    "up": Key.Key_Up,
    "down": Key.Key_Down,
    "to_start": Key.Key_Home,
    "to_end": Key.Key_End,
}


class ViewKeys:
    """Does the commands of the console and its transcript; sees what is typed in either."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._is_handing_on = False
        self._register()

    def press(self, event: QKeyEvent) -> None:
        """Handle a key of the transcript; what is typed goes to the input."""
        if event.key() in MODIFIER_KEYS:
            return
        if self._is_handing_on:
            event.ignore()  # the input had it already, and has no use for it
            return
        if self._view.input.commands.press(event, Scope.CONSOLE, Scope.TRANSCRIPT):
            return
        if event.text() and event.text().isprintable():
            self._leave()
            self._is_handing_on = True
            QCoreApplication.sendEvent(self._view.input, event)
            self._is_handing_on = False
        else:
            event.ignore()

    def press_in_input(self, event: QKeyEvent) -> None:
        """Notice a key of the input before the input does: typing ends a selection."""
        ctrl = Qt.KeyboardModifier.ControlModifier
        if event.text() and event.text().isprintable() and not event.modifiers() & ctrl:
            self._view.selected.select(None)

    def _register(self) -> None:
        view, register = self._view, self._view.input.commands.register
        register("console.copy_or_interrupt", view.copy_or_interrupt)
        register("console.select_all", self._select_all)
        register("console.page_up", lambda: view.scroller.by_pages(-PAGE))
        register("console.page_down", lambda: view.scroller.by_pages(PAGE))
        register("console.to_end", self._go_to_end)
        register("transcript.select_all", view.selected.select_all)
        register("transcript.leave", self._leave)
        register("transcript.up", lambda: view.scroller.by(-view.metrics.line_height))
        register("transcript.down", lambda: view.scroller.by(view.metrics.line_height))
        register("transcript.to_start", self._go_to_start)
        register("transcript.to_end", view.scroll_to_end)
        for name, key in _EXTENDING.items():
            register(f"transcript.select_{name}", partial(self._extend, key))

    def _select_all(self) -> None:
        """Select the input; if it is selected, or has not the focus, the transcript."""
        view = self._view
        if view.input.hasFocus() and not self._input_is_all_selected():
            view.input.selectAll()
        else:
            view.focus_transcript()
            view.selected.select_all()

    def _input_is_all_selected(self) -> bool:
        cursor = self._view.input.textCursor()
        length = self._view.input.document().characterCount() - 1
        return cursor.selectionEnd() - cursor.selectionStart() >= length

    def _go_to_start(self) -> None:
        self._view.scroller.to_start()

    def _go_to_end(self) -> None:
        if self._view.input.hasFocus():
            self._view.input.moveCursor(QTextCursor.MoveOperation.End)
        self._view.scroll_to_end()

    def _leave(self) -> None:
        """Give the focus back to the input."""
        self._view.selected.select(None)
        self._view.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _extend(self, key: Qt.Key) -> bool:
        """Lead the selection's head by a character, a line, or to an end."""
        selection = self._view.selected.range
        head = self._moved(selection.head, key) if selection is not None else None
        if selection is None or head is None:
            return False
        self._view.selected.select(Selection(selection.anchor, head))
        return True

    def _moved(self, head: Position, key: Qt.Key) -> Position | None:
        document = self._view.document
        match key:
            case Key.Key_Left:
                return self._sideways(head, -1)
            case Key.Key_Right:
                return self._sideways(head, 1)
            case Key.Key_Up:
                return self._up_or_down(head, -1)
            case Key.Key_Down:
                return self._up_or_down(head, 1)
            case Key.Key_Home:
                return Position(0, 0, 0, 0)
            case Key.Key_End:
                return document.end()
            case _:
                return None

    def _sideways(self, head: Position, step: int) -> Position:
        line = self._line(head)
        if 0 <= head.offset + step <= len(line):
            return head._replace(offset=head.offset + step)
        other = self._up_or_down(head, step)
        if other[:3] == head[:3]:
            return head
        return other._replace(offset=len(self._line(other)) if step < 0 else 0)

    def _up_or_down(self, head: Position, step: int) -> Position:
        """Return the position one line up or down, across blocks and entries."""
        flow = self._view.document.flow
        entry, block, line = head.entry, head.block, head.line + step
        if not 0 <= line < flow[entry].block(block).line_count:
            block += step
            if not 0 <= block < flow[entry].block_count:
                entry += step
                if not 0 <= entry < len(flow):
                    return head
                block = 0 if step > 0 else flow[entry].block_count - 1
            line = 0 if step > 0 else flow[entry].block(block).line_count - 1
        moved = Position(entry, block, line, 0)
        return moved._replace(offset=min(head.offset, len(self._line(moved))))

    def _line(self, position: Position) -> str:
        return self._view.document.flow[position.entry].block(position.block).line(position.line)
