"""Leads through a transcript from one place where something stands to the next."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QScrollBar

from vitrail_resources.translation import tr
from vitrail_widgets.console.find.bar import FindBar
from vitrail_widgets.console.find.index import GROUP_LINES, FindIndex, Group, Match
from vitrail_widgets.console.find.marks import MarkedScrollBar, MatchMarks, marked_stretches, y_of
from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.changes import (
    Change,
    EntryRemoved,
    OutputAppended,
    OutputChanged,
    OutputsCleared,
)
from vitrail_widgets.transcript.query import BadQueryError, matcher_of

SLICE_MS = 6

TOO_SLOW = tr(
    "This expression takes too long on many lines; the rest was not searched. "
    "Nested repeats like (a+)+ are the usual cause."
)


class Finder(QObject):
    """Searches in slices while its bar is open, marks what is found and goes there.

    Attributes:
        bar: Where the user says what to find.
        index: What was found.
        marks: What is marked in the text.
        scroll_bar: Where the same is marked.
    """

    def __init__(self, view: Surface, scroll_bar: MarkedScrollBar, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self.scroll_bar = scroll_bar
        self.index = FindIndex(view.document)
        self.marks = MatchMarks(self.index)
        self.bar = FindBar(view.input.commands, view.viewport())
        self._origin: Match | None = None
        self._wants_match = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._stretches: list[tuple[int, int]] = []
        self._marking: Iterator[tuple[int, int]] = iter(())
        self.bar.changed.connect(self._on_bar_changed)
        self.bar.next_clicked.connect(self.go_on)
        self.bar.previous_clicked.connect(self.go_back)
        self.bar.close_clicked.connect(self.close)
        self._register()

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self.bar.isHidden()

    @property
    def is_searching(self) -> bool:
        """Whether there is something left to look through."""
        return self._timer.isActive()

    def open(self) -> None:
        """Show the bar, with what is selected as what to find."""
        selected = self._view.selected.text() if self._view.selected.exists else ""
        was_open = self.is_open
        self.bar.show()
        self.bar.raise_()
        self.place()
        if selected and "\n" not in selected and selected != self.bar.field.text():
            self.bar.field.setText(selected)
        elif not was_open:
            self._begin()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def close(self) -> bool:
        """Hide the bar and leave the match selected; say whether the bar was there."""
        if not self.is_open:
            return False
        match = self.marks.current
        self.bar.hide()
        self._timer.stop()
        self.index.begin(None)
        self.marks.current = self._origin = None
        self.scroll_bar.mark([])
        if match is not None:
            self._view.selected.select(_selection(match))
            self._view.focus_transcript()
        else:
            self._view.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.viewport().update()
        return True

    def go_on(self) -> None:
        """Go to the next match, after the last one to the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the match before, before the first one to the last."""
        self._go(-1)

    def follow(self, inserted: Iterable[int], changes: Iterable[Change]) -> None:
        """Search what has changed, and keep the place.

        Args:
            inserted: Where entries came in.
            changes: What else happened.
        """
        if self.index.matcher is None:
            return
        changes = tuple(changes)
        if any(isinstance(change, EntryRemoved) for change in changes):
            self._origin = self.marks.current = None
            self.reread()
            return
        for entry in inserted:
            self._shift(entry)
            self.index.follow(entry)
        position = self._view.document.transcript.position
        for change in changes:
            match change:
                case OutputAppended(entry_id, output):
                    self.index.follow(position(entry_id), output + 1)
                case OutputChanged(entry_id, output, line):
                    self.index.follow(position(entry_id), output + 1, line)
                case OutputsCleared(entry_id):
                    self._forget(position(entry_id))
                    self.index.follow(position(entry_id), 1)
                case _:
                    continue
        if not self.index.is_done:
            self._timer.start()

    def reread(self) -> None:
        """Search all again: a block changed by itself."""
        if self.index.matcher is not None:
            self.index.begin(self.index.matcher)
            self._timer.start()

    def place(self) -> None:
        """Put the bar where it belongs."""
        if self.is_open:
            self.bar.place(self._view.viewport().rect())
            self._view.arrangement.bare_top = self.bar.geometry().bottom() + MARGIN_Y

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours."""
        self.bar.apply_theme(theme, font)
        self.scroll_bar.apply_theme(theme)
        self.place()

    # -- searching -----------------------------------------------------------------------------

    def _begin(self) -> None:
        problem = ""
        try:
            matcher = matcher_of(self.bar.query)
        except BadQueryError as error:
            matcher, problem = None, str(error)
        self._origin = self.marks.current or self._origin or self._first_visible()
        self.marks.current = None
        self._wants_match = matcher is not None
        self.index.begin(matcher)
        self.bar.say("", problem=problem)
        self.bar.set_found(False)
        self._stretches = []
        self.scroll_bar.mark([])
        self._view.viewport().update()
        if matcher is not None:
            if self.index.is_done:  # there is nothing to look through
                self._report()
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        if self.index.is_done:
            self._gather_stretches(clock)
            return
        if self.index.work(lambda: clock.elapsed() < SLICE_MS):
            if self._wants_match:
                self._wants_match = False
                self._show(self._near_origin())
            self._stretches = []
            self._marking = self._new_stretches()
        self._report()
        self._view.viewport().update()

    def _gather_stretches(self, clock: QElapsedTimer) -> None:
        """Find out what to mark beside the scroll bar, as long as the slice lasts."""
        for stretch in self._marking:
            self._stretches.append(stretch)
            if clock.elapsed() >= SLICE_MS:
                return
        self._timer.stop()
        self._mark_scroll_bar()

    def _new_stretches(self) -> Iterator[tuple[int, int]]:
        bar = self._view.verticalScrollBar()
        coarse = 2 * _whole(bar) // max(1, bar.height())
        return marked_stretches(self._view.document, self.index, coarse)

    def _report(self) -> None:
        total = self.index.total
        problem = TOO_SLOW if self.index.is_given_up else ""
        self.bar.set_found(bool(total))
        if not total:
            self.bar.say(tr("No results") if self.index.is_done else "…", problem=problem)
        elif self.marks.current is None:
            self.bar.say(f"{_number(total)}{'' if self.index.is_done else ' …'}", problem=problem)
        else:
            ordinal = self._ordinal(self.marks.current)
            self.bar.say(f"{_number(ordinal)} of {_number(total)}", problem=problem)

    def _mark_scroll_bar(self) -> None:
        bar, match = self._view.verticalScrollBar(), self.marks.current
        whole = _whole(bar)
        marks = [
            ((first + MARGIN_Y) / whole, (last + MARGIN_Y) / whole)
            for first, last in self._stretches
        ]
        current = None
        if match is not None:
            current = (y_of(self._view.document, match, match.line) + MARGIN_Y) / whole
        self.scroll_bar.mark(marks, current)

    # -- from match to match -------------------------------------------------------------------

    def _go(self, step: int) -> None:
        if not self.is_open:
            self.open()
            return
        here = self.marks.current
        found = self._near_origin() if here is None else self._beside(here, step)
        if found is None:
            groups = [group for group, _ in self.index.groups()]
            found = self._in(groups[0 if step > 0 else -1], step) if groups else None
        self._show(found)
        self._report()

    def _near_origin(self) -> Match | None:
        """Return the first match from where one was looking; else the last one above."""
        origin = self._origin
        if origin is None:
            return self._beside(Match(-1, 0, 0, 0, 0), 1)
        before = origin._replace(end=-1)
        return self._beside(before, 1) or self._beside(before, -1)

    def _beside(self, here: Match, step: int) -> Match | None:
        """Return the next match after a place, or with a step of -1 the last one before it."""
        groups = [group for group, _ in self.index.groups()]
        own = Group(here.entry, here.block, here.line // GROUP_LINES)
        ahead = [group for group in groups if (group >= own if step > 0 else group <= own)]
        for group in ahead if step > 0 else reversed(ahead):
            matches = self.index.in_group(group)
            for match in matches if step > 0 else reversed(matches):
                if match > here if step > 0 else match < here:
                    return match
        return None

    def _in(self, group: Group, step: int) -> Match | None:
        matches = self.index.in_group(group)
        return matches[0 if step > 0 else -1] if matches else None

    def _ordinal(self, match: Match) -> int:
        own = Group(match.entry, match.block, match.line // GROUP_LINES)
        before = 0
        for group, count in self.index.groups():
            if group >= own:
                break
            before += count
        return before + 1 + sum(other < match for other in self.index.in_group(own))

    def _show(self, match: Match | None) -> None:
        """Go to a match; where it is folded away, unfold it."""
        self.marks.current = match
        if match is not None:
            self._view.show_place(match.entry, match.block, match.line, match.start, match.end)
            self._mark_scroll_bar()
        self._view.viewport().update()

    def _first_visible(self) -> Match | None:
        document = self._view.document
        if not len(document.flow):
            return None
        place = document.position_at(0, self._view.scroller.top - MARGIN_Y)
        return Match(place.entry, place.block, place.line, place.offset, place.offset)

    def _shift(self, entry: int) -> None:
        """Keep the same places after an entry came in."""
        current, origin = self.marks.current, self._origin
        if current is not None and current.entry >= entry:
            self.marks.current = current._replace(entry=current.entry + 1)
        if origin is not None and origin.entry >= entry:
            self._origin = origin._replace(entry=origin.entry + 1)

    def _forget(self, entry: int) -> None:
        current = self.marks.current
        if current is not None and current.entry == entry and current.block:
            self.marks.current = None
            self._origin = current._replace(block=0, line=0, start=0, end=0)

    def _on_bar_changed(self) -> None:
        if self.is_open:
            self._begin()

    def _why_not_go(self) -> str:
        """Say why there is no next match; empty when there is one, or may be."""
        if not self.bar.field.text():
            return tr("Nothing was looked for")
        is_known = self.is_open and self.index.is_done
        return tr("Nothing was found") if is_known and not self.index.total else ""

    def _register(self) -> None:
        register, bar = self._view.input.commands.register, self.bar
        register("find.open", self.open)
        register("find.next", self.go_on, self._why_not_go)
        register("find.previous", self.go_back, self._why_not_go)
        register("find.go_on", self.go_on)
        register("find.go_back", self.go_back)
        register("find.close", self.close)
        register("find.case", bar.case.toggle)
        register("find.word", bar.word.toggle)
        register("find.regex", bar.regex.toggle)


def _whole(bar: QScrollBar) -> int:
    """Return the height of all that can be scrolled to, in pixels."""
    return max(1, bar.maximum() + bar.pageStep())


def _selection(match: Match) -> Selection:
    start = Position(match.entry, match.block, match.line, match.start)
    return Selection(start, start._replace(offset=match.end))


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
