"""What a kernel is doing, computed from what is known; never stored beside it."""

from enum import StrEnum


class Launch(StrEnum):
    """The process, as far as it is ours. A kernel we attached to is RUNNING until told else."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    EXITED = "exited"


class Link(StrEnum):
    """The sockets: CONNECTING until the kernel answered, SILENT while it misses heartbeats."""

    CONNECTING = "connecting"
    LIVE = "live"
    SILENT = "silent"
    CLOSED = "closed"


class KernelState(StrEnum):
    """What is shown."""

    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    RESTARTING = "restarting"
    DISCONNECTED = "disconnected"
    DEAD = "dead"


_BY_LAUNCH = {Launch.EXITED: KernelState.DEAD, Launch.RESTARTING: KernelState.RESTARTING}
_BY_LINK = {
    Link.CONNECTING: KernelState.STARTING,
    Link.SILENT: KernelState.DISCONNECTED,
    Link.CLOSED: KernelState.DISCONNECTED,
}


def kernel_state(launch: Launch, link: Link, *, is_busy: bool) -> KernelState:
    """Compute what to show: the process decides, then the sockets, then what the kernel says."""
    if launch in _BY_LAUNCH:
        return _BY_LAUNCH[launch]
    if launch is Launch.STARTING and link is not Link.CLOSED:
        return KernelState.STARTING
    if link in _BY_LINK:
        return _BY_LINK[link]
    return KernelState.BUSY if is_busy else KernelState.IDLE
