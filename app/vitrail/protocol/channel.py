"""Channel. A module of its own: a kernel is launched before the message types are imported."""

from enum import StrEnum


class Channel(StrEnum):
    """The five sockets of a kernel."""

    SHELL = "shell"
    CONTROL = "control"
    IOPUB = "iopub"
    STDIN = "stdin"
    HEARTBEAT = "hb"
