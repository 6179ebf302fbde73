"""When completions are asked for, and whether an answer is still one to the question."""

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

AFTER_TYPING_MS = 10  # letters that come quicker are asked about together
REST_MS = 120  # without a key, after which a slow answer is worth its work
WORDS_MS = 150  # after which the words of the screen are offered, if nobody has answered


class Asking(QObject):
    """Keeps the question that is open, and the pauses after which something is done.

    Attributes:
        question: Code and cursor (code points) that are asked about; None when nothing is open.
        by_tab: Whether the last question was put by a key, and not by typing.

    Signals:
        typed: Letters have come, and for a moment no more.
        rested: Nothing was typed for a while, or it was Tab that asked.
        overdue: Nobody has answered for so long that others may.
    """

    typed = Signal()
    rested = Signal()
    overdue = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.question: tuple[str, int] | None = None
        self.by_tab = False
        self._after_typing = self._timer(AFTER_TYPING_MS, self.typed)
        self._rest = self._timer(REST_MS, self.rested)
        self._words = self._timer(WORDS_MS, self.overdue)

    def note_typing(self) -> None:
        """Note a letter that completions may be asked for."""
        self._after_typing.start()

    def note_key(self) -> None:
        """Note a key: who rests begins anew."""
        if self._rest.isActive():
            self._rest.start()

    def ask(self, code: str, cursor: int, *, by_tab: bool) -> None:
        """Open a question in the place of the last one."""
        self.question, self.by_tab = (code, cursor), by_tab
        self._after_typing.stop()
        self._words.start()
        self._rest.start(0 if by_tab else REST_MS)

    def settle(self) -> None:
        """Close the question: the last answer is there."""
        self.question = None
        self._words.stop()

    def abandon(self) -> None:
        """Close the question; nobody wants an answer."""
        self.settle()
        self._rest.stop()
        self._after_typing.stop()

    def hush(self) -> None:
        """Ask nothing about what was typed just now."""
        self._after_typing.stop()

    def is_outrun(self, code: str, cursor: int) -> bool:
        """Tell whether the code that is asked about is no longer there."""
        if self.question is None:
            return False
        asked, then = self.question
        return cursor < then or not code.startswith(asked[:then])

    def _timer(self, pause_ms: int, done: SignalInstance) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause_ms)
        timer.timeout.connect(done)
        return timer
