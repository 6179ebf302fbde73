"""The probe: our code in a Python kernel, sent there once and asked on asides.

It answers without running anything of the user's; see `vitrail_resources/kernel/python_probe.py`.
"""

import asyncio
import hashlib
import json
from functools import cache
from typing import Any, Final, cast

from vitrail.kernel.client import KernelClient
from vitrail.protocol.channel import Channel
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Message
from vitrail.protocol.replies import ExecuteReply, KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest
from vitrail_resources import probe_part, python_probe

ANSWER_S: Final = 2.0
PATIENCE_S: Final = 86_400.0
"""The cells before it may take as long; a timer of Qt can wait for three weeks at most."""

ATTEMPTS: Final = 3
"""To send it: an error in a cell makes the kernel abort what waits behind it."""

GRID: Final = (
    *("variables", "paths", "grid_cells", "grid_tables"),
    *("grid_vectors", "grid_order", "grid"),
)
DRAWING: Final = ("numbers", "arrays", "pictures")
VALUE: Final = ("variables", "paths", *DRAWING, "scalars", "items", "held", "values")
PARTS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("variables", "previews", "variables_close"), ("variables", "listing")),
    "glance": ("variables", "paths"),
    "members": ("variables", "paths", "members"),
    "run": ("variables", "paths", "members", "running"),
    "forget": ("variables", "paths", "members", "running"),
    "inspection": ("variables", "paths", "inspection"),
    **dict.fromkeys(("grid_open", "grid_columns", "grid_page", "grid_close"), GRID),
    "grid_find": GRID,
    "grid_summary": (*GRID, "grid_summary"),
    "source": ("variables", "paths", "inspection", "source"),
    **dict.fromkeys(("picture", "held", "seek", "element", "show"), VALUE),
}
"""The further parts of the probe that an operation needs, in the order in which they are sent."""

_KEY: Final = "vitrail"
_HELLO: Final[dict[str, Any]] = {"op": "hello"}


class Probe:
    """Asks one kernel's probe.

    Questions that would disturb a running cell, or wait for its end, are not put.
    """

    def __init__(self, client: KernelClient) -> None:
        self._client = client
        self._is_there = self._is_hushed = self._is_sending = self._is_refused = False
        self._parts: set[str] = set()
        self._letting_go: set[asyncio.Task[dict[str, Any]]] = set()

    @property
    def is_there(self) -> bool:
        """Whether the kernel has it."""
        return self._is_there

    @property
    def is_refused(self) -> bool:
        """Whether it was sent in vain: the kernel does without."""
        return self._is_refused

    @property
    def is_deaf(self) -> bool:
        """Whether the kernel cannot be asked now: it works, and nothing is answered beside that."""
        return self._client.is_busy and not self._is_hushed

    async def send(self) -> None:
        """Send it, if the kernel is a Python; behind the cells that wait, as a cell of its own.

        The main shell is used on purpose: in a subshell the hooks of IPython would run in the
        middle of a cell (see `hush` in the probe).
        """
        info = self._client.kernel_info
        if info is None or not speaks_python(info) or self._is_sending:
            return
        self._is_sending, self._is_there, self._is_refused = True, False, False
        self._parts.clear()
        try:
            for _ in range(ATTEMPTS):
                reply = await self._client.ask(
                    _question(_installation()), channel=Channel.SHELL, timeout_s=PATIENCE_S
                )
                if self._take_hello(reply):
                    if self._is_hushed:  # find the way there, before anybody waits for it
                        await self.ask(**_HELLO)
                    return
        except (TimeoutError, ProtocolError):
            pass  # the kernel ended, or is no IPython; it does without
        finally:
            self._is_sending, self._is_refused = False, not self._is_there

    async def ask(self, op: str, timeout_s: float = ANSWER_S, **fields: Any) -> dict[str, Any]:
        """Ask, and return what is told; empty when nothing is known, or not now.

        Beside what the operation tells, `ms` says what it took of the kernel's time.

        Args:
            op: One of the probe's `OPERATIONS`.
            timeout_s: After which the answer is no longer waited for.
            fields: Of the question; `budget_ms` and `budget_bytes` among them.
        """
        return _answer(await self.told(op, timeout_s, **fields))

    async def told(self, op: str, timeout_s: float = ANSWER_S, **fields: Any) -> dict[str, Any]:
        """Ask, and return all that was said: "ok", or "unknown" or "error" with the reason.

        It is empty when nothing was said: there is no probe, or not now. Arguments as for `ask`.
        """
        if not self._is_there or self.is_deaf:
            return {}
        for part in PARTS.get(op, ()):
            if not await self._has(part, timeout_s):
                return {}
        return await self._put(_asking({"op": op, **fields}), timeout_s) or {}

    async def run(self, op: str, **fields: Any) -> dict[str, Any]:
        """Ask what runs code of the user's: behind the cells, for as long as it takes.

        It runs where cells do, and an interrupt ends it.
        """
        for part in PARTS[op]:
            if not self._is_there or not await self._has(part, ANSWER_S):
                return {}
        question = _question(_asking({"op": op, **fields}))
        try:
            reply = await self._client.ask(question, channel=Channel.SHELL, timeout_s=PATIENCE_S)
        except (TimeoutError, ProtocolError):
            return {}
        return _answer(_told(reply) or {})

    def let_go(self, op: str, **fields: Any) -> None:
        """Have the kernel forget what it keeps for us, if it is there; nobody waits for it."""
        if self._client.is_ready:
            task = asyncio.get_running_loop().create_task(self.told(op, **fields))
            self._letting_go.add(task)
            task.add_done_callback(self._letting_go.discard)

    async def _has(self, part: str, timeout_s: float) -> bool:
        """See to it that the probe has a part; say whether it does."""
        if part not in self._parts:
            if await self._put(_extending(probe_part(part)), timeout_s) is None:
                return False
            self._parts.add(part)
        return True

    async def _put(self, expression: str, timeout_s: float) -> dict[str, Any] | None:
        """Return what an expression tells, None for nothing; send the probe if it is gone."""
        question = _question(expression)
        try:
            reply = await self._client.aside(question, timeout_s, quick=self._is_hushed)
        except (TimeoutError, ProtocolError):
            return None
        told = _told(reply)
        if told is None and _is_missing(reply):
            self._is_there = False
            await self.send()
        return told

    def _take_hello(self, reply: Message) -> bool:
        """Note what the probe says of itself; say whether there is no use in trying again."""
        content = reply.content
        if not isinstance(content, ExecuteReply) or content.is_aborted:
            return False
        hello = _mapping((_told(reply) or {}).get("ok"))
        self._is_there = bool(hello)
        self._is_hushed = bool(hello.get("hushed"))
        return True


