"""Says in the console that the way to a kernel was interrupted, and that it is open again."""

from vitrail.presenters.execution import Execution
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import NoticeLevel


class WayNotices:
    """One notice when the trouble begins, however often another attempt fails, and one after it."""

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
        self._is_told = False

    def tell(self, trouble: str) -> None:
        """Take note of what the trouble is now, empty for none."""
        if bool(trouble) is self._is_told:
            return
        self._is_told = bool(trouble)
        if trouble:
            self._execution.notice(NoticeLevel.WARN, tr("{trouble} Trying again.", trouble=trouble))
        else:
            self._execution.notice(NoticeLevel.INFO, tr("The way to the kernel is open again"))
