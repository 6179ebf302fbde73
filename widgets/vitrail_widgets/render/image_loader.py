"""Decodes large images while the window stays responsive."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication, QTimer
from shiboken6 import isValid

from vitrail_widgets.qt.collecting import CollectionPause
from vitrail_widgets.qt.yielding import QuickSwitching

if TYPE_CHECKING:
    from vitrail_widgets.qt.classes import ClassMaker

LOOK_MS = 8
SLICE_S = 0.004
"""Of the GUI's time, for classes that have to be there before the first thread is."""

Work = Callable[[], Any]
Taker = Callable[[Any], None]


class ImageLoader:
    """Does one piece of work after the other on a thread that ends when there is none.

    The thread touches no object of the GUI's; results are fetched from the event loop. Qt gives the
    interpreter free while it decodes. A program that ends waits for the image in hand.
    """

    def __init__(self, classes: "ClassMaker | None" = None) -> None:
        """Prepare.

        Args:
            classes: Has to be done before the first thread starts; the program's when None.
        """
        self._given_classes = classes
        self._waiting: OrderedDict[Hashable, tuple[Work, WeakMethod[Taker]]] = OrderedDict()
        self._current: _Decoding | None = None
        self._timer: QTimer | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being decoded, or waits for that."""
        return self._current is None and not self._waiting

    def request(self, key: Hashable, work: Work, taker: Taker) -> None:
        """Have work done soon, and its result taken from the event loop.

        Args:
            key: Work that waits under the same key is forgotten.
            work: Runs on another thread.
            taker: A method; it is not called, nor is waiting work done, when its object is gone.
        """
        self._waiting[key] = (work, WeakMethod(taker))
        if self._current is None:
            self._begin()

    @property
    def _classes(self) -> "ClassMaker":
        from vitrail_widgets.qt.classes import qt_classes  # a start decodes nothing

        return self._given_classes or qt_classes()

    def _begin(self) -> None:
        if self._classes.is_done:
            self._current = self._next()
        if self._timer is None or not isValid(self._timer):
            # Owned by the application: whatever thread collects garbage, it does not delete this.
            self._timer = QTimer(QCoreApplication.instance())
            self._timer.setInterval(LOOK_MS)
            self._timer.timeout.connect(self._on_timer_timeout)
        if self.is_idle:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _next(self) -> "_Decoding | None":
        while self._waiting:
            _, (work, taker) = self._waiting.popitem(last=False)
            if taker() is not None:
                return _Decoding(work, taker)
        return None

    def _on_timer_timeout(self) -> None:
        current = self._current
        if current is None:
            self._classes.go_on(SLICE_S)
            self._begin()
        elif not current.is_running:
            self._begin()
            current.deliver()


@cache
def shared_loader() -> ImageLoader:
    """Return the program's loader."""
    return ImageLoader()


class _Decoding:
    """Work on a thread of its own."""

    def __init__(self, work: Work, taker: "WeakMethod[Taker]") -> None:
        self._work = work
        self._taker = taker
        self._done: Any = None
        self._pause = CollectionPause()
        self._switching = QuickSwitching()
        self._thread = Thread(target=self._run, name="image decoding")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def deliver(self) -> None:
        self._switching.end()
        self._pause.end()
        taker = self._taker()
        if taker is not None and self._done is not None:
            taker(self._done)

    def _run(self) -> None:
        self._done = self._work()
