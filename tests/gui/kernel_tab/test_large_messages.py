"""Messages of 50 MB from a real kernel arrive whole and in order; tests/perf shows the pauses."""

import json

import pytest

from support.window import WindowSession, in_window
from vitrail_widgets.transcript.cells import RichOutput, StreamOutput
from vitrail_widgets.transcript.mime import LongJson, MimeBundle

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

COUNT = 800_000


def same(one: object, other: object) -> bool:
    """Compare; pytest would show for minutes how 50 MB differ."""
    return one == other


@in_window
async def test_values_of_fifty_megabytes_stand_between_what_was_said_before_and_after(
    session: WindowSession,
) -> None:
    await session.ready()
    picture = await shown(session, '{"image/png": "A" * 50_000_000, "text/plain": "picture"}')
    assert same(picture.data["image/png"], "A" * 50_000_000)
    assert picture.data["text/plain"] == "picture"
    page = await shown(session, '{"text/html": "<p class=\\"a\\">\\u00e9</p>\\n" * 2_500_000}')
    assert same(page.data["text/html"], '<p class="a">é</p>\n' * 2_500_000)


@in_window
async def test_json_that_is_too_long_for_a_tree_says_so_and_keeps_its_text(
    session: WindowSession,
) -> None:
    await session.ready()
    bundle = await shown(session, f'{{"application/json": [{{"a": n}} for n in range({COUNT})]}}')
    text = bundle.data["application/json"]
    assert isinstance(text, LongJson)
    assert same(json.loads(text), [{"a": n} for n in range(COUNT)])
    assert "JSON of" in session.text()
    assert "too large to be drawn" in session.text()


async def shown(session: WindowSession, data: str) -> MimeBundle:
    """Return the bundle that the view got, if what was printed around it came in order."""
    await session.run(f"data = {data}")
    cell = await session.run("print('before'); display(data, raw=True); print('after')")
    await session.until(lambda: len(cell.outputs) == 3)  # the reply may be quicker
    before, value, after = cell.outputs
    assert isinstance(before, StreamOutput)
    assert isinstance(value, RichOutput)
    assert isinstance(after, StreamOutput)
    assert (before.text.buffer.plain_text(), after.text.buffer.plain_text()) == ("before", "after")
    return value.bundle
