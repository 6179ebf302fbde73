"""A bounded memory of the signatures seen, so that a recorded message cannot be sent again."""

from itertools import islice

DEFAULT_LIMIT = 65_536  # as jupyter_client's Session.digest_history_size


class ReplayGuard:
    """Remembers the latest signatures of one kernel connection.

    One guard per connection: a process that connects twice to a kernel sees every iopub
    signature twice. A limit of 0 turns it off.
    """

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self._limit = limit
        self._seen: dict[bytes, None] = {}  # in order of arrival

    def __len__(self) -> int:
        return len(self._seen)

    def __contains__(self, signature: bytes) -> bool:
        return signature in self._seen

    def remember(self, signature: bytes) -> bool:
        """Add a *verified* signature.

        Returns:
            False when it was there already: the message is a replay.
        """
        if signature in self._seen:
            return False
        if self._limit > 0:
            self._seen[signature] = None
            if len(self._seen) > self._limit:
                self._forget_oldest()
        return True

    def _forget_oldest(self) -> None:
        # jupyter_client drops a random tenth; the oldest tenth is what a replay is least likely of.
        surplus = max(self._limit // 10, len(self._seen) - self._limit)
        for signature in list(islice(self._seen, surplus)):
            del self._seen[signature]
