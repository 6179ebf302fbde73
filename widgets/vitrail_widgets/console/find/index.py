"""Where a query stands in a transcript, found in steps.

Lines are searched in groups of a thousand, and of each group only the count is kept: where every
one of a million lines matches, no time goes to what nobody looks at. Where in a group it stands is
found when the group is seen or gone to.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.entries import EntryLayout
from vitrail_widgets.render.block import LINE_END, Block, Place
from vitrail_widgets.transcript.chunk import CHUNK_LINES
from vitrail_widgets.transcript.query import Matcher, SlowQueryError

GROUP_LINES: Final = CHUNK_LINES  # such groups of a long text are unpacked at once
PATIENCE_S: Final = 0.008
"""For a thousand lines, and then for each of them."""

MOST_SLOW_LINES: Final = 25
"""Lines that take too long, after which a search is given up."""

MOST_MATCHES: Final = 50_000
"""Matches in a thousand lines that can be gone to one by one; all are counted."""

_KEPT_LINES: Final = 512
_KEPT_GROUPS: Final = 16


class Match(NamedTuple):
    """A place where the query stands; matches compare in reading order.

    Attributes:
        entry: Index of the entry.
        block: Index of its block.
    """

    entry: int
    block: int
    line: int
    start: int
    end: int


class Group(NamedTuple):
    """Lines of a block that are searched together."""

    entry: int
    block: int
    number: int


@dataclass
class EntryHits:
    """How often the query stands in an entry: for each block, in each of its groups."""

    blocks: list[list[int]] = field(default_factory=list[list[int]])
    total: int = 0


class FindIndex:
    """Searches a document and follows its changes.

    Attributes:
        total: How often the query was found so far.
        slow_lines: How many lines took too long to be searched.
    """

    def __init__(self, document: ConsoleDocument) -> None:
        self._document = document
        self._matcher: Matcher | None = None
        self._hits: dict[EntryLayout, EntryHits] = {}
        self._queue: dict[EntryLayout, None] = {}
        self._steps: Iterator[None] = iter(())
        self._is_done = True
        self._spans: OrderedDict[str, list[tuple[int, int]]] = OrderedDict()
        self._groups: OrderedDict[Group, list[Match]] = OrderedDict()
        self.total = 0
        self.slow_lines = 0

    @property
    def matcher(self) -> Matcher | None:
        """What is searched for."""
        return self._matcher

    @property
    def is_done(self) -> bool:
        """Whether all has been searched."""
        return self._is_done

    @property
    def is_given_up(self) -> bool:
        """Whether so many lines took too long that the rest is not searched."""
        return self.slow_lines >= MOST_SLOW_LINES

    def begin(self, matcher: Matcher | None) -> None:
        """Search for something else, or for nothing."""
        self._matcher = matcher
        self._hits.clear()
        self._spans.clear()
        self._groups.clear()
        self.total = self.slow_lines = 0
        self._queue = dict.fromkeys(self._document.flow if matcher is not None else ())
        self._start()

    def follow(self, entry: int, block: int = 0, from_line: int = 0) -> None:
        """Search an entry again, from a line of a block on."""
        if self._matcher is None:
            return
        layout = self._document.flow[entry]
        hits = self._hits.get(layout)
        if hits is not None:
            del hits.blocks[max(block, layout.block_count) :]
            if block < len(hits.blocks):
                del hits.blocks[block][from_line // GROUP_LINES :]
            self._recount(hits)
        self._groups.clear()
        self._queue[layout] = None
        self._start()

    def work(self, go_on: Callable[[], bool]) -> bool:
        """Search on while `go_on` says so; say whether that was all."""
        for _ in self._steps:
            if not go_on():
                return self._is_done
        self._is_done = True
        return True

    # -- what was found ------------------------------------------------------------------------

    def in_group(self, group: Group) -> list[Match]:
        """Return the matches of a group in reading order."""
        known = self._groups.get(group)
        if known is None:
            entry, which, number = group
            block = self._document.flow[entry].block(which)
            first = number * GROUP_LINES
            found = (
                Match(entry, which, line, start, end)
                for line in range(first, min(first + GROUP_LINES, block.line_count))
                for start, end in self.spans(block.line(line))
            )
            known = self._groups[group] = list(islice(found, MOST_MATCHES))
            if len(self._groups) > _KEPT_GROUPS:
                self._groups.popitem(last=False)
        return known

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Return where the query stands in a line."""
        if self._matcher is None:
            return []
        known = self._spans.get(line)
        if known is None:
            try:
                known = self._matcher.spans(line, PATIENCE_S)
            except SlowQueryError:
                known = []
            self._spans[line] = known
            if len(self._spans) > _KEPT_LINES:
                self._spans.popitem(last=False)
        return known

    def groups(self, entries: range | None = None) -> Iterator[tuple[Group, int]]:
        """Yield the groups that hold matches in reading order, and how many."""
        flow = self._document.flow
        for entry in range(len(flow)) if entries is None else entries:
            hits = self._hits.get(flow[entry])
            if hits is None or not hits.total:
                continue
            for block, counts in enumerate(hits.blocks):
                for index, count in enumerate(counts):
                    if count:
                        yield Group(entry, block, index), count

    def has_matches(self, entry: int, block: int) -> bool:
        """Say whether a block is worth being looked at."""
        hits = self._hits.get(self._document.flow[entry])
        return hits is not None and block < len(hits.blocks) and any(hits.blocks[block])

    # -- searching -----------------------------------------------------------------------------

    def _start(self) -> None:
        self._is_done = not self._queue
        self._steps = self._search()

    def _search(self) -> Iterator[None]:
        while self._queue and not self.is_given_up:
            layout = next(iter(self._queue))
            hits = self._hits.setdefault(layout, EntryHits())
            for which in range(layout.block_count):
                if which == len(hits.blocks):
                    hits.blocks.append([])
                yield from self._search_block(layout.block(which), hits, hits.blocks[which])
            del self._queue[layout]
            yield

    def _search_block(self, block: Block, hits: EntryHits, counts: list[int]) -> Iterator[None]:
        while (first := len(counts) * GROUP_LINES) < block.line_count:
            last = min(first + GROUP_LINES, block.line_count) - 1
            text = block.text(Place(first, 0), Place(last, LINE_END))
            count = yield from self._count(text)
            counts.append(count)
            hits.total += count
            self.total += count
            if last - first > GROUP_LINES // 2:
                yield

    def _count(self, text: str) -> Generator[None, None, int]:
        assert self._matcher is not None
        try:
            return self._matcher.count(text, PATIENCE_S)
        except SlowQueryError:
            pass
        found = 0
        for line in text.split("\n"):
            try:
                found += self._matcher.count(line, PATIENCE_S)
            except SlowQueryError:
                self.slow_lines += 1
                if self.is_given_up:
                    return found
                yield
        return found

    def _recount(self, hits: EntryHits) -> None:
        total = sum(map(sum, hits.blocks))
        self.total += total - hits.total
        hits.total = total
