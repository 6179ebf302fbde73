"""What the pieces of the user's templates are worth, asked for after each cell."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final

from vitrail.kernel.client import RequestLostError
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.templates import NUMBER, Shown, Template, parse_template, prompt_of
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.requests import ExecuteRequest
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.transcript.prompt import USUAL, Prompts

ANSWER_S: Final = 2.0
NOTHING: Final = parse_template("")


class TemplateValues:
    """Keeps the pieces of prompts and status up to date.

    They are asked for aside, when nothing of ours runs: with the request of a cell, a slow piece
    would be a slow cell. A kernel that does not answer in time is not asked again before it
    restarts or the templates change.

    Attributes:
        changed: Called when there is something else to show in the status bar.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.changed: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._input: Template = NOTHING
        self._output: Template = NOTHING
        self._status: Template = NOTHING
        self._values: dict[str, Any] = {}
        self._asking: asyncio.Task[None] | None = None
        self._is_due = self._is_slow = False
        presenter.followers.append(self.follow)

    def use(self, prompt_in: str, prompt_out: str, status: str) -> None:
        """Use these templates from now on."""
        new = parse_template(prompt_in), parse_template(prompt_out), parse_template(status)
        if new != (self._input, self._output, self._status):
            self._input, self._output, self._status = new
            self._show()
            self.refresh()

    @property
    def status(self) -> list[Shown]:
        """What the status bar shows: its template, and what fails in the prompt."""
        failed = [part for part in self._input.shown(self._values) if part.code]
        slow = [Shown(tr(" (the kernel takes too long)"))] if self._is_slow else []
        known = self._values or not self._status.pieces
        return [*(self._status.shown(self._values) if known else ()), *failed, *slow]

    def refresh(self) -> None:
        """Ask anew; also a kernel that was slow."""
        self._is_slow = False
        self._ask_soon()

    def follow(self, changes: Iterable[Change]) -> None:
        """Ask when a cell of ours ended."""
        if self._asked_for() and any(map(self._ended, changes)):
            self._ask_soon()

    def close(self) -> None:
        """Ask no more."""
        self._is_due = False
        self._input = self._output = self._status = NOTHING
        if self._asking is not None:
            self._asking.cancel()

    def _ended(self, change: Change) -> bool:
        if not isinstance(change, EntryChanged):
            return False
        cell = self._presenter.execution.transcript.cell(change.entry_id)
        return isinstance(cell, Cell) and cell.is_own and cell.status.is_finished

    def _asked_for(self) -> dict[str, str]:
        """Return the expressions of all pieces, by their contents."""
        is_python = self._presenter.language.is_python
        found = {
            piece.contents: piece.expression(is_python=is_python)
            for template in (self._input, self._output, self._status)
            for piece in template.pieces
        }
        if not any(piece.contents == NUMBER for piece in self._status.pieces):
            found.pop(NUMBER, None)
        return found

    def _ask_soon(self) -> None:
        self._is_due = bool(self._asked_for()) and not self._is_slow
        if self._is_due and (self._asking is None or self._asking.done()):
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())

    async def _ask_while_due(self) -> None:
        while self._is_due:
            self._is_due = False
            execution = self._presenter.execution
            if execution.is_ready and not execution.is_busy:  # else the end of a cell is to come
                await self._ask()

    async def _ask(self) -> None:
        client = self._presenter.client
        asked = self._asked_for()
        if client is None or not asked:
            return
        names = {str(number): contents for number, contents in enumerate(asked)}
        request = ExecuteRequest(
            code="",
            silent=True,
            store_history=False,
            user_expressions={name: asked[contents] for name, contents in names.items()},
        )
        try:
            reply = await client.aside(request, ANSWER_S)
        except RequestLostError:
            return
        except TimeoutError:
            self._is_slow = not self._presenter.execution.is_busy
        except ProtocolError:
            return
        else:
            content = reply.content
            found = content.user_expressions if isinstance(content, ExecuteReply) else None
            self._values = {contents: (found or {}).get(name) for name, contents in names.items()}
        self._show()

    def _show(self) -> None:
        prompts = Prompts(
            prompt_of(self._input, self._values), prompt_of(self._output, self._values)
        )
        self._presenter.view.set_prompts(prompts)
        is_usual = prompts.input == USUAL.input
        self._presenter.execution.prompt = None if is_usual else prompts.input
        self.changed()
