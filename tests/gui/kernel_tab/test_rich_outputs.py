"""What libraries display, from a real kernel to the picture of the console."""

import pytest

from support.window import WindowSession, in_window
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.document.block import DocumentBlock
from vitrail_widgets.render.document.formula_block import FormulaBlock
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.render.json_tree.block import JsonBlock
from vitrail_widgets.render.table.block import TableBlock
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

FRAME = """\
import pandas as pd
frame = pd.DataFrame({"city": ["Paris", "Zürich"], "area": [105.4, 87.9]})
"""


async def shown(session: WindowSession, code: str) -> Block:
    """Run a cell and return the block of its last output, complete."""
    cell = await session.run(code)
    assert cell.status is CellStatus.DONE, session.text()
    session.tab.presenter.flush()
    layout = session.view.document.cell_layout(cell.id)
    assert layout is not None
    block = layout.block(layout.block_count - 1)
    if isinstance(block, DeferredBlock):
        await session.until(lambda: block.is_complete)
        return block.inner
    return block


@in_window
async def test_frames_are_tables(session: WindowSession) -> None:
    block = await shown(session, FRAME + "frame")
    assert isinstance(block, TableBlock)
    assert block.line(1) == "0\tParis\t105.4"
    block = await shown(session, "frame.style.background_gradient(cmap='viridis')")
    assert isinstance(block, TableBlock)
    assert block.table.body[0][2].ground is not None
    block = await shown(session, "import polars; polars.DataFrame({'a': [1, None]})")
    assert isinstance(block, TableBlock)
    assert "null" in block.line(block.line_count - 1)


@in_window
async def test_a_frame_of_ten_thousand_rows_is_a_table(session: WindowSession) -> None:
    await session.run("import pandas, IPython.display as d")
    block = await shown(session, "d.HTML(pandas.DataFrame({'n': range(10_000)}).to_html())")
    assert isinstance(block, TableBlock)
    assert len(block.table.body) == 10_000


@in_window
async def test_expressions_of_sympy_are_formulas(session: WindowSession) -> None:
    code = "import sympy; x = sympy.Symbol('x'); sympy.Matrix([[1, x], [sympy.sqrt(x), x**2 / 3]])"
    assert isinstance(await shown(session, code), FormulaBlock)


@in_window
async def test_figures_come_as_png_retina_or_svg(session: WindowSession) -> None:
    await session.run("%matplotlib inline\nimport matplotlib.pyplot as plt")
    code = "%config InlineBackend.figure_formats = ['{}']\nplt.plot([1, 3, 2]); plt.show()"
    for form, mime in (("png", "png"), ("retina", "png"), ("svg", "svg+xml")):
        block = await shown(session, code.format(form))
        assert isinstance(block, ImageBlock)
        assert f"image/{mime}" in block.line(0)


@in_window
async def test_markdown_json_and_html_are_laid_out(session: WindowSession) -> None:
    await session.run("from IPython.display import *")
    assert isinstance(await shown(session, "Markdown('# Title')"), DocumentBlock)
    assert isinstance(await shown(session, "Latex('$x^2$')"), FormulaBlock)
    assert isinstance(await shown(session, "Math('x^2')"), FormulaBlock)
    assert isinstance(await shown(session, "display(JSON({'a': [1]}))"), JsonBlock)
    assert isinstance(await shown(session, "HTML('<h1>Title</h1>')"), DocumentBlock)


@in_window
async def test_a_handle_updates_every_place_that_shows_it(session: WindowSession) -> None:
    await session.run("from IPython.display import *")
    first = await session.run("handle = display(Markdown('one'), display_id='d')")
    second = await session.run("display(Markdown('one'), display_id='d')")
    await session.run("handle.update(Markdown('two'))")
    session.tab.presenter.flush()
    for cell in (first, second):
        layout = session.view.document.cell_layout(cell.id)
        assert layout is not None
        assert layout.block(1).line(0) == "two"


@in_window
async def test_all_of_it_is_painted(session: WindowSession) -> None:
    await shown(session, FRAME + "frame")
    await shown(session, "from IPython.display import *; Markdown('**bold** $x^2$')")
    image = picture_of(session.view, 2.0, 4000)
    assert image.height() > 400
