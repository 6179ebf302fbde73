"""Completion: the input's question put to the kernel, and its answer put to the input."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, cast

from vitrail.kernel.client import KernelClient
from vitrail.presenters.probe import Probe
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import CompleteReply
from vitrail.protocol.requests import CompleteRequest
from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.editing.completions import Completion, CompletionList, Source
from vitrail_widgets.editing.dotted import DottedName, dotted_name

ANSWER_S: Final = 20.0
"""The first of a fresh ipykernel takes up to 2.7 s, it imports jedi; or the host is busy."""
LOOK_UP_S: Final = 1.0
LOOK_UP_BYTES: Final = 120_000
"""Some three thousand names, which take a few milliseconds to read."""
Start = Callable[[Coroutine[object, object, None]], object]
TYPES = "_jupyter_types_experimental"
NO_KIND = "<unknown>"  # what IPython says when jedi did not


class Completing:
    """Answers what a completer asks: what can be looked up at once, then the kernel's completer.

    The completer of IPython takes up to a second for a name, and slows down what is looked up
    meanwhile: Python runs one thread at a time. So where names were found it is asked once the user
    rests. Of the questions that come while it thinks only the last one is put to it.
    """

    def __init__(self, completer: Completer, start: Start) -> None:
        """Listen to a completer.

        Args:
            completer: Asks, and drops what comes too late.
            start: Runs a coroutine until the console is closed.
        """
        self._completer, self._start = completer, start
        self._client: KernelClient | None = None
        self._probe: Probe | None = None
        self._is_asking = False
        self._next: CompleteRequest | None = None
        self._put: CompleteRequest | None = None  # the last one
        completer.wanted.connect(self._on_completer_wanted)
        completer.rested.connect(self._on_completer_rested)
        completer.description_wanted.connect(self._on_completer_description_wanted)

    def attach(self, client: KernelClient, probe: Probe) -> None:
        """Ask this kernel from now on."""
        self._client, self._probe = client, probe
        self._next = self._put = None

    def _on_completer_wanted(self, code: str, cursor: int) -> None:
        self._put = None
        self._start(self._answer(code, cursor))

    def _on_completer_rested(self, code: str, cursor: int) -> None:
        self._want(CompleteRequest(code=code, cursor_pos=cursor))

    async def _answer(self, code: str, cursor: int) -> None:
        if not await self._look_up(code, cursor):
            self._want(CompleteRequest(code=code, cursor_pos=cursor))

    def _want(self, question: CompleteRequest) -> None:
        """Put a question to the kernel's completer, after the one that it works on."""
        if self._client is None or not self._client.is_ready or question == self._put:
            return
        self._put = self._next = question
        if not self._is_asking:
            self._is_asking = True
            self._start(self._ask(self._client))

    async def _look_up(self, code: str, cursor: int) -> bool:
        """Offer the names that the probe can look up; say whether there are any."""
        name = dotted_name(code, cursor)
        if name is None or self._probe is None:
            return False
        told = await self._probe.ask(
            "names", LOOK_UP_S, path=name.path, prefix=name.prefix, budget_bytes=LOOK_UP_BYTES
        )
        answer = name_list(told, name, code, cursor)
        if answer is not None:
            self._completer.offer(answer)
        return answer is not None and bool(answer.items)

    async def _ask(self, client: KernelClient) -> None:
        """Ask the kernel's completer, beside whatever the kernel runs, until nothing is wanted."""
        try:
            while self._next is not None and client is self._client:
                question, self._next = self._next, None
                await self._ask_one(client, question)
        finally:
            self._is_asking = False

    async def _ask_one(self, client: KernelClient, question: CompleteRequest) -> None:
        code, cursor = question.code, question.cursor_pos
        try:
            reply = await client.aside(question, ANSWER_S)
        except (TimeoutError, ProtocolError):
            self._completer.settle(code, cursor)
            return
        if isinstance(reply.content, CompleteReply) and reply.content.is_ok:
            self._completer.offer(completion_list(reply.content, code, cursor))
        else:
            self._completer.settle(code, cursor)

    def _on_completer_description_wanted(self, item: Completion) -> None:
        if self._client is not None and self._client.is_ready:
            code = self._completer.name_of(item)
            self._start(self._describe(self._client, item, code))

    async def _describe(self, client: KernelClient, item: Completion, code: str) -> None:
        from vitrail.presenters.describing import describe  # a start does without

        described = await describe(client, self._probe, code)
        self._completer.beside.offer(item, described)


def name_list(
    told: dict[str, Any], name: DottedName, code: str, cursor: int
) -> CompletionList | None:
    """Return what the probe says can follow a name; None when it does not say."""
    names = told.get("names")
    if not isinstance(names, list):
        return None
    pairs = cast("list[tuple[str, str]]", names)
    items = tuple(Completion(text, kind) for text, kind in pairs)
    closed = bool(told.get("complete"))
    return CompletionList(items, code, name.start, cursor, cursor, Source.NAMES, closed)


def completion_list(reply: CompleteReply, code: str, cursor: int) -> CompletionList:
    """Return a reply's matches with their kinds, and the stretch of code that they replace.

    Bounds that are absent, relative or out of range are put right: they come from kernels of
    any age (Jupyter messaging 5.5, "Completion").
    """
    end = _bound(reply.cursor_end, cursor, code, default=cursor)
    start = min(_bound(reply.cursor_start, cursor, code, default=cursor), end)
    told = _told(reply.metadata.get(TYPES))
    items = (told.get(text) or Completion(text) for text in dict.fromkeys(reply.matches))
    return CompletionList(tuple(items), code, start, end, cursor)


def _bound(value: int | None, cursor: int, code: str, *, default: int) -> int:
    if value is None:
        return default
    if value < 0:  # relative to the cursor, as adapted protocol 4 replies have it
        value += cursor
    return min(max(0, value), len(code))


def _told(entries: object) -> dict[str, Completion]:
    """Return what IPython's metadata says of each match; anything odd in it is left out."""
    if not isinstance(entries, list):
        return {}
    told: dict[str, Completion] = {}
    for entry in cast("list[object]", entries):
        if not isinstance(entry, dict):
            continue
        fields = cast("dict[str, Any]", entry)
        text, kind, signature = (
            str(fields.get(key) or "") for key in ("text", "type", "signature")
        )
        if text:
            told[text] = Completion(text, "" if kind == NO_KIND else kind, signature)
    return told
