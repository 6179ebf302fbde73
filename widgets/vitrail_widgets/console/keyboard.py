"""The keys that scroll and select in the transcript."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.console.surface import Surface

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PAGE = 0.9  # of the visible height: a little of the last page stays for the eye
MODIFIER_KEYS = (Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta, Key.Key_AltGr)


class ViewKeys:
    """Acts on keys pressed while the transcript or the input has the focus."""

    def __init__(self, view: Surface) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> None:
        """Handle a key of the transcript; what is typed goes to the input."""
        if event.key() in MODIFIER_KEYS:
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self._view.copy_or_interrupt()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._view.selected.select_all()
        elif event.key() == Key.Key_Escape:
            self._view.selected.select(None)
            self._view.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._extend(event) or self._scroll(event):
            pass
        elif event.text() and event.text().isprintable():
            self._view.selected.select(None)
            self._view.input.setFocus(Qt.FocusReason.OtherFocusReason)
            QCoreApplication.sendEvent(self._view.input, event)
        else:
            event.ignore()

    def press_in_input(self, event: QKeyEvent) -> bool:
        """Handle a key of the input before the input does; say whether it was used up."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._view.copy_or_interrupt()
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll) and self._input_is_all_selected():
            self._view.focus_transcript()
            self._view.selected.select_all()
            return True
        if event.key() in (Key.Key_PageUp, Key.Key_PageDown):
            return self._scroll(event)
        if event.key() == Key.Key_End and event.modifiers() == CONTROL:
            self._view.scroll_to_end()
        if event.key() == Key.Key_Escape:
            return self._view.call_tips.dismiss() or self._view.requests.take_focus()
        if event.text() and event.text().isprintable() and not event.modifiers() & CONTROL:
            self._view.selected.select(None)
        return False

    def _input_is_all_selected(self) -> bool:
        cursor = self._view.input.textCursor()
        length = self._view.input.document().characterCount() - 1
        return cursor.selectionEnd() - cursor.selectionStart() >= length

    def _scroll(self, event: QKeyEvent) -> bool:
        view, scroller = self._view, self._view.scroller
        match event.key():
            case Key.Key_PageUp:
                scroller.by_pages(-PAGE)
            case Key.Key_PageDown:
                scroller.by_pages(PAGE)
            case Key.Key_Home:
                scroller.to_start()
            case Key.Key_End:
                view.scroll_to_end()
            case Key.Key_Up:
                scroller.by(-view.metrics.line_height)
            case Key.Key_Down:
                scroller.by(view.metrics.line_height)
            case _:
                return False
        return True

    def _extend(self, event: QKeyEvent) -> bool:
        """Lead the selection's head by a character, a line, or to an end."""
        selection = self._view.selected.range
        if selection is None or not event.modifiers() & SHIFT:
            return False
        head = self._moved(selection.head, Key(event.key()))
        if head is None:
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
