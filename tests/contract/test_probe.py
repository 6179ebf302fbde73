"""The probe in real kernels: it answers, and leaves no trace where users look."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from support.built_kernels import TODAYS, Built, asked_for
from support.recorder import Recorder
from support.subjects import READY_S, joined
from vitrail.kernel.client import KernelClient
from vitrail.presenters.probe import Probe
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.requests import ExecuteRequest

pytestmark = pytest.mark.kernel

PYTHONS = (TODAYS, "ipykernel-6.29.5", "ipykernel-5.5.6", "xeus-python-0.19.0", "ipython-1.2.1")


HOSTILE = """\
ran = []
class Hostile(object):
    def __repr__(self): ran.append("repr"); return "x" * 10**9
    def __getattr__(self, name): ran.append("getattr"); return self
    def __len__(self): ran.append("len"); return 10**9
    def __dir__(self): ran.append("dir"); return ["invented"]
    @property
    def __class__(self): ran.append("class"); return dict
    @property
    def acts(self): ran.append("property")
def count(): ran.append("generator"); yield 1
hostile, waiting, loop = Hostile(), count(), []
loop.append(loop)
del ran[:]
"""
ANSWER_S = 60.0

kernel = pytest.fixture(scope="module", params=PYTHONS)(asked_for)
open_kernel = pytest.fixture(scope="module", params=PYTHONS[:2])(asked_for)
deaf_kernel = pytest.fixture(scope="module", params=PYTHONS[2:])(asked_for)


@asynccontextmanager
async def meeting(kernel: Built) -> AsyncIterator[tuple[KernelClient, Recorder, Probe]]:
    """Give a ready client, what it hears, and a probe that was sent."""
    async with AsyncExitStack() as stack:
        client, heard = await joined(kernel.connection, stack)
        probe = Probe(client)
        await probe.send()
        yield client, heard, probe


async def printed(client: KernelClient, heard: Recorder, code: str) -> str:
    exchange = client.execute(code)
    await client.settled(exchange)
    return "".join(stream.text for stream in heard.of(Stream, exchange)).strip()


async def test_it_answers(kernel: Built) -> None:
    async with meeting(kernel) as (client, heard, probe):
        assert probe.is_there
        await printed(client, heard, "import os; apple = 1")
        told = await probe.ask("names", path="")
        assert ["apple", "instance"] in told["names"]
        told = await probe.ask("describe", path="os.path.join")
        assert told["signature"].startswith("(a, *p")


async def test_it_is_in_no_namespace_no_history_and_counts_nothing(kernel: Built) -> None:
    look = "ip = get_ipython(); print('%d %s' % (len(ip.history_manager.input_hist_raw), dir()))"
    async with meeting(kernel) as (client, heard, probe):
        before = (await printed(client, heard, look)).partition(" ")
        await probe.send()
        await probe.ask("names", path="os")
        after = (await printed(client, heard, look)).partition(" ")
        assert int(after[0]) == int(before[0]) + 1
        names = [set(text[2].strip("[]").replace("'", "").split(", ")) for text in (before, after)]
        assert not [new for new in names[1] - names[0] if not re.fullmatch(r"_i+|_i\d+", new)]
        assert "vitrail" not in after[2]


async def test_what_is_looked_at_does_not_notice(kernel: Built) -> None:
    async with meeting(kernel) as (client, heard, probe):
        await printed(client, heard, HOSTILE)
        told = await probe.ask("variables", ANSWER_S, budget_ms=10_000)
        assert {"hostile", "waiting", "loop"} <= {row[0] for row in told["variables"]}
        for name in ("hostile", "waiting", "loop"):
            for op in ("inspection", "picture", "held", "glance"):
                assert await probe.ask(op, ANSWER_S, path=[name]), (op, name)
        assert await printed(client, heard, "print(ran)") == "[]"
        assert await printed(client, heard, "print(next(waiting))") == "1"
        await printed(client, heard, "del hostile, waiting, loop, Hostile, count, ran")


async def test_it_is_sent_again_when_it_is_gone(kernel: Built) -> None:
    async with meeting(kernel) as (client, heard, probe):
        code = "import sys; [sys.modules.pop(n) for n in list(sys.modules) if 'vitrail' in n]"
        await printed(client, heard, code)
        assert await probe.ask("names", path="") == {}
        assert (await probe.ask("names", path=""))["names"]


async def test_users_names_do_not_hide_what_it_needs(kernel: Built) -> None:
    async with meeting(kernel) as (client, heard, probe):
        await printed(client, heard, "eval = compile = sys = types = len = None")
        await probe.send()
        assert (await probe.ask("names", path=""))["names"]
        await printed(client, heard, "del eval, compile, sys, types, len")


async def test_breakpoint_obeys_the_users_choice_and_asks_nobody_who_cannot_answer(
    open_kernel: Built,
) -> None:
    chosen = (
        "import os, sys; os.environ['PYTHONBREAKPOINT'] = 'builtins.print'\n"
        "breakpoint('chosen'); del os.environ['PYTHONBREAKPOINT']"
    )
    own = "sys.breakpointhook, ours = (lambda: print('own')), sys.breakpointhook"
    async with meeting(open_kernel) as (client, heard, probe):
        assert await printed(client, heard, chosen) == "chosen"
        exchange = client.execute("breakpoint(); print('passed')", allow_stdin=False)
        await client.settled(exchange)
        assert "".join(stream.text for stream in heard.of(Stream, exchange)) == "passed\n"
        await printed(client, heard, own)
        await probe.send()
        assert await printed(client, heard, "breakpoint()") == "own"
        await printed(client, heard, "sys.breakpointhook = ours")


async def test_a_running_cell_is_not_disturbed(open_kernel: Built) -> None:
    """`post_execute`, which ends figures, must not run in the middle of a cell."""
    begin = (
        "import time\nran = []\nhook = lambda: ran.append(1)\n"
        "get_ipython().events.register('post_execute', hook)"
    )
    wait = "print('started', flush=True)\nwhile not go: time.sleep(0.005)\nprint(len(ran))"
    async with meeting(open_kernel) as (client, heard, probe):
        await printed(client, heard, begin)
        await printed(client, heard, "go = []")
        before = int(await printed(client, heard, "print(len(ran))"))
        exchange = client.execute(wait)
        await heard.until(lambda: heard.of(Stream, exchange))
        told: dict[str, Any] = {}
        for _ in range(5):
            told = await probe.ask("names", path="")
        assert ["go", "instance"] in told["names"]
        assert client.is_busy
        await _let_go(client)
        await client.settled(exchange)
        text = "".join(stream.text for stream in heard.of(Stream, exchange))
        assert int(text.split()[-1]) - before <= 2  # that of the last cell, and of letting go
        await printed(client, heard, "get_ipython().events.unregister('post_execute', hook)")


async def _let_go(client: KernelClient) -> None:
    await client.aside(ExecuteRequest(code="go.append(1)", allow_stdin=False), READY_S)


async def test_a_kernel_that_would_answer_later_is_not_asked(
    deaf_kernel: Built, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    code = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.005)"
    async with meeting(deaf_kernel) as (client, heard, probe):
        exchange = client.execute(code)
        await heard.until(lambda: client.is_busy)
        assert await probe.ask("names", path="") == {}
        assert client.is_busy
        end.touch()
        await client.settled(exchange)
