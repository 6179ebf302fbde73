"""Asking about one object after another."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.patience import soon
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.looking import AbsentError, Looking
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

A, B = Target("a"), Target("b")


class Kernel:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[Target] = []
        self.answers: dict[Target, Any] = {}
        self.gate = asyncio.Event()
        self.gate.set()

    async def ask(self, target: Target) -> str | None:
        self.asked.append(target)
        await self.gate.wait()
        answer = self.answers.get(target)
        if isinstance(answer, Exception):
            raise answer
        return cast("str | None", answer)


def looking(kernel: Kernel) -> Looking[str]:
    execution = SimpleNamespace(last_count=3)
    presenter = SimpleNamespace(execution=execution, probed=[], client=None)
    return Looking(cast("ConsolePresenter", presenter), kernel.ask)


async def test_what_is_told_is_known_with_its_age() -> None:
    kernel = Kernel()
    kernel.answers[A] = "told"
    page = looking(kernel)
    page.show(A)
    await soon(lambda: page.snapshot.about)
    known = page.snapshot
    assert (known.target, known.about, known.freshness, known.count) == (
        A,
        "told",
        Freshness.FRESH,
        3,
    )


async def test_only_the_last_of_many_questions_is_put() -> None:
    kernel = Kernel()
    kernel.answers = {A: "a", B: "b"}
    page = looking(kernel)
    kernel.gate.clear()
    page.show(A)
    await soon(lambda: kernel.asked)
    for target in (B, A, B):
        page.show(target)
    kernel.gate.set()
    await soon(lambda: page.snapshot.about == "b")
    assert kernel.asked == [A, B]


async def test_what_was_told_stays_while_the_kernel_is_silent() -> None:
    kernel = Kernel()
    kernel.answers[A] = "told"
    page = looking(kernel)
    page.show(A)
    await soon(lambda: page.snapshot.about)
    kernel.answers[A] = None
    page.refresh()
    await soon(lambda: page.snapshot.freshness is Freshness.STALE)
    assert page.snapshot.about == "told"
    page.show(B)
    await soon(lambda: page.snapshot.target == B)
    assert page.snapshot.about is None


async def test_the_same_answer_changes_nothing() -> None:
    kernel = Kernel()
    kernel.answers[A] = "told"
    page = looking(kernel)
    page.show(A)
    await soon(lambda: page.snapshot.about)
    changes: list[int] = []
    page.changed = lambda: changes.append(1)
    page.refresh()
    await soon(lambda: len(kernel.asked) == 2)
    page.show(A)
    assert changes == []


async def test_why_there_is_nothing_is_known() -> None:
    kernel = Kernel()
    kernel.answers[A] = AbsentError("There is no a.")
    page = looking(kernel)
    page.show(A)
    await soon(lambda: page.snapshot.reason)
    assert (page.snapshot.reason, page.snapshot.freshness) == ("There is no a.", Freshness.UNABLE)


@pytest.mark.parametrize("turns", range(6))
async def test_a_refresh_is_never_lost(turns: int) -> None:
    kernel = Kernel()
    kernel.answers[A] = "told"
    page = looking(kernel)
    page.show(A)
    await soon(lambda: kernel.asked)
    for _ in range(turns):
        await asyncio.sleep(0)
    kernel.answers[A] = "new"
    page.refresh()
    await soon(lambda: page.snapshot.about == "new")
    page.close()


async def test_nothing_is_asked_after_the_end() -> None:
    kernel = Kernel()
    page = looking(kernel)
    page.show(A)
    page.close()
    await asyncio.sleep(0)
    assert kernel.asked == []
