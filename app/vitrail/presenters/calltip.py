"""Call tips: the input's question put to whoever knows the signature."""

from collections.abc import Callable, Coroutine

from vitrail.kernel.client import KernelClient
from vitrail.presenters.probe import Probe
from vitrail_widgets.calltip.call_tips import CallTips


class Tipping:
    """Answers what call tips ask."""

    def __init__(
        self, tips: CallTips, start: Callable[[Coroutine[object, object, None]], object]
    ) -> None:
        """Listen to call tips.

        Args:
            tips: Ask, and drop what comes too late.
            start: Runs a coroutine until the console is closed.
        """
        self._tips, self._start = tips, start
        self._client: KernelClient | None = None
        self._probe: Probe | None = None
        tips.wanted.connect(self._on_tips_wanted)

    def attach(self, client: KernelClient, probe: Probe) -> None:
        """Ask this kernel from now on."""
        self._client, self._probe = client, probe

    def _on_tips_wanted(self, code: str, end: int) -> None:
        if self._client is not None and self._client.is_ready:
            from vitrail.presenters.signatures import tell_signature  # a start does without

            self._start(tell_signature(self._client, self._probe, self._tips, code, end))
