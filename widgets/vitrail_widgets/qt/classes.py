"""Qt's classes, made on the GUI's thread before another thread may ask for one.

PySide6 makes a class when it is first asked for. Two threads that do so at the same moment, be it
in modules that they import or in what Qt returns, end the program: with 6.11.3 in 9 of 30 tries
that were made for it, and now and then where a thread imported pyqtgraph beside a busy window.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from time import perf_counter
from typing import Final

MODULES: Final = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg")


class ClassMaker:
    """Makes all classes of Qt's modules, a few at a time; 0.1 s in all, and 16 MB.

    Attributes:
        is_done: Whether all are there.
    """

    def __init__(self, modules: tuple[str, ...] = MODULES) -> None:
        self.is_done = False
        self._steps = _steps(modules)

    def go_on(self, budget_s: float) -> None:
        """Make some on this thread, which has to be the GUI's, for about so many seconds."""
        until_s = perf_counter() + budget_s
        for _ in self._steps:
            if perf_counter() >= until_s:
                return
        self.is_done = True


def _steps(modules: tuple[str, ...]) -> Iterator[None]:
    for name in modules:
        module = importlib.import_module(name)
        for attribute in dir(module):
            getattr(module, attribute)
            yield


@cache
def qt_classes() -> ClassMaker:
    """Return the program's maker."""
    return ClassMaker()
