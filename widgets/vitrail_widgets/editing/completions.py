"""What could be typed next: names with their kinds, and the stretch of code they replace."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from vitrail_widgets.editing.matching import Pattern

PATH_KINDS = ("path", "file", "directory")


class Source(Enum):
    """Who answered, and so whether a better answer may follow."""

    WORDS = auto()
    """The words that are on the screen."""
    NAMES = auto()
    """What the kernel could look up without thinking."""
    KERNEL = auto()
    """Its completer: the last word."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One name.

    Attributes:
        text: What is inserted.
        kind: What it is, as the kernel says: "function", "module", "class", …; may be empty.
        signature: Its parameters, like "(a, b=2)"; may be empty.
    """

    text: str
    kind: str = ""
    signature: str = ""

    @property
    def label(self) -> str:
        """What is shown: the last part of a dotted name, a path's last part."""
        stem = self.text.rstrip("/")
        cut = max(stem.rfind("/"), stem.rfind("\\"))
        if cut < 0 and self.kind not in PATH_KINDS:
            cut = stem.rfind(".")
        return self.text[cut + 1 :] if 0 <= cut < len(stem) - 1 else self.text


@dataclass(frozen=True)
class CompletionList:
    """An answer of the kernel.

    Attributes:
        items: In the kernel's order.
        code: The code it was asked for.
        start: Code points [start, end) of `code` are what an item replaces.
        cursor: Where the cursor was, in code points.
        source: Who says so.
        is_closed: Nothing but these can follow, whoever else is asked.
    """

    items: tuple[Completion, ...]
    code: str
    start: int
    end: int
    cursor: int
    source: Source = Source.KERNEL
    is_closed: bool = False

    def typed(self, code: str, cursor: int) -> str | None:
        """Return what has been typed of the name by now, or None when the list is stale.

        The list stays good while nothing but the name itself has been changed.
        """
        if cursor < self.start or code[: self.start] != self.code[: self.start]:
            return None
        rest = self.code[self.end :]
        if rest and not code.endswith(rest):
            return None
        if cursor > len(code) - len(rest):
            return None
        return code[self.start : cursor]

    def end_in(self, code: str) -> int:
        """Return where the stretch ends in code of today, for which `typed` is not None."""
        return len(code) - (len(self.code) - self.end)


class Sifted:
    """A list with what has been typed since, sifted anew at each letter.

    Attributes:
        items: All that was offered.
        pattern: What has been typed.
        matches: Indices of the items that fit it, the closest first.
    """

    def __init__(self, items: Sequence[Completion], typed: str) -> None:
        self.items = items
        self._texts = [item.text for item in items]
        self._folded = [text.lower() for text in self._texts]
        self.pattern = Pattern(typed)
        self.matches = self._fitting(None)

    def sift(self, typed: str) -> None:
        """Take what has been typed by now."""
        longer = typed.startswith(self.pattern.typed)
        among = sorted(self.matches) if longer else None
        self.pattern = Pattern(typed)
        self.matches = self._fitting(among)

    def _fitting(self, among: list[int] | None) -> list[int]:
        classes = self.pattern.classes(self._texts, among, self._folded)
        return classes[0] if len(classes) == 1 else list(chain.from_iterable(classes))

    def hold(self, texts: Sequence[str]) -> None:
        """Put these in front, in this order, until something else is typed."""
        places = {text: place for place, text in enumerate(texts)}
        held = [at for at in self.matches if self._texts[at] in places]
        held.sort(key=lambda at: places[self._texts[at]])
        rest = [at for at in self.matches if self._texts[at] not in places]
        self.matches = held + rest

    def item(self, row: int) -> Completion:
        """Return the item of a row."""
        return self.items[self.matches[row]]

    def begun(self) -> list[str]:
        """Return the texts that begin with what was typed; where none does, all that fit."""
        texts = [self._texts[at] for at in self.matches]
        begun = [text for text in texts if text.startswith(self.pattern.typed)]
        return begun or texts

    def common_prefix(self) -> str:
        """Return what all that fit begin with, if it is more than what was typed; else that."""
        texts = self.begun()
        typed = self.pattern.typed
        if not texts:
            return typed
        first, last = min(texts), max(texts)  # what these two share, all share
        pairs = enumerate(zip(first, last, strict=False))
        shared = first[: next((at for at, (a, b) in pairs if a != b), min(len(first), len(last)))]
        return shared if len(shared) > len(typed) and shared.startswith(typed) else typed
