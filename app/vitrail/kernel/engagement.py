"""Coming to a kernel that computes for somebody else, and so answers on control alone, if at all.

ipykernel 6 and later answer a kernel_info_request on control while a cell runs; with that they can
be worked with at once: what is sent to the shell waits for its turn.
"""

from vitrail.protocol.channel import Channel
from vitrail.protocol.exchange import Exchange


class Engagement:
    """Keeps the questions that were asked until a kernel was ready."""

    def __init__(self) -> None:
        self._asked: list[Exchange] = []

    def add(self, question: Exchange) -> Exchange:
        """Keep a question; return it."""
        self._asked.append(question)
        return question

    @property
    def wants_control(self) -> bool:
        """Whether to ask on control next: by turns, and always once that alone is answered."""
        if not self._asked:
            return False
        return self.is_on or self._asked[-1].request.channel is Channel.SHELL

    @property
    def is_on(self) -> bool:
        """Whether the kernel has answered on control, and its shell is still to come."""
        shell = [each for each in self._asked if each.request.channel is Channel.SHELL]
        if any(each.reply is not None or each.is_done for each in shell):
            return False
        return any(each.reply is not None for each in self._asked)
