"""What every message content is, and the one for types that we do not know."""

from typing import Any

import msgspec


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all message contents. Fields that a class does not name are ignored on receipt.

    Frozen means that fields are not assigned again; the dicts inside are the message's own
    and are not to be changed either.
    """


class Reply(Content, frozen=True, kw_only=True):
    """What all replies share.

    ``status`` is ``"ok"``, ``"error"``, ``"aborted"`` (deprecated since 5.1, still sent by
    ipykernel 7.4) or ``"abort"`` (bash_kernel 0.10, IRkernel 1.3). ijavascript 5.2 and IPython
    3.2 leave it out of some replies. The other three fields are filled when it is "error".

    Source:
        Jupyter messaging 5.5, "Request-Reply".
    """

    status: str = "ok"
    ename: str = ""
    evalue: str = ""
    traceback: list[str] = msgspec.field(default_factory=list[str])

    @property
    def is_ok(self) -> bool:
        """Tell whether the request succeeded."""
        return self.status == "ok"

    @property
    def is_aborted(self) -> bool:
        """Tell whether the request was thrown out of the queue without being tried."""
        return self.status in ("aborted", "abort")


class Unknown(Content, frozen=True, kw_only=True):
    """The content of a message type that is in no table: kept whole, counted, ignored."""

    msg_type: str
    fields: dict[str, Any]
