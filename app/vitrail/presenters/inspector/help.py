"""Help about an object: asked of the probe, of other kernels by an inspect_request.

An inspection by IPython evaluates the object's `repr`. So a Python kernel without the probe is
not asked, and says so.
"""

from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.looking import AbsentError, Looking
from vitrail.presenters.inspector.telling import inspection_of
from vitrail.presenters.probe import speaks_python
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import InspectReply
from vitrail.protocol.requests import InspectRequest
from vitrail_widgets.objects.inspection import Inspection
from vitrail_widgets.objects.target import Target
from vitrail_widgets.transcript.mime import MimeBundle, mapping

ANSWER_S: Final = 5.0


def help_on(presenter: ConsolePresenter) -> Looking[Inspection]:
    """Return the presenter of the page."""

    async def ask(target: Target) -> Inspection | None:
        client, probe = presenter.client, presenter.probe
        info = None if client is None else client.kernel_info
        if client is None or info is None or probe is None:
            return None
        if not speaks_python(info):
            return await _inspected(client, target)
        told = await probe.told("inspection", path=target.path)
        if "unknown" in told:
            raise AbsentError(why_absent(target, str(told["unknown"])))
        answer = mapping(told.get("ok"))
        return inspection_of(answer, target) if answer else None

    return Looking(presenter, ask)


def why_absent(target: Target, reason: str) -> str:
    """Say why the probe found nothing.

    Args:
        target: What was asked about.
        reason: What the probe said.
    """
    if reason.endswith("computed"):
        return f"{target.text} is computed by your code, which is not run for this."
    return f"The kernel knows no {target.text}."


async def _inspected(client: KernelClient, target: Target) -> Inspection | None:
    code = target.text
    try:
        reply = await client.aside(InspectRequest(code=code, cursor_pos=len(code)), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return None
    content = reply.content
    if not isinstance(content, InspectReply) or not content.found:
        raise AbsentError(f"The kernel says nothing of {code}.")
    return Inspection(code, page=MimeBundle(content.data, content.metadata))
