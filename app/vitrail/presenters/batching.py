"""Gather changes so that a flood costs few repaints and one line costs no wait."""

import asyncio
from collections.abc import Callable
from typing import Final

from vitrail_widgets.transcript.changes import (
    Change,
    EntryAppended,
    EntryChanged,
    EntryRemoved,
    OutputAppended,
)

QUIET_S: Final = 0.010
"""A burst is shown once nothing came for this long,"""
LONGEST_S: Final = 0.040
"""but never later than this after it began,"""
FRAME_S: Final = 1 / 60
"""and no more often than this: nobody sees more, and each batch is a layout and a repaint."""
MOST_OUTPUTS: Final = 16
"""New ones that are shown in one turn of the loop: small HTML takes up to a millisecond."""


class Batcher:
    """Hands changes on in batches: the first at once, those of a burst together.

    Output that follows a pause is shown as soon as the loop has its turn, so that
    a result does not wait for a burst that never comes. A new cell, a number or a
    state makes no burst, and is shown with the output that follows within 10 ms.
    """

    def __init__(self, apply: Callable[[list[Change]], None]) -> None:
        """Prepare.

        Args:
            apply: Takes each batch, on the loop's thread.
        """
        self._apply = apply
        self._pending: list[Change] = []
        self._handle: asyncio.Handle | None = None
        self._is_due = False  # the handle is for the loop's next turn
        self._is_closed = False
        self._began = self._last_added = self._last_output = 0.0

    def add(self, changes: tuple[Change, ...]) -> None:
        """Take changes; they will be applied in order."""
        if self._is_closed:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._pending:
            self._began = now
        self._pending.extend(changes)
        self._last_added = now
        has_rested = now - self._last_output > LONGEST_S
        if has_rested and not self._is_due and any(map(_is_output, changes)):
            self._cancel()
            self._is_due = True
            self._handle = loop.call_soon(self._flush_in_turns)
        elif self._handle is None:
            self._handle = self._later(QUIET_S)

    def flush(self) -> None:
        """Apply everything now."""
        self._cancel()
        self._show(len(self._pending))

    def _flush_in_turns(self) -> None:
        """Apply as much as a turn of the loop may take, and the rest in the next ones."""
        self._cancel()
        self._show(_bearable(self._pending))
        if self._pending:
            self._handle = asyncio.get_running_loop().call_soon(self._flush_in_turns)

    def _show(self, count: int) -> None:
        pending, self._pending = self._pending[:count], self._pending[count:]
        if pending:
            if any(map(_is_output, pending)):
                self._last_output = asyncio.get_running_loop().time()
            self._apply(pending)

    def close(self) -> None:
        """Forget what is pending, and whatever comes from now on."""
        self._is_closed = True
        self._cancel()
        self._pending.clear()

    def _cancel(self) -> None:
        self._is_due = False
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _later(self, delay_s: float) -> asyncio.Handle:
        return asyncio.get_running_loop().call_later(delay_s, self._on_due)

    def _on_due(self) -> None:
        """Flush when the burst paused or has lasted long enough, else look again."""
        now = asyncio.get_running_loop().time()
        quiet_at = self._last_added + QUIET_S
        due = min(quiet_at, self._began + LONGEST_S)
        due = max(due, self._last_output + FRAME_S)
        if now >= due - 0.001:
            self._flush_in_turns()
        else:
            self._handle = self._later(due - now)


def _bearable(changes: list[Change]) -> int:
    """Return how many changes are few enough for one turn of the loop."""
    outputs = 0
    for index, change in enumerate(changes):
        outputs += isinstance(change, OutputAppended)
        if outputs > MOST_OUTPUTS:
            return index
    return len(changes)


def _is_output(change: Change) -> bool:
    return not isinstance(change, EntryAppended | EntryRemoved | EntryChanged)
