"""The value page where the kernel is old, of another language, or cannot answer now."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot

from support.built_kernels import Built, asked_for
from support.inspecting import dock, inspect, known, page, until_drawn
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.inspector.value.page import ValuePage
from vitrail_widgets.inspector.value.veil import Veil
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.look import DEFAULT, Look
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Items, Labelled, Nothing, Shown, Value
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

OLD, OTHER = "ipython-1.2.1", "bash"


kernel = pytest.fixture(asked_for)


class Silent:
    """A source that tells nothing more."""

    look: Look = DEFAULT
    shown: Shown | None = None
    branches: Mapping[Target, Items] = MappingProxyType({})

    def open_item(self, place: Target) -> None:
        pass

    def seek(self, typed: str, after: int | None, tell: object) -> None:
        pass

    def look_at(self, look: Look) -> None:
        self.look = look

    def tell_element(self, at: tuple[int, ...], tell: object) -> None:
        pass

    def show_itself(self) -> None:
        pass

    def forget_shown(self) -> None:
        pass


@pytest.mark.qasync
@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_an_old_kernel_tells_values(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("crate = {u'apples': [3, 4]}")
        inspect(session, "crate")
        await until_drawn(session, ItemsBody)
        assert ("length", "1") in page(session).facts.facts


@pytest.mark.qasync
@pytest.mark.parametrize("kernel", [OTHER], indirect=True)
async def test_a_kernel_of_another_language_says_that_it_cannot(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        inspect(session, "HOME")
        await session.until(lambda: known(session).freshness is Freshness.UNABLE)
        assert dock(session).pane.empty.text() == "Only Python kernels can tell values."


@pytest.mark.qasync
@in_window
async def test_a_name_that_is_gone_says_so(session: WindowSession) -> None:
    await session.run("pear = 1")
    inspect(session, "pear")
    await session.until(lambda: known(session).about is not None)
    await session.run("del pear")
    await session.until(lambda: "no pear" in dock(session).pane.empty.text())


def test_what_may_have_changed_stays_and_is_greyed(qtbot: QtBot) -> None:
    shown = ValuePage()
    qtbot.addWidget(shown)
    shown.apply_theme(Theme.load("light"), code_font())
    shown.resize(300, 300)
    shown.show()
    value = Value(type="int", kind="instance", body=Labelled((("decimal", "42"),)))
    target = Target("answer")
    shown.show_known(Known(target, value, Freshness.FRESH, 1), Silent())
    veil = shown.findChild(Veil)
    assert isinstance(veil, Veil)
    assert not veil.isVisible()
    shown.show_known(Known(target, value, Freshness.STALE, 1), Silent())
    assert veil.isVisible()
    assert shown.body is not None
    assert veil.size() == shown.body.size()


def test_what_has_no_picture_says_why(qtbot: QtBot) -> None:
    shown = ValuePage()
    qtbot.addWidget(shown)
    shown.apply_theme(Theme.load("dark"), code_font())
    shown.show()
    value = Value(type="ndarray", kind="instance", body=Nothing("It is empty."), shape=(0,))
    shown.show_known(Known(Target("none"), value, Freshness.FRESH), Silent())
    assert shown.empty.isVisible()
    assert shown.empty.text() == "It is empty."
