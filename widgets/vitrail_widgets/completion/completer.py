"""Completion in an input: when to ask, what to show, what a key does."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtGui import QFocusEvent, QFont, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from vitrail_widgets.completion.asking import Asking
from vitrail_widgets.completion.name_in_input import NameInInput
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completions import Completion, CompletionList, Sifted, Source
from vitrail_widgets.editing.merging import merged, without_words
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.theme import Theme

if TYPE_CHECKING:
    from vitrail_widgets.completion.beside import Beside
    from vitrail_widgets.completion.panes import CompletionPanes
    from vitrail_widgets.completion.popup import CompletionPopup

FEWEST_LETTERS = 2  # typed, before words are offered unasked
_TYPED = re.compile(r"\w*\Z")
_REST = re.compile(r"\A\w*")


class Completer(QObject):
    """Offers completions while a name is typed, or on Tab.

    The kernel's answer decides which stretch of code a completion replaces. An answer that
    the code has outrun is dropped; letters typed since are sifted here, without asking again.
    Several answers to one question are put together: what is seen stays where it is.

    Attributes:
        as_you_type: Whether typing alone brings the popup.
        commit_characters: Characters that take the chosen completion before they are typed.
        asking: The question that is open.
        words: Given what was typed and the whole input, returns words that begin so.

    Signals:
        wanted: Code and cursor (code points) to be asked about; `offer` answers.
        rested: The same, once nothing was typed for a while, or at once on Tab: it is still wanted.
        description_wanted: A completion, to be described; `beside.offer` answers.
    """

    wanted = Signal(str, int)
    rested = Signal(str, int)
    description_wanted = Signal(Completion)

    def __init__(self, editor: InputArea, popup_parent: QWidget) -> None:
        super().__init__(editor)
        self.as_you_type = True
        self.commit_characters = ""
        self.words: Callable[[str, str], Sequence[str]] = lambda _typed, _written: ()
        self._editor, self._popup_parent = editor, popup_parent
        self._looks: tuple[Theme, QFont] | None = None
        self._list: CompletionList | None = None
        self._sifted: Sifted | None = None
        self._is_touched = False
        self._name = NameInInput(editor)
        self.asking = Asking(self)
        self.asking.typed.connect(self._on_asking_typed)
        self.asking.rested.connect(self._rest)
        self.asking.overdue.connect(self._offer_words)
        self._register_commands()
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._on_editor_cursor_position_changed)

    @property
    def popup(self) -> "CompletionPopup":
        """The popup."""
        return self._panes.popup

    @property
    def beside(self) -> "Beside":
        """Documentation of the chosen completion."""
        return self._panes.beside

    @cached_property
    def _panes(self) -> "CompletionPanes":
        """What is shown, made when there is something to show."""
        from vitrail_widgets.completion.panes import CompletionPanes

        panes = CompletionPanes(self._popup_parent)
        panes.popup.accepted.connect(self._insert)
        panes.beside.wanted.connect(self.description_wanted)
        if self._looks is not None:
            panes.apply_theme(*self._looks)
        return panes

    @property
    def _is_open(self) -> bool:
        return "_panes" in vars(self) and self.popup.isVisible()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._looks = (theme, font)
        if "_panes" in vars(self):
            self._panes.apply_theme(theme, font)

    def offer(self, answer: CompletionList) -> None:
        """Take an answer to `wanted`; one that is stale or no longer wanted is dropped."""
        if self.asking.question != (answer.code, answer.cursor):
            return
        if answer.source is Source.KERNEL:
            self.asking.settle()
        elif not answer.items:
            return  # who knows better may have some
        typed = answer.typed(*self._name.here())
        if typed is None or not self._editor.hasFocus():
            self._abandon()
        elif self._list is None or self._sifted is None:
            self._begin(answer, typed)
        else:
            self._join(self._list, answer)

    def settle(self, code: str, cursor: int) -> None:
        """Make do with what is there: no better answer to a question will come."""
        if self.asking.question != (code, cursor):
            return
        self.asking.settle()
        if self._list is None or self._list.source is Source.WORDS or not self._is_open:
            return
        if self.asking.by_tab and not self._is_touched and not self._take_common_prefix():
            self._show()

    def name_of(self, item: Completion) -> str:
        """Return the code up to the name that is typed, with a completion in its place."""
        return "" if self._list is None else self._list.code[: self._list.start] + item.text

    @property
    def chosen_name(self) -> str:
        """The code up to the name that is typed with the chosen completion; empty without one."""
        chosen = self.popup.current if self._is_open else None
        return "" if chosen is None else self.name_of(chosen)

    def _begin(self, answer: CompletionList, typed: str) -> None:
        self._list, self._sifted = answer, Sifted(answer.items, typed)
        if not self._may_take_prefix(answer) or not self._take_common_prefix():
            self._show()

    def _join(self, shown: CompletionList, answer: CompletionList) -> None:
        """Put a further answer to what is shown; what can be seen of the list stays."""
        seen = self.popup.texts
        both = merged(shown, answer)
        if answer.source is not Source.WORDS:
            both = without_words(both, seen if answer.items else ())
        typed = both.typed(*self._name.here())
        if typed is None or both.start != shown.start:
            self._begin(both, typed or "")
            return
        self._list, self._sifted = both, Sifted(both.items, typed)
        if self._may_take_prefix(answer) and self._take_common_prefix():
            return
        if not self._sifted.matches or not self._is_open:
            self._show()
            return
        self._sifted.hold(seen)
        self.popup.renew(self._sifted)
        self.popup.appear(self._line_of_name(), again=True)
        self.beside.place()

    def _may_take_prefix(self, answer: CompletionList) -> bool:
        """Say whether Tab may insert something now: nobody who knows more is still to answer."""
        is_last = answer.source is Source.KERNEL or answer.is_closed
        return self.asking.by_tab and is_last and not self._is_touched

    def _offer_words(self) -> None:
        """Offer the words of the screen: nobody has answered for so long."""
        if self.asking.question is None or self._list is not None:
            return
        code, cursor = self.asking.question
        match = _TYPED.search(code[:cursor])
        typed = match.group() if match else ""
        if len(typed) < (1 if self.asking.by_tab else FEWEST_LETTERS):
            return
        start = cursor - len(typed)
        others = code[:start] + _REST.sub("", code[cursor:])  # no word goes on as itself
        items = tuple(Completion(word, "word") for word in self.words(typed, others))
        self.offer(CompletionList(items, code, start, cursor, cursor, Source.WORDS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are ours, and notice what is typed."""
        del watched
        if isinstance(event, QKeyEvent):
            return self._take_key(event)
        if isinstance(event, QInputMethodEvent):
            if event.preeditString():
                self._abandon()  # what is being composed is nobody's name yet
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            self._abandon()
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride:
            claimed = self._is_open and bool(self._editor.commands.claims(event, Scope.POPUP))
            if claimed:
                event.accept()
            return claimed
        if kind is QEvent.Type.KeyPress:
            if self._is_open:
                if self._act(event):
                    return True
                self._commit(event.text())
            self.asking.note_key()
            if self.as_you_type and _begins_or_continues_a_name(event.text()):
                self.asking.note_typing()
        return False

    def _on_asking_typed(self) -> None:
        if not self._name.is_prose:
            self._ask()

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key means while the popup is open; say whether it was used up."""
        return self._editor.commands.press(event, Scope.POPUP)

    def _register_commands(self) -> None:
        register = self._editor.commands.register
        register("input.complete", self._ask_by_tab)
        register("popup.next", lambda: self._go(self.popup.step, 1))
        register("popup.previous", lambda: self._go(self.popup.step, -1))
        register("popup.page_down", lambda: self._go(self.popup.page, 1))
        register("popup.page_up", lambda: self._go(self.popup.page, -1))
        register("popup.scroll_documentation", lambda: self.beside.pane.page(1))
        register("popup.scroll_documentation_back", lambda: self.beside.pane.page(-1))
        register("popup.accept", self._accept)
        register("popup.accept_or_enter", self._accept_or_enter)
        register("popup.close", self._abandon)

    def _go(self, move: Callable[[int], None], by: int) -> None:
        self._is_touched = True
        move(by)

    def _commit(self, text: str) -> None:
        """Take what is chosen when a character is typed that ends a name."""
        if text and text in self.commit_characters and self._sifted is not None:
            current = self.popup.current
            if current is not None and self._sifted.pattern.typed:
                self._insert(current)

    def _accept(self) -> bool:
        """Insert what is chosen."""
        current = self.popup.current
        if current is not None:
            self._insert(current)
        return current is not None

    def _accept_or_enter(self) -> bool:
        """Insert what is chosen; on a name that is complete already Enter has its own meaning."""
        current = self.popup.current
        if current is not None and self._sifted and current.text == self._sifted.pattern.typed:
            self._abandon()
            return False
        return self._accept()

    def _insert(self, item: Completion) -> None:
        """Replace the stretch that the kernel named, and what was typed of it since."""
        if self._list is not None:
            self._replace(item.text)
        self._abandon()

    def _replace(self, text: str) -> None:
        assert self._list is not None
        self._name.replace(self._list, text)

    def _take_common_prefix(self) -> bool:
        """Insert on Tab what all have in common; True when nothing is left to choose."""
        assert self._sifted is not None
        begun = self._sifted.begun()
        if len(begun) == 1:
            self._insert(Completion(begun[0]))
            return True
        prefix = self._sifted.common_prefix()
        if prefix != self._sifted.pattern.typed:
            self._replace(prefix)
            self._sifted.sift(prefix)
        return False

    def _show(self) -> None:
        assert self._sifted is not None
        assert self._list is not None
        sifted = self._sifted
        only = sifted.item(0).text if len(sifted.matches) == 1 else None
        if not sifted.matches or only == sifted.pattern.typed:
            self._note_closing()
            self._close()
            return
        self.popup.offer(sifted)
        self.popup.appear(self._line_of_name())

    def _line_of_name(self) -> QRect:
        """Return the line that is typed on, from the name's start, in the popup's parent."""
        assert self._list is not None
        return self._name.line_from(self._list, self.popup.within)

    def _on_editor_cursor_position_changed(self) -> None:
        if self._list is None or self._sifted is None:
            if self.asking.is_outrun(*self._name.here()):
                self._abandon()
            return
        typed = self._list.typed(*self._name.here())
        if typed is None or (not typed and self._sifted.pattern.typed):
            self._note_closing()
            self._abandon()
            return
        if typed != self._sifted.pattern.typed:
            self._is_touched = True
            self._sifted.sift(typed)
            self._show()

    def _ask_by_tab(self) -> bool:
        if not self._name.may_be_completed:
            return False
        self._send(by_tab=True)
        return True

    def _ask(self) -> None:
        code, cursor = self._name.here()
        before = code[:cursor]
        if self._list is None and before and _begins_or_continues_a_name(before[-1]):
            self._send(by_tab=False)

    def _send(self, *, by_tab: bool) -> None:
        self._is_touched = False
        code, cursor = self._name.here()
        self.asking.ask(code, cursor, by_tab=by_tab)
        self.wanted.emit(code, cursor)

    def _rest(self) -> None:
        if self.asking.question is not None:
            self.rested.emit(*self.asking.question)

    def _note_closing(self) -> None:
        """Let nobody who was about to close the list clear the input."""
        if self._is_open:
            self._editor.late_escape.note()

    def _abandon(self) -> None:
        """Close it, and take no answer to what was asked."""
        self.asking.abandon()
        self._close()

    def _close(self) -> None:
        """Hide it; an answer that is still to come may open it again."""
        self.asking.hush()
        self._list = self._sifted = None
        if self._is_open:
            self.popup.hide()


def _begins_or_continues_a_name(text: str) -> bool:
    return len(text) == 1 and (text.isalpha() or text in "._%/")
