"""Keys are looked for in the kernel, in steps."""

from typing import Any, cast

import pytest

from vitrail.presenters.inspector.seeking import SilentError, place_of
from vitrail.presenters.probe import Probe
from vitrail_widgets.objects.target import Target

CRATE = Target("crate")
STEP = 10


class Kernel:
    """Has keys, and looks at ten of them in a question; says nothing while it has none."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        self.asked: list[tuple[bool, int]] = []

    async def ask(
        self, op: str, *, path: Any, text: str, first: int, whole: bool
    ) -> dict[str, Any]:
        assert (op, path) == ("seek", CRATE.path)
        self.asked.append((whole, first))
        if not self.keys:
            return {}
        for place in range(first, min(first + STEP, len(self.keys))):
            if text == self.keys[place] if whole else text in self.keys[place]:
                return {"place": place, "next": None}
        return {"place": None, "next": first + STEP if first + STEP < len(self.keys) else None}


async def sought(kernel: Kernel, typed: str, after: int | None = None) -> int | None:
    return await place_of(cast("Probe", kernel), CRATE, typed, after)


async def test_the_key_itself_comes_before_those_in_which_it_stands() -> None:
    kernel = Kernel(*("an apple", *"abcdefghijklmnop", "apple"))
    assert await sought(kernel, "apple") == 17
    assert kernel.asked == [(True, 0), (True, 10)]


async def test_the_next_one_is_found_from_a_place_on_and_then_from_the_first() -> None:
    kernel = Kernel("apple", "pear", "an apple", "plum")
    assert await sought(kernel, "apple", 0) == 2
    assert await sought(kernel, "apple", 2) == 0


async def test_what_stands_nowhere_is_looked_for_once() -> None:
    kernel = Kernel("apple", "pear")
    assert await sought(kernel, "plum") is None
    assert kernel.asked == [(True, 0), (False, 0)]


async def test_a_kernel_that_says_nothing_is_not_asked_again() -> None:
    kernel = Kernel()
    with pytest.raises(SilentError):
        await sought(kernel, "plum")
    assert len(kernel.asked) == 1
