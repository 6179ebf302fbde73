"""Answering the questions of a running cell, as a person would."""

from PySide6.QtWidgets import QLineEdit

from support.window import WindowSession
from vitrail_widgets.transcript.cells import Cell


async def asked(session: WindowSession, *prompts: str) -> QLineEdit:
    """Wait for a question, one of these, and go to its field."""

    def is_asked() -> bool:
        field = session.view.requests.field
        return field is not None and field.line.accessibleName() in prompts

    await session.until(is_asked)
    field = session.view.requests.field
    assert field is not None
    field.setFocus()
    return field.line


async def finished(session: WindowSession) -> Cell:
    cell = session.cells[-1]
    await session.until(lambda: cell.status.is_finished)
    session.tab.presenter.flush()
    return cell
