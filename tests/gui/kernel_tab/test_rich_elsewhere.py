"""What kernels of another language, and of 2013, display is drawn natively as well."""

import asyncio
from collections.abc import Iterator

import pytest

from support.built_kernels import Built, running, skip_if_missing
from support.built_windows import window_on_built
from support.window import WindowSession
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.document.block import DocumentBlock
from vitrail_widgets.render.document.formula_block import FormulaBlock
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.render.table.block import TableBlock
from vitrail_widgets.transcript.cells import RichOutput

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4"
    "2mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def built(name: str) -> Iterator[Built]:
    skip_if_missing(name)
    with running(name) as kernel:
        yield kernel


@pytest.fixture
def r() -> Iterator[Built]:
    yield from built("irkernel")


@pytest.fixture
def old() -> Iterator[Built]:
    yield from built("ipython-1.2.1")


async def shown(session: WindowSession, code: str) -> Block:
    """Run code and return the block of its last rich output, once it is made."""
    cell = await session.run(code)
    session.tab.presenter.flush()
    layout = session.view.document.cell_layout(cell.id)
    assert layout is not None
    rich = [n for n, output in enumerate(cell.outputs, 1) if isinstance(output, RichOutput)]
    assert rich, session.text()
    block = layout.block(rich[-1])
    if isinstance(block, DeferredBlock):
        await session.until(lambda: block.is_complete)
        return block.inner
    return block


async def test_frames_pictures_and_html_of_r(qt_loop: asyncio.AbstractEventLoop, r: Built) -> None:
    async with window_on_built(r) as session:
        frame = await shown(session, "data.frame(city = c('Paris', 'Rome'), area = c(105.4, 1285))")
        assert isinstance(frame, TableBlock)
        assert "Paris" in "\n".join(frame.line(n) for n in range(frame.line_count))
        picture = f"IRdisplay::display_png(base64enc::base64decode('{PIXEL}'))"
        assert isinstance(await shown(session, picture), ImageBlock)
        page = await shown(session, "IRdisplay::display_html('<h3>Head</h3><p>Text</p>')")
        assert isinstance(page, DocumentBlock)
        formula = await shown(session, "IRdisplay::display_latex('$x^2$')")
        assert isinstance(formula, FormulaBlock)


async def test_frames_pictures_and_formulas_of_2013(
    qt_loop: asyncio.AbstractEventLoop, old: Built
) -> None:
    async with window_on_built(old) as session:
        await session.run("from IPython.display import HTML, Image, Latex")
        table = await shown(
            session, "HTML('<table><tr><th>a</th></tr><tr><td>1</td></tr></table>')"
        )
        assert isinstance(table, TableBlock)
        picture = await shown(session, f"Image(data='{PIXEL}'.decode('base64'), format='png')")
        assert isinstance(picture, ImageBlock)
        assert isinstance(await shown(session, "Latex('$x^2$')"), FormulaBlock)
