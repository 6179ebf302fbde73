"""Which run of a kernel speaks: whether somebody else restarted it, on the same ports.

Its status "starting" says so, but who reconnects a moment later has missed that. A new run also
writes a new session id into its headers (Jupyter messaging 5.5, "General Message Format").
"""

from vitrail.protocol.messages import Message


class Incarnation:
    """Tells runs apart by the session ids of what a kernel sends."""

    def __init__(self) -> None:
        self._present = ""
        self._former: set[str] = set()

    def is_another(self, message: Message) -> bool:
        """Take note of a message on iopub; whether it is the first one of another run.

        Only there: a bridge was recorded whose replies come from two.
        IRkernel 1.3 and ijavascript 5.2 write the client's session id instead of their own,
        xeus-python 0.19 none into its welcome. A kernel that returns to an id that it had is no
        new run but one with several voices.
        """
        session = message.header.session
        if session == self._present or not session or session in self._former:
            return False
        if message.parent is not None and message.parent.session == session:
            return False
        had, self._present = self._present, session
        self._former.add(session)
        return bool(had)
