"""What a kernel ran before we came, as far as it remembers: shown as cells above our own."""

from collections.abc import Iterator
from typing import Final
from uuid import uuid4

from vitrail.kernel.client import KernelClient
from vitrail.presenters.execution import Execution
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import HistoryReply
from vitrail.protocol.requests import HistoryRequest
from vitrail_resources.translation import tr, trn
from vitrail_widgets.transcript.cells import (
    EARLIER,
    Cell,
    CellStatus,
    Notice,
    NoticeLevel,
    RichOutput,
)
from vitrail_widgets.transcript.mime import MimeBundle

MOST: Final = 100
"""Cells that are shown, the last ones; older inputs are found by searching the history."""

ANSWER_S: Final = 5.0
END: Final = 1_000_000
"""Behind the last line: IPython 1 has to be told one."""

UNTOLD: Final = tr("The kernel has run cells before, and does not tell which.")


async def show_earlier(client: KernelClient, execution: Execution) -> None:
    """Ask what the kernel ran, and put it above what is in the console; say what is missing.

    IPython knows the inputs of its session, and the results as text; what was printed, displayed
    or raised it does not keep. Other kernels know nothing of it.
    """
    count = execution.last_count
    if count is None and not client.is_engaged:
        return  # it has run nothing
    reply = await _told(client, count or 0)
    is_counted = not client.is_engaged  # else the numbers of what waits are guesses
    here = [each for each in execution.transcript.entries if isinstance(each, Cell)]
    numbers = [each.count for each in here if each.count_confirmed or is_counted]
    cells = list(earlier_cells(reply, min(filter(None, numbers), default=None)))
    if client.is_engaged:
        del cells[-1:]  # it runs, and is no past
    cells = cells[-MOST:]
    if cells:
        remark = Notice(uuid4().hex, NoticeLevel.INFO, _remark(len(cells)))
        execution.put_before([remark, *cells])
    elif count is not None and not here:
        execution.notice(NoticeLevel.INFO, UNTOLD)


def earlier_cells(reply: HistoryReply | None, first_here: int | None) -> Iterator[Cell]:
    """Make the cells of a reply: each line once, in their order.

    Args:
        reply: To a request for the present session, with outputs.
        first_here: Number of the first cell that is shown already; None for none.
    """
    last = 0
    sources = () if reply is None else zip(reply.history, reply.sources, strict=True)
    for (session, line, entry), code in sources:
        if session != 0 or line <= last or not code.strip():
            continue  # 0 is the present one; ipykernel begins with an empty line 0
        if first_here is not None and line >= first_here:
            return
        last = line
        cell = Cell(uuid4().hex, code, count=line, count_confirmed=True, status=CellStatus.DONE)
        cell.origin, cell.author = EARLIER, tr("before")
        output = None if isinstance(entry, str) else entry[1]
        if output:
            cell.outputs.append(RichOutput(MimeBundle({"text/plain": output}), None, line))
        yield cell


async def _told(client: KernelClient, count: int) -> HistoryReply | None:
    """Ask for the last lines of this session; for all where their number is not known."""
    request = HistoryRequest(
        output=True,
        hist_access_type="range",
        session=0,
        start=max(1, count - MOST + 1),
        stop=END,
    )
    try:
        content = (await client.aside(request, ANSWER_S, patient=True)).content
    except (TimeoutError, ProtocolError):
        return None
    return content if isinstance(content, HistoryReply) and not content.is_aborted else None


def _remark(count: int) -> str:
    return trn(
        "The kernel ran one cell before, as it remembers it; what it printed is not known.",
        "The kernel ran {count} cells before, as it remembers them;"
        " what they printed is not known.",
        count,
    )
