"""The inputs of the past, walked by what they begin with, or by what they contain."""

from collections.abc import Iterable


class InputHistory:
    """Past inputs, oldest first, and a walk through them.

    A walk starts with the first `older` and ends with `append` or `stop`. What is edited during
    a walk is kept at its place until then: going back and forth loses nothing. The place after the
    last entry is the draft that the walk started from.
    """

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._entries: list[str] = []
        self._own: list[str] = []  # appended here, not loaded
        self._place: int | None = None
        self._edits: dict[int, str] = {}
        self._waiting: list[str] | None = None
        self.load(entries)

    @property
    def entries(self) -> tuple[str, ...]:
        """All entries, oldest first."""
        return tuple(self._entries)

    @property
    def walking(self) -> bool:
        """Whether an entry of the past is shown."""
        return self._place is not None

    def load(self, entries: Iterable[str]) -> None:
        """Replace what was loaded before; what was appended meanwhile stays the newest.

        During a walk it waits until the walk is over: what is shown, and edited, stays.
        """
        if self.walking:
            self._waiting = list(entries)
            return
        self._entries = []
        for entry in entries:
            self._add(entry)
        # A kernel's history may hold our newest ones already.
        known = range(min(len(self._own), len(self._entries)), 0, -1)
        overlap = next((n for n in known if self._entries[-n:] == self._own[:n]), 0)
        for entry in self._own[overlap:]:
            self._add(entry)

    def append(self, entry: str) -> None:
        """Add the newest entry, unless it is blank or the same as the last; end the walk."""
        if self._add(entry):
            self._own.append(entry)
        self.stop()

    def stop(self) -> None:
        """End the walk and forget what was edited during it."""
        self._place = None
        self._edits.clear()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.load(waiting)

    def older(self, wanted: str, current: str, *, anywhere: bool = False) -> str | None:
        """Go to the next older entry that starts with something.

        Args:
            wanted: What the entry has to start with; empty for any.
            current: The text shown now; kept at its place, and never what is found.
            anywhere: Whether it is enough for the entry to contain that.

        Returns:
            The entry as it was left, or None (and nothing moves) where there is none.
        """
        start = len(self._entries) if self._place is None else self._place
        return self._go(range(start - 1, -1, -1), wanted, current, anywhere)

    def newer(self, wanted: str, current: str, *, anywhere: bool = False) -> str | None:
        """Go to the next newer entry that fits, at last to the draft; see `older`."""
        if self._place is None:
            return None
        return self._go(range(self._place + 1, len(self._entries) + 1), wanted, current, anywhere)

    def _go(self, places: range, wanted: str, current: str, anywhere: bool) -> str | None:
        for place in places:
            text = self._shown(place)
            is_draft = place == len(self._entries)
            fits = wanted in text if anywhere else text.startswith(wanted)
            if is_draft or (text != current and fits):
                self._leave(current)
                self._place = None if is_draft else place
                return text
        return None

    def _leave(self, current: str) -> None:
        place = len(self._entries) if self._place is None else self._place
        if self._shown(place) != current:
            self._edits[place] = current

    def _shown(self, place: int) -> str:
        original = self._entries[place] if place < len(self._entries) else ""
        return self._edits.get(place, original)

    def _add(self, entry: str) -> bool:
        if not entry.strip() or (self._entries and self._entries[-1] == entry):
            return False
        self._entries.append(entry)
        return True
