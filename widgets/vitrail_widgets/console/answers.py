"""What was answered before, and what was pasted for questions still to come."""

MOST_KEPT = 500


class Answers:
    """Earlier answers, to be recalled in a field, and lines that wait for their question.

    Passwords never come here: who fills it leaves them out.
    """

    def __init__(self) -> None:
        self._given: list[str] = []
        self._at = 0
        self._draft = ""
        self._ahead = ""

    def note(self, answer: str) -> None:
        """Remember an answer; blank ones and the last one once more are left out."""
        if answer.strip() and (not self._given or self._given[-1] != answer):
            self._given = [*self._given, answer][-MOST_KEPT:]

    def begin(self) -> None:
        """Start from the newest: another question is asked."""
        self._at, self._draft = len(self._given), ""

    def step(self, by: int, typed: str) -> str | None:
        """Return an older (-1) or newer (1) answer, at the end what was typed; None beyond."""
        there = self._at + by
        if not 0 <= there <= len(self._given):
            return None
        if self._at == len(self._given):
            self._draft = typed
        self._at = there
        return self._draft if there == len(self._given) else self._given[there]

    def keep_ahead(self, lines: str) -> None:
        """Keep what follows the first line of a paste, for the next questions of the cell."""
        self._ahead = lines

    def take_ahead(self) -> str:
        """Return what was kept, and forget it."""
        ahead, self._ahead = self._ahead, ""
        return ahead
