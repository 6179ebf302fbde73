"""Ports for a kernel that nobody else takes before it listens there.

jupyter_client takes them from the range out of which the system numbers outgoing connections. A
client that looks for a kernel that does not listen yet is then connected to itself, once in some
ten thousand attempts (TCP's simultaneous open), and the kernel dies of "Address already in use".
"""

import socket
from collections import deque
from collections.abc import Iterable
from contextlib import ExitStack
from secrets import SystemRandom
from typing import Final

PORTS: Final = range(20_000, 32_768)
"""Below what Linux (32768-60999), macOS and Windows (49152-65535) give to outgoing connections."""

_given: deque[int] = deque(maxlen=1000)
"""What this program gave away lately: the kernels may not listen yet."""


def free_ports(count: int, ip: str = "127.0.0.1", among: Iterable[int] = PORTS) -> list[int]:
    """Return different ports on which nobody listens, in no order that two programs share.

    Args:
        count: How many.
        ip: Where the kernel will listen.
        among: Where to look.

    Raises:
        OSError: There are not that many.
    """
    candidates = list(among)
    dice = SystemRandom()  # thrown for each port: to shuffle them all takes 15 ms of every start
    found: list[int] = []
    with ExitStack() as held:
        while candidates and len(found) < count:
            port = candidates.pop(dice.randrange(len(candidates)))
            if port in _given:
                continue
            trial = held.enter_context(socket.socket())
            if _can_bind(trial, ip, port):
                found.append(port)
    if len(found) < count:
        raise OSError(f"no {count} free ports")
    _given.extend(found)
    return found


def _can_bind(trial: socket.socket, ip: str, port: int) -> bool:
    try:
        trial.bind((ip, port))
    except OSError:
        return False
    return True
