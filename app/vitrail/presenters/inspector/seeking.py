"""Where in a container a key stands: looked for in the kernel, in steps of its budget."""

from typing import Any

from vitrail.presenters.probe import Probe
from vitrail_widgets.objects.target import Target


class SilentError(Exception):
    """The kernel cannot tell now."""


async def place_of(probe: Probe, target: Target, typed: str, after: int | None) -> int | None:
    """Return the place of a key; None where no key is like that.

    Args:
        probe: Is asked.
        target: Holds the keys, or columns with names.
        typed: The key as it is written, or, where there is none, a part of it in any case.
        after: A place, to find the next key after it in which that stands, from the first one on
            when none is left.

    Raises:
        SilentError: The kernel cannot tell now.
    """
    ways = ((True, 0), (False, 0)) if after is None else ((False, after + 1), (False, 0))
    for whole, first in ways:
        at: int | None = first
        while at is not None:
            told: dict[str, Any] = await probe.ask(
                "seek", path=target.path, text=typed, first=at, whole=whole
            )
            if not told:
                raise SilentError
            if isinstance(told["place"], int):
                return told["place"]
            at = told["next"]
    return None