def speaks_python(info: KernelInfoReply) -> bool:
    """Tell whether a kernel's language is Python, of any version."""
    return info.language_info.name.lower() == "python"


@cache
def _name() -> str:
    """Return the name of its module; another one for every version of the code."""
    return f"_vitrail_probe_{hashlib.sha256(python_probe().encode()).hexdigest()[:12]}"


@cache
def _installation() -> str:
    """Return the expression that makes the module, unless it is there, and greets it.

    It binds no name and looks up nothing that a user may have given another meaning but
    `__import__`.
    """
    make = (
        "(lambda sys, types: (lambda b: sys.modules.get({name!r}) or [m for m in"
        " [types.ModuleType({name!r})] if not b.eval(b.compile({source!r}, '<vitrail probe>',"
        " 'exec', 0, True), m.__dict__) and not sys.modules.__setitem__({name!r}, m)][0])"
        "(sys.modules.get('builtins') or sys.modules['__builtin__']).ask({hello!r}))"
        "(__import__('sys'), __import__('types'))"
    )
    return make.format(name=_name(), source=python_probe(), hello=json.dumps(_HELLO))


def _asking(question: dict[str, Any]) -> str:
    return f"__import__('sys').modules[{_name()!r}].ask({json.dumps(question)!r})"


def _extending(source: str) -> str:
    return f"__import__('sys').modules[{_name()!r}].extend({source!r})"


def _question(expression: str) -> ExecuteRequest:
    return ExecuteRequest(
        code="",
        silent=True,
        store_history=False,
        allow_stdin=False,
        user_expressions={_KEY: expression},
    )


def _evaluated(reply: Message) -> dict[str, Any]:
    content = reply.content
    if not isinstance(content, ExecuteReply):
        return {}
    return _mapping(_mapping(content.user_expressions).get(_KEY))


def _told(reply: Message) -> dict[str, Any] | None:
    """Return the answer in a reply; None when there is none."""
    text = _mapping(_evaluated(reply).get("data")).get("text/plain")
    try:
        return _mapping(json.loads(text)) if isinstance(text, str) else None
    except ValueError:
        return None


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    answer = _mapping(told.get("ok"))
    return answer | {"ms": told.get("ms", 0.0)} if answer else {}


def _is_missing(reply: Message) -> bool:
    """Tell whether the module is gone: the kernel is another run, or somebody cleaned up."""
    return _evaluated(reply).get("ename") == "KeyError"


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
