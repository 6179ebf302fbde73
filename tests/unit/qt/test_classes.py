"""Qt's classes are there before a thread may ask for one."""

import subprocess
import sys
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.classes import MODULES, ClassMaker
from vitrail_widgets.render.image_loader import ImageLoader

SCRIPT = """
import sys, threading
from vitrail_widgets.qt.classes import MODULES, ClassMaker
maker = ClassMaker()
while not maker.is_done:
    maker.go_on(0.001)
sys.setswitchinterval(1e-6)
def ask(names):
    for name in names:
        getattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2])
names = [f"{module}.{name}" for module in MODULES for name in dir(sys.modules[module])]
thread = threading.Thread(target=ask, args=(names[::-1],))
thread.start()
ask(names)
thread.join()
print(len(names))
"""


class Taker:
    def __init__(self) -> None:
        self.taken: list[bool] = []

    def take(self, result: bool) -> None:
        self.taken.append(result)


def test_maker_goes_on_where_it_stopped_until_all_are_made(qapp: object) -> None:
    maker, times = ClassMaker(), 0
    while not maker.is_done:
        maker.go_on(0.0)
        times += 1
    assert times > sum(len(dir(sys.modules[name])) for name in MODULES) > 500


def test_no_thread_starts_before_the_classes_are_made(qtbot: QtBot) -> None:
    maker, taker = ClassMaker(), Taker()
    loader = ImageLoader(maker)
    loader.request(1, maker_is_done(maker), taker.take)
    assert not maker.is_done
    assert not loader.is_idle
    qtbot.waitUntil(lambda: loader.is_idle)
    assert taker.taken == [True]


def test_two_threads_may_ask_for_all_classes_at_once_then() -> None:
    """Without the maker it ends a third of such programs, with a segmentation fault."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 500


def maker_is_done(maker: ClassMaker) -> Callable[[], bool]:
    return lambda: maker.is_done
