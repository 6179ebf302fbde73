"""The inputs of the past: what the kernel remembers and what we keep, put before the console."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from uuid import uuid4

from vitrail.history.database import Kept
from vitrail.history.store import DEFAULT_LIMIT, HistoryStore
from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import HistoryReply
from vitrail.protocol.requests import HistoryRequest
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.editing.history_search import HistorySearch
from vitrail_widgets.editing.past import PastInput, merged
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.transcript.transcript import Transcript

TAIL_LENGTH = 1000  # the kernel's newest inputs, asked for once
FOUND_LENGTH = 200  # older ones that fit what is looked for
WALK_LENGTH = 20_000
SHORTEST = 2  # letters that are worth asking the kernel for
ANSWER_S = 5.0


class History:
    """Loads the history when a kernel has answered, keeps what is submitted, asks for older inputs.

    What we keep is there at once; a kernel that does not answer is not waited for, and one that
    has no history does as well without.

    Attributes:
        kernel: What the kernel is called.
        keeps: Whether inputs are kept on disk, and read from there.
        skips_spaced: Whether inputs that begin with a space are not.
        troubled: Called with a sentence when nothing can be kept.
    """

    def __init__(
        self,
        view: ConsoleView,
        transcript: Transcript,
        start: Callable[[Coroutine[object, object, None]], None],
        now: Callable[[], float],
    ) -> None:
        """Prepare; nothing is kept without a store.

        Args:
            view: Whose input walks through it, and whose popup searches it.
            transcript: Says what became of an input.
            start: Runs something beside everything else.
            now: Seconds since the epoch.
        """
        self.kernel = ""
        self.keeps, self.skips_spaced = True, False
        self.troubled: Callable[[str], None] = lambda _sentence: None
        self._limit = DEFAULT_LIMIT
        self._view, self._transcript, self._start, self._now = view, transcript, start, now
        self._store: HistoryStore | None = None
        self._client: KernelClient | None = None
        self._language, self._session = "", uuid4().hex[:12]
        self._own: dict[str, PastInput] = {}
        self._unfinished = set[str]()
        self._held: list[Kept] = []
        self._ours: list[PastInput] = []
        self._row = 0
        self._reading = asyncio.Lock()
        self._begun = self._is_loaded = False
        view.history.session = self._session
        view.history.opened.connect(self._on_opened)
        view.history.wanted.connect(self._on_wanted)

    @property
    def store(self) -> HistoryStore | None:
        """Where inputs are kept; None to keep none."""
        return self._store if self.keeps else None

    def use(self, store: HistoryStore) -> None:
        """Keep inputs there, and find those that are there."""
        self._store = store
        store.troubled = self._on_store_troubled
        store.set_limit(self._limit)

    def set_limit(self, limit: int) -> None:
        """Keep so many inputs."""
        self._limit = limit
        if self._store is not None:
            self._store.set_limit(limit)

    def expect(self, language: str) -> None:
        """Keep inputs as code of this language from now on."""
        self._language = language
        if language and self.store is not None:
            for kept in self._held:
                self.store.add(kept._replace(language=language))
            self._held.clear()

    def begin(self, client: KernelClient) -> None:
        """Work with a kernel that has answered; each time it counts from 1 again."""
        self._client = client
        if self._begun:
            self._session = self._view.history.session = uuid4().hex[:12]
        self._begun = True

    async def load(self) -> None:
        """Put the past before the console: ours at once, the kernel's when it answers."""
        if self._is_loaded:
            return
        self._is_loaded = True
        if self.store is not None:
            await self._read(self.store)
            await self._show(())
        theirs = await self._ask(HistoryRequest(n=TAIL_LENGTH))
        if theirs:
            await self._show(theirs)

    def submitted(self, cell_id: str, code: str) -> None:
        """Keep an input that was entered and is about to run."""
        if self.skips_spaced and code.startswith(" "):
            return
        past = PastInput(code, self._session, None, self._now(), self.kernel)
        self._own[cell_id] = past
        self._unfinished.add(cell_id)
        self._view.history.add(past)
        kept = Kept(0, cell_id, past.time_s or 0.0, past.session, past.kernel, self._language, code)
        if not self._language:
            self._held.append(kept)  # until the kernel says what it speaks
        elif self.store is not None:
            self.store.add(kept)

    def follow(self, changes: Sequence[Change]) -> None:
        """Note what became of inputs."""
        for change in changes:
            if isinstance(change, EntryChanged) and change.entry_id in self._unfinished:
                self._note_end(change.entry_id)

    def _note_end(self, cell_id: str) -> None:
        cell = self._transcript.cell(cell_id)
        if cell is None or not cell.status.is_finished:
            return
        self._unfinished.discard(cell_id)
        count = cell.count if cell.count_confirmed else None
        failed = cell.status is CellStatus.FAILED
        self._own[cell_id] = replace(self._own[cell_id], count=count, failed=failed)
        self._view.history.search.correct(self._own[cell_id])
        if self.store is not None:
            self.store.finish(cell_id, count, failed=failed)

    async def _read(self, store: HistoryStore) -> list[PastInput]:
        """Read what was kept since the last time, but for what was entered here; return it."""
        async with self._reading:
            kept = await store.read(self._language, self._row)
            known = frozenset(self._own)
            found, row = await store.apart(lambda: _pasts(kept, known)) or ([], 0)
            self._row = max(self._row, row)
            self._ours += found
        return found

    async def _show(self, theirs: Sequence[PastInput]) -> None:
        """Put the kernel's inputs and ours in one list, beside everything else if it is long."""
        ours = tuple(self._ours)
        if self.store is None:
            search, codes = _prepared(ours, theirs)
        else:
            prepared = await self.store.apart(lambda: _prepared(ours, theirs))
            if prepared is None:
                return
            search, codes = prepared
        for past in (*self._ours[len(ours) :], *self._own.values()):  # come meanwhile
            search.add(past)
        self._view.history.use(search)
        self._view.input.history.load(codes)

    async def _ask(self, request: HistoryRequest) -> list[PastInput]:
        """Ask the kernel; a question that it threw away is asked once more."""
        client = self._client
        if client is None:
            return []
        for _ in range(2):
            try:
                reply = (await client.aside(request, ANSWER_S, patient=True)).content
            except (TimeoutError, ProtocolError):
                return []
            if isinstance(reply, HistoryReply) and not reply.is_aborted:
                return [
                    PastInput(code, str(session) if session else "", line)
                    for (session, line, _), code in zip(reply.history, reply.sources, strict=True)
                ]
        return []

    async def _look_further(self, typed: str) -> None:
        request = HistoryRequest(
            hist_access_type="search", pattern=glob_of(typed), n=FOUND_LENGTH, unique=True
        )
        self._view.history.add_older((await self._ask(request))[::-1])

    async def _catch_up(self, store: HistoryStore) -> None:
        self._view.history.refresh(await self._read(store))

    def _on_store_troubled(self, sentence: str) -> None:
        self.troubled(sentence)

    def _on_opened(self) -> None:
        if self.store is not None and self._is_loaded:
            self._start(self._catch_up(self.store))

    def _on_wanted(self, typed: str) -> None:
        self._on_opened()  # another window may have written meanwhile
        if self._client is not None and self._client.is_ready and len(typed) >= SHORTEST:
            self._start(self._look_further(typed))


def glob_of(typed: str) -> str:
    """Return a pattern that finds the words of a text in their order, in any case (5.5, "History").

    A text with a capital is meant as it is.
    """
    has_case = typed != typed.lower()
    words = ("".join(_glob_letter(each, has_case) for each in word) for word in typed.split())
    return f"*{'*'.join(words)}*"


def _glob_letter(letter: str, has_case: bool) -> str:
    if letter in "*?[":
        return f"[{letter}]"
    if has_case or len(letter.upper()) != 1 or letter.upper() == letter:
        return letter
    return f"[{letter}{letter.upper()}]"


def _pasts(kept: Sequence[Kept], known: frozenset[str]) -> tuple[list[PastInput], int]:
    """Return what is not known yet, and the last row."""
    pasts = [
        PastInput(each.code, each.session, each.number, each.time_s, each.kernel, each.failed)
        for each in kept
        if each.id not in known
    ]
    return pasts, max((each.row for each in kept), default=0)


def _prepared(
    ours: Sequence[PastInput], theirs: Sequence[PastInput]
) -> tuple[HistorySearch, list[str]]:
    inputs = merged(ours, theirs)
    search = HistorySearch()
    search.load(inputs)
    return search, [each.code for each in inputs[-WALK_LENGTH:]]
