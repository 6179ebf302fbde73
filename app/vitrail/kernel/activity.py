"""What a kernel is known to work on: counted by request, for statuses of asides come in between."""

from collections.abc import Callable

from vitrail.kernel.engagement import Engagement


class Activity:
    """The visible requests, ours and others', that a kernel has begun and not ended.

    Attributes:
        engagement: What it had begun before we came.
    """

    def __init__(self, changed: Callable[[], None] | None, *, is_shared: bool) -> None:
        """Prepare.

        Args:
            changed: Called when `is_busy`, or what else `tell` is called for, is another one.
            is_shared: Whether the kernel may be busy when we come, with others' code.
        """
        self.engagement = Engagement()
        self._changed = changed
        self._is_shared = is_shared
        self._busy: set[str] = set()

    @property
    def is_busy(self) -> bool:
        """Whether the kernel works on something that is visible."""
        return bool(self._busy) or self.engagement.is_on

    def begin(self) -> None:
        """Come to the kernel anew; whether it is engaged is still to be seen."""
        self.engagement = Engagement()

    def reset(self) -> None:
        """Forget what it worked on: it died, or is another one now."""
        self._busy.clear()
        self.tell()

    def note(self, state: str, msg_id: str) -> None:
        """Take note of a status that a visible request caused."""
        was_busy = self.is_busy
        if state == "busy":
            self._busy.add(msg_id)
        else:
            self._busy.discard(msg_id)
        if self.is_busy is not was_busy:
            self.tell()

    def drop(self, msg_id: str) -> bool:
        """Forget a request that is settled; whether `is_busy` is another one, still to be told."""
        was_busy = self.is_busy
        self._busy.discard(msg_id)
        return self.is_busy is not was_busy

    def question_settled(self) -> None:
        """Take note of the end of a hidden request: it may have ended the engagement."""
        if self._is_shared:
            self.tell()

    def tell(self) -> None:
        """Say that something is another one."""
        if self._changed is not None:
            self._changed()
