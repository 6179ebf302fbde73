"""Completion and call tips in a window, on kernels of any age and two languages."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from support.built_kernels import TODAYS, Built, asked_for
from support.built_windows import window_on_built
from support.patience import PATIENCE_S
from support.window import WindowSession

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

Key = Qt.Key
OBJECTS = """\
class Loud(object):
    'A class that notices.'
    def __repr__(self): ran.append(1); return 'loud'
    __str__ = __repr__
    def __getattr__(self, name): ran.append(2); raise AttributeError(name)
    def method(self, first, second=2):
        'Do it.

        Slowly.'
ran = []; loud = Loud(); loud_noise = len
some_name = some_number = 1""".replace("'Do it.\n\n        Slowly.'", "'Do it.\\n\\nSlowly.'")


PYTHONS = [TODAYS, "ipykernel-6.29.5", "ipython-1.2.1", "xeus-python-0.19.0"]
python = pytest.fixture(scope="module", params=PYTHONS)(asked_for)
todays = pytest.fixture(scope="module", params=[TODAYS])(asked_for)
old = pytest.fixture(scope="module", params=["ipython-1.2.1"])(asked_for)
bash = pytest.fixture(scope="module", params=["bash"])(asked_for)


def offered(session: WindowSession) -> list[str]:
    popup = session.view.completer.popup
    return [popup._rows.item(row).text for row in range(popup.count)] if popup.isVisible() else []


def press(session: WindowSession, key: Qt.Key) -> None:
    QTest.keyClick(session.view.input, key)


async def test_names_of_an_object_are_offered_and_nothing_of_it_runs(
    qt_loop: asyncio.AbstractEventLoop, python: Built
) -> None:
    async with window_on_built(python) as session:
        await session.run(OBJECTS)
        session.type("loud.me", enter=False)
        await session.until(lambda: "method" in "".join(offered(session)))
        await session.until(lambda: session.view.completer.asking.question is None)
        press(session, Key.Key_Tab)
        assert session.view.input.text() == "loud.method"


async def test_a_variable_is_completed_after_an_emoji(
    qt_loop: asyncio.AbstractEventLoop, python: Built
) -> None:
    async with window_on_built(python) as session:
        await session.run(OBJECTS)
        session.view.input.set_text("'👩' + some")  # QTest aborts on it among key clicks
        session.view.input.moveCursor(QTextCursor.MoveOperation.End)
        session.type("_nu", enter=False)
        await session.until(lambda: bool(offered(session)))
        press(session, Key.Key_Tab)
        assert session.view.input.text() == "'👩' + some_number"


async def test_tab_inserts_what_all_names_have_in_common(
    qt_loop: asyncio.AbstractEventLoop, python: Built
) -> None:
    async with window_on_built(python) as session:
        await session.run(OBJECTS)
        session.view.completer.as_you_type = False
        session.type("som", enter=False)
        press(session, Key.Key_Tab)
        await session.until(lambda: session.view.input.text() == "some_n")
        assert {"some_name", "some_number"} <= set(offered(session))


async def test_a_call_tip_shows_the_parameter_and_runs_no_repr(
    qt_loop: asyncio.AbstractEventLoop, python: Built
) -> None:
    async with window_on_built(python) as session:
        await session.run(OBJECTS)
        await session.run("del ran[:]")
        session.type("loud.method(1, ", enter=False)
        label, pane = session.view.call_tips.label, session.view.call_tips.pane
        await session.until(label.isVisible)
        assert label.text == "method(first, second=2)\nDo it."
        assert label.pointed_out == "second=2"
        QTest.keyClick(
            session.view.input,
            Key.Key_Space,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        assert pane.isVisible()
        assert pane.text == "Do it.\n\nSlowly."
        session.view.input.set_text("")
        await session.run("print('ran %d times' % len([one for one in ran if one == 1]))")
        assert "ran 0 times" in session.text()


async def test_documentation_of_what_is_chosen_is_shown_beside_it(
    qt_loop: asyncio.AbstractEventLoop, python: Built
) -> None:
    async with window_on_built(python) as session:
        session.window.resize(1100, 700)
        await session.run(OBJECTS)
        await session.run("del ran[:]")
        session.type("Loud.meth", enter=False)
        pane = session.view.completer.beside.pane
        await session.until(pane.isVisible)
        assert pane.text.startswith("method(self, first, second=2)\n\nDo it.")
        session.view.input.set_text("")
        await session.run("print('ran %d times' % len(ran))")
        assert "ran 0 times" in session.text()


async def test_a_figure_of_a_running_cell_survives_what_is_asked_meanwhile(
    qt_loop: asyncio.AbstractEventLoop, todays: Built
) -> None:
    async with window_on_built(todays) as session:
        await session.run("import matplotlib.pyplot as plt, time\ngo = []")
        await session.run("plt.plot([1])")
        session.type("plt.plot([1, 2])\nwhile not go: time.sleep(0.01)\nlen(plt.get_fignums())")
        cell = session.cells[-1]
        await session.until(lambda: cell.count_confirmed)
        session.type("plt.pl", enter=False)
        await session.until(lambda: "plot" in offered(session))
        session.view.input.set_text("")
        assert session.tab.live is not None
        await _let_go(session)
        await session.until(lambda: cell.status.is_finished)
        session.tab.presenter.flush()
        assert len(cell.outputs) == 2  # the number, and the figure


async def _let_go(session: WindowSession) -> None:
    from vitrail.protocol.requests import ExecuteRequest

    assert session.tab.live is not None
    # As our questions do: code of an aside would be an execution, and take the figure with it.
    request = ExecuteRequest(code="", silent=True, user_expressions={"go": "go.append(1)"})
    await session.tab.live.client.aside(request, PATIENCE_S)


async def test_words_of_the_screen_are_offered_while_an_old_kernel_is_busy(
    qt_loop: asyncio.AbstractEventLoop, old: Built
) -> None:
    async with window_on_built(old) as session:
        await session.run("print('catamaran in the output')")
        session.type("import time; time.sleep(1)")
        await session.until(lambda: session.cells[-1].count_confirmed)
        session.type("cata", enter=False)
        await session.until(lambda: offered(session) == ["catamaran"])
        assert not session.cells[-1].status.is_finished
        press(session, Key.Key_Tab)
        assert session.view.input.text() == "catamaran"
        await session.until(lambda: session.cells[-1].status.is_finished)


async def test_a_restart_is_followed_by_another_probe(qt_loop: asyncio.AbstractEventLoop) -> None:
    from support.window import window_session

    async with window_session() as session:
        probe = session.tab.presenter.probe
        assert probe is not None
        await session.until(lambda: probe.is_there)
        await session.run("before = 1")
        session.tab.restart()
        await session.until(lambda: "Kernel restarted" in session.text())
        await session.ready()
        await session.until(lambda: probe.is_there)
        await session.run("behind = 1")
        # The words of the transcript, both among them, are for when the kernel is slow to answer.
        session.view.completer.words = lambda _typed, _written: ()
        session.type("be", enter=False)
        await session.until(lambda: "behind" in offered(session))
        assert "before" not in offered(session)


async def test_bash_completes_what_it_knows(
    qt_loop: asyncio.AbstractEventLoop, bash: Built
) -> None:
    async with window_on_built(bash) as session:
        assert session.tab.presenter.probe is not None
        assert not session.tab.presenter.probe.is_there
        await session.run("some_variable=1")
        session.type("echo $some_va", enter=False)
        press(session, Key.Key_Tab)
        await session.until(lambda: session.view.input.text() == "echo $some_variable")


async def test_bash_shows_no_tip_and_takes_no_harm(
    qt_loop: asyncio.AbstractEventLoop, bash: Built
) -> None:
    async with window_on_built(bash) as session:
        session.type("printf(", enter=False)
        session.view.call_tips.request()
        assert not session.view.call_tips.label.isVisible()
        session.view.input.set_text("")
        cell = await session.run("echo fine")
        assert cell.status.is_finished
        assert "fine" in session.text()
