import asyncio

import pytest

from vitrail.presenters.batching import MOST_OUTPUTS, Batcher
from vitrail_widgets.transcript.changes import (
    Change,
    EntryAppended,
    EntryChanged,
    OutputAppended,
    OutputChanged,
)

CELL, NUMBER = EntryAppended("a", 0), EntryChanged("a")
RESULT, MORE = OutputAppended("a", 0), OutputChanged("a", 0, 0)


async def turn() -> None:
    """Let the loop run what is scheduled for now."""
    await asyncio.sleep(0)


@pytest.mark.parametrize("before", [CELL, NUMBER])
async def test_output_after_what_is_no_output_is_shown_at_once(before: Change) -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((before,))
    batcher.flush()
    batcher.add((RESULT,))
    await turn()
    assert shown == [[before], [RESULT]]


async def test_number_is_shown_with_the_output_that_follows() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((NUMBER,))
    await turn()
    assert not shown
    batcher.add((RESULT,))
    batcher.add((MORE,))
    await turn()
    assert shown == [[NUMBER, RESULT, MORE]]


async def test_output_right_after_output_waits_for_more() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((RESULT,))
    await turn()
    batcher.add((MORE,))
    await turn()
    assert shown == [[RESULT]]
    batcher.add((NUMBER,))
    batcher.flush()
    assert shown == [[RESULT], [MORE, NUMBER]]
    await turn()
    assert len(shown) == 2


async def test_closed_batcher_shows_nothing() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((RESULT,))
    batcher.close()
    await turn()
    assert not shown


async def test_what_comes_after_the_end_is_not_shown() -> None:
    """A kernel that is ended loses its cells, and the view is gone by then."""
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((RESULT,))
    batcher.close()
    batcher.add((MORE,))
    batcher.flush()
    await turn()
    assert shown == []


async def test_changes_that_come_one_by_one_make_no_more_than_sixty_batches_a_second() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    loop = asyncio.get_running_loop()
    began = due = loop.time()
    while len(shown) <= 5 or due < began + 0.5:
        batcher.add((MORE,))
        due += 0.012  # longer than a burst pauses
        while loop.time() < due:
            await turn()
    passed = loop.time() - began
    batcher.close()
    assert len(shown) <= 60 * passed + 2


async def test_many_outputs_that_came_together_are_shown_in_several_turns() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((RESULT,))
    await turn()
    many = [OutputAppended("a", number) for number in range(2 * MOST_OUTPUTS + 5)]
    for each in many:
        batcher.add((each, MORE))
    while len(shown) < 2:
        await turn()
    batcher.add((NUMBER,))
    while NUMBER not in shown[-1]:
        await turn()
    together = [change for batch in shown[1:] for change in batch]
    assert together == [change for each in many for change in (each, MORE)] + [NUMBER]
    outputs = [sum(isinstance(each, OutputAppended) for each in batch) for batch in shown]
    assert outputs == [1, MOST_OUTPUTS, MOST_OUTPUTS, 5]


async def test_flushing_in_the_middle_of_many_outputs_keeps_their_order() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add((RESULT,))
    await turn()
    many = [OutputAppended("a", number) for number in range(3 * MOST_OUTPUTS)]
    batcher.add(tuple(many))
    while len(shown) < 2:
        await turn()
    batcher.flush()
    assert [change for batch in shown[1:] for change in batch] == many
    assert len(shown) == 3
    await turn()
    assert len(shown) == 3


async def test_many_outputs_after_a_rest_are_shown_in_several_turns_as_well() -> None:
    shown: list[list[Change]] = []
    batcher = Batcher(shown.append)
    batcher.add(tuple(OutputAppended("a", number) for number in range(2 * MOST_OUTPUTS)))
    await turn()
    assert [len(batch) for batch in shown] == [MOST_OUTPUTS]
    await turn()
    assert [len(batch) for batch in shown] == [MOST_OUTPUTS, MOST_OUTPUTS]
