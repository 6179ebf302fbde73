"""Looking for an input of the past by some of its letters, in slices that keep nobody waiting."""

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from itertools import chain, islice

from vitrail_widgets.editing.past import PastInput

CHUNK = 200  # inputs between two looks at the clock
STRETCH, SLACK = 2, 8  # scattered letters may take so many times their room, and so much more
TRIES = 6  # starts that are tried for scattered letters, in one input


class Fit(IntEnum):
    """How an input fits what was typed; the lower the better."""

    WHOLE = 0
    WORDS = 1
    SCATTERED = 2


class Wanted:
    """What was typed, ready to be looked for. Capitals in it are meant as such."""

    def __init__(self, typed: str) -> None:
        self.typed = typed.strip()
        self.has_case = self.typed != self.typed.lower()
        self.words = self.typed.split()
        self.letters = "".join(self.words)

    def fits(self, text: str, fit: Fit) -> bool:
        """Tell whether a text, in lower case unless `has_case`, fits in this way."""
        if fit is Fit.WHOLE:
            return self.typed in text
        if fit is Fit.WORDS:
            return len(self.words) > 1 and all(word in text for word in self.words)
        return len(self.letters) > 1 and bool(scattered(self.letters, text))

    def places(self, code: str) -> tuple[int, ...]:
        """Return the offsets of the letters in a code that made it fit."""
        text = code if self.has_case else code.lower()
        if not self.typed or len(text) != len(code):
            return ()
        if (at := text.find(self.typed)) >= 0:
            return tuple(range(at, at + len(self.typed)))
        starts = [(text.find(word), len(word)) for word in self.words]
        if all(start >= 0 for start, _ in starts):
            spans = (range(start, start + length) for start, length in starts)
            return tuple(sorted(set(chain.from_iterable(spans))))
        return scattered(self.letters, text)


def scattered(letters: str, text: str) -> tuple[int, ...]:
    """Return where letters stand in this order, close together and in one line; () if nowhere."""
    room = STRETCH * len(letters) + SLACK
    start = text.find(letters[0])
    for _ in range(TRIES):
        if start < 0:
            return ()
        places = _following(letters, text, start)
        if not places:
            return ()
        places = _gathered(letters, text, places[-1])
        if places[-1] - places[0] < room and "\n" not in text[places[0] : places[-1]]:
            return places
        start = text.find(letters[0], places[0] + 1)
    return ()


class HistorySearch:
    """The inputs of the past, each code once, and those of them that fit what was typed.

    Attributes:
        wanted: What is looked for.
        found: What fits so far: the best fit first, then the newest. It only grows at its end.
    """

    def __init__(self) -> None:
        self.wanted = Wanted("")
        self.found: list[PastInput] = []
        self._recent: list[PastInput | None] = []  # oldest first; None where it came again
        self._older: list[PastInput] = []  # newest first: what was asked for later
        self._at: dict[str, int] = {}
        self._known_older = set[str]()
        self._lower: dict[str, str] = {}
        self._work: Iterator[None] | None = None

    def __len__(self) -> int:
        """Return how many there are to look through."""
        return len(self._at) + len(self._older)

    @property
    def is_done(self) -> bool:
        """Whether all that fits is found."""
        return self._work is None

    def load(self, inputs: Iterable[PastInput]) -> None:
        """Look through these from now on, oldest first, instead of those before."""
        for kept in (self._recent, self._older, self._at, self._known_older, self._lower):
            kept.clear()
        self.found, self._work = [], None
        for each in inputs:
            self.add(each)

    def add(self, newest: PastInput) -> None:
        """Add the newest input; an older one of the same code gives way."""
        code = newest.code
        if not code.strip():
            return
        if code in self._at:
            self._recent[self._at[code]] = None
        elif code in self._known_older:
            self._known_older.discard(code)
            self._older = [each for each in self._older if each.code != code]
        self._at[code] = len(self._recent)
        self._recent.append(newest)

    def correct(self, past: PastInput) -> None:
        """Take what has become known of an input, unless it was entered again since."""
        at = self._at.get(past.code, -1)
        known = self._recent[at] if at >= 0 else None
        if known is not None and known.time_s == past.time_s:
            self._recent[at] = past

    def add_older(self, inputs: Iterable[PastInput]) -> int:
        """Add inputs older than all there are, newest first; return how many were unknown."""
        before = len(self._older)
        for each in inputs:
            known = each.code in self._at or each.code in self._known_older
            if not known and each.code.strip():
                self._known_older.add(each.code)
                self._older.append(each)
        return len(self._older) - before

    def look_for(self, typed: str) -> None:
        """Begin to look for what was typed; `go_on` does it."""
        self.wanted = Wanted(typed)
        self.found = []
        self._work = self._search(self.wanted)

    def go_on(self, is_time_up: Callable[[], bool]) -> None:
        """Search on, until it is done or the time is up."""
        while self._work is not None:
            if next(self._work, self) is self:
                self._work = None
            elif is_time_up():
                return

    def _newest_first(self) -> Iterator[PastInput]:
        return chain((each for each in reversed(self._recent) if each is not None), self._older)

    def _search(self, wanted: Wanted) -> Iterator[None]:
        rest: Iterable[PastInput] = self._newest_first()
        fits = (Fit.WHOLE, Fit.WORDS, Fit.SCATTERED) if wanted.typed else (Fit.WHOLE,)
        for fit in fits:
            inputs, missed = iter(rest), list[PastInput]()
            while chunk := tuple(islice(inputs, CHUNK)):
                for each in chunk:
                    text = each.code if wanted.has_case else self._folded(each.code)
                    (self.found if wanted.fits(text, fit) else missed).append(each)
                yield
            rest = missed

    def _folded(self, code: str) -> str:
        folded = self._lower.get(code)
        if folded is None:
            folded = self._lower[code] = code.lower()
        return folded


def _following(letters: str, text: str, start: int) -> tuple[int, ...]:
    """Return the first places from `start` on where letters follow each other; () if nowhere."""
    places = [start]
    for letter in letters[1:]:
        at = text.find(letter, places[-1] + 1)
        if at < 0:
            return ()
        places.append(at)
    return tuple(places)


def _gathered(letters: str, text: str, end: int) -> tuple[int, ...]:
    """Return the places of letters as close before the last one of them as can be."""
    places = [end]
    for letter in reversed(letters[:-1]):
        places.append(text.rfind(letter, 0, places[-1]))
    return tuple(reversed(places))
