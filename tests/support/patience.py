"""How long tests wait for what is promised, on a machine where ten others want the processor.

Only a failing test waits so long: all wait for conditions, and go on as soon as they hold.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

PATIENCE_S: Final = 60.0
_POLL_S: Final = 0.005


async def until(
    condition: Callable[[], object],
    situation: Callable[[], str] = lambda: "",
    poll_s: float = _POLL_S,
) -> None:
    """Wait until *condition* holds; asyncio lets no other task in between that and the caller.

    Args:
        condition: Looked at again and again.
        situation: Tells what a failed wait was looking at.
        poll_s: How often.

    Raises:
        AssertionError: It did not hold in time.
    """
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await asyncio.sleep(poll_s)
    except TimeoutError:
        raise AssertionError(f"in vain:\n{situation()}") from None


soon: Final = partial(until, poll_s=0.0)
"""The same at every turn of the loop, for what waits for nothing outside of it."""
