"""What items hold, asked for when they are opened."""

import asyncio
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from support.patience import soon
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.branches import PAGE, Branches
from vitrail_widgets.objects.holding import MOST_BELOW
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Item, Items

CRATE = Target("crate")
BOX, JAR = CRATE.item(0, "[0]"), CRATE.item(1, "[1]")


class Kernel:
    """Tells of lists of numbers, by where they stand; of nothing while it is silent."""

    def __init__(self) -> None:
        self.sizes = {str(place.path): 3 for place in (BOX, JAR, BOX.item(2, "[2]"))}
        self.asked: list[tuple[str, int, int]] = []
        self.is_silent = False

    async def told(self, op: str, *, path: list[Any], after: int, most: int) -> dict[str, Any]:
        assert op == "held"
        self.asked.append((str(path), after, most))
        await asyncio.sleep(0)
        if self.is_silent:
            return {}
        size = self.sizes.get(str(path))
        if size is None:
            return {"unknown": "1"}
        rows = [list(item(at)) for at in range(after, min(size, after + most))]
        return {"ok": {"rows": rows, "offset": after, "total": size, "identity": 1}}


def item(at: int) -> Item:
    return Item(str(at), "int", "", 28, str(at), "item", at, f"[{at}]")


def body(count: int) -> Items:
    return Items(tuple(item(at) for at in range(count)), 0, count, PAGE)


def branches_on(kernel: Kernel) -> Branches:
    presenter = SimpleNamespace(probe=kernel)
    return Branches(cast("ConsolePresenter", presenter), lambda: None)


def has_rows(branches: Branches, count: int) -> bool:
    return BOX in branches.known and len(branches.known[BOX].rows) == count


async def test_what_is_opened_is_asked_for_and_then_more_of_it() -> None:
    kernel = Kernel()
    kernel.sizes[str(BOX.path)] = PAGE + 5
    branches = branches_on(kernel)
    branches.open(BOX)
    await soon(lambda: BOX in branches.known)
    assert (len(branches.known[BOX].rows), branches.known[BOX].total) == (PAGE, PAGE + 5)
    branches.open(BOX)
    branches.open(BOX)  # impatience asks twice, and counts once
    await soon(lambda: len(branches.known[BOX].rows) > PAGE)
    await soon(lambda: len(kernel.asked) == 3)
    assert [row.at for row in branches.known[BOX].rows] == list(range(PAGE + 5))


async def test_no_more_than_a_thousand_items_of_one_stand_below_it() -> None:
    kernel = Kernel()
    kernel.sizes[str(BOX.path)] = 10_000_000
    branches = branches_on(kernel)
    for count in range(PAGE, MOST_BELOW + PAGE, PAGE):
        branches.open(BOX)
        await soon(partial(has_rows, branches, count))
    asked = len(kernel.asked)
    branches.open(BOX)
    branches.open(JAR)
    await soon(lambda: JAR in branches.known)
    assert len(branches.known[BOX].rows) == MOST_BELOW
    assert len(kernel.asked) == asked + 1, "for the other one"
    await branches.renew(CRATE, body(2))
    assert len(branches.known[BOX].rows) == MOST_BELOW, "a cell takes none of them away"


async def test_a_renewal_asks_again_for_what_still_stands_there() -> None:
    kernel = Kernel()
    branches = branches_on(kernel)
    within = BOX.item(2, "[2]")
    for place in (BOX, JAR, within):
        branches.open(place)
    await soon(lambda: len(branches.known) == 3)
    kernel.sizes[str(BOX.path)] = 2
    await branches.renew(CRATE, body(1))
    assert [*branches.known] == [BOX], "one is off the page, another one went with its holder"
    assert branches.known[BOX].total == 2


async def test_what_was_told_stays_while_the_kernel_is_silent() -> None:
    kernel = Kernel()
    branches = branches_on(kernel)
    branches.open(BOX)
    await soon(lambda: BOX in branches.known)
    before = branches.known[BOX]
    kernel.is_silent = True
    await branches.renew(CRATE, body(1))
    assert branches.known == {BOX: before}


async def test_what_is_opened_during_a_renewal_is_kept() -> None:
    kernel = Kernel()
    branches = branches_on(kernel)
    branches.open(BOX)
    await soon(lambda: BOX in branches.known)
    renewal = asyncio.ensure_future(branches.renew(CRATE, body(2)))
    branches.open(JAR)
    await renewal
    await soon(lambda: set(branches.known) == {BOX, JAR})


async def test_nothing_comes_back_that_was_cleared() -> None:
    branches = branches_on(Kernel())
    branches.open(BOX)
    await soon(lambda: BOX in branches.known)
    renewal = asyncio.ensure_future(branches.renew(CRATE, body(1)))
    await asyncio.sleep(0)
    branches.clear()
    await renewal
    assert branches.known == {}
