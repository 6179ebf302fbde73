"""The source of an object, asked of the probe; of other kernels as they can be asked."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.foreign_source import asked_source, r_source
from vitrail.presenters.inspector.help import why_absent
from vitrail.presenters.inspector.looking import AbsentError, Looking
from vitrail.presenters.inspector.sentences import Said, sentence
from vitrail.presenters.inspector.telling import CUT
from vitrail.presenters.probe import speaks_python
from vitrail_resources.translation import tr
from vitrail_widgets.objects.source import SourceText
from vitrail_widgets.objects.target import Target
from vitrail_widgets.transcript.mime import mapping

CHANGED: Final = tr("The file was changed since this was loaded: the kernel runs something else.")
UNABLE: Final = tr("Kernels of this language do not tell their sources.")


class _Told(msgspec.Struct):
    """What the probe tells; see `source` in the probe."""

    text: str = ""
    line: int = 0
    file: str = ""
    cell: int | None = None
    of: str = ""
    reason: Said = ""
    changed: bool = False
    cut: bool = False


def source_on(presenter: ConsolePresenter) -> Looking[SourceText]:
    """Return the presenter of the page."""

    async def ask(target: Target) -> SourceText | None:
        client, probe = presenter.client, presenter.probe
        info = None if client is None else client.kernel_info
        if client is None or info is None or probe is None:
            return None
        if info.language_info.name.lower() == "r":
            return await r_source(client, target)
        if not speaks_python(info):
            return await asked_source(client, target, info, UNABLE)
        told = await probe.told("source", path=target.path)
        if "unknown" in told:
            raise AbsentError(why_absent(target, str(told["unknown"])))
        answer = mapping(told.get("ok"))
        return source_of(answer) if answer else None

    return Looking(presenter, ask)


def source_of(answer: Mapping[str, Any]) -> SourceText | None:
    """Return what the probe told; None for what is odd."""
    try:
        told = msgspec.convert(answer, _Told)
    except msgspec.ValidationError:
        return None
    remarks = [CHANGED] * told.changed + [CUT] * told.cut
    return SourceText(
        told.text,
        told.line,
        told.file,
        told.cell,
        told.of,
        reason=sentence(told.reason),
        remarks=tuple(remarks),
    )
