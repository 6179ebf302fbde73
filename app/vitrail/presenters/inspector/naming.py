"""Which object is meant: by a caret, by a place in a line, by `name?`; and whether it is there."""

import re
from typing import Final, NamedTuple

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.language import Language
from vitrail.presenters.probe import speaks_python
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import InspectReply
from vitrail.protocol.requests import InspectRequest
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.offsets import from_utf16
from vitrail_widgets.objects.target import Target, target_of
from vitrail_widgets.signature.enclosing import name_at

ANSWER_S: Final = 2.0
COMPUTED: Final = "computed"
"""How the probe's reason ends where a property stands that it does not run."""

_ASKED: Final = re.compile(r"\s*(?P<before>\?{1,2})?\s*(?P<name>[^\s?]+?)\s*(?P<after>\?{1,2})?\s*")
_MAGIC: Final = re.compile(r"\s*%?(?P<magic>pinfo2?)\s+(?P<name>\S+)\s*")


class Question(NamedTuple):
    """What `name?` or `name??` asks."""

    target: Target
    is_about_source: bool


def target_at_caret(editor: InputArea, language: Language) -> Target | None:
    """Return what is selected, if that is a name; else the name at the caret, or what is called."""
    cursor = editor.textCursor()
    if cursor.hasSelection():
        return target_of(cursor.selectedText().strip())
    code = editor.text()
    return target_in_line(code, from_utf16(code, cursor.position()), language)


def target_in_line(code: str, offset: int, language: Language) -> Target | None:
    """Return the name at a place in code, or what is called there; None for none."""
    return target_of(name_at(code, offset, language.name or "python"))


def target_asked_for(line: str) -> Question | None:
    """Return what a line like `name?` asks for; None for another line."""
    magic = _MAGIC.fullmatch(line)
    if magic is not None:
        return _question(magic["name"], is_about_source=magic["magic"] == "pinfo2")
    match = _ASKED.fullmatch(line)
    marks = (match["before"] or match["after"]) if match else None
    if match is None or not marks:
        return None
    return _question(match["name"], is_about_source=marks == "??")


def _question(name: str, *, is_about_source: bool) -> Question | None:
    target = target_of(name)
    return None if target is None else Question(target, is_about_source)


async def is_there(presenter: ConsolePresenter, target: Target) -> bool:
    """Tell whether a kernel knows an object; where it cannot be asked now it does not."""
    client, probe = presenter.client, presenter.probe
    info = None if client is None else client.kernel_info
    if client is None or info is None or probe is None:
        return False
    if speaks_python(info):
        told = await probe.told("glance", path=target.path)
        return "ok" in told or str(told.get("unknown", "")).endswith(COMPUTED)
    if client.is_busy:
        return False  # the question would wait for the cell
    code = target.text
    try:
        reply = await client.aside(InspectRequest(code=code, cursor_pos=len(code)), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return False
    return isinstance(reply.content, InspectReply) and reply.content.found
