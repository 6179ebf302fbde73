"""Help about an object: asked of the probe, of other kernels by an inspect_request.

An inspection by IPython evaluates the object's `repr`. So a Python kernel is asked for one only
where the user wants that: by `name?`, or by a command that says so.
"""

from dataclasses import replace
from typing import Final

from msgspec.structs import asdict

from vitrail.kernel.client import KernelClient
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.looking import AbsentError, Looking
from vitrail.presenters.inspector.naming import COMPUTED
from vitrail.presenters.inspector.telling import inspection_of
from vitrail.presenters.probe import speaks_python
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.replies import InspectReply
from vitrail.protocol.requests import InspectRequest
from vitrail_resources.translation import tr
from vitrail_widgets.objects.inspection import Inspection
from vitrail_widgets.objects.reading import inspection_of_fields, inspection_of_page
from vitrail_widgets.objects.target import Target
from vitrail_widgets.transcript.mime import MimeBundle, mapping

ANSWER_S: Final = 5.0


class Help(Looking[Inspection]):
    """Keeps help about an object.

    What the kernel itself has told of it because the user asked (its string form, its namespace)
    is shown with what the probe tells, until another cell has run.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        super().__init__(presenter, self._inspect)
        self._given: tuple[Target, int | None, Inspection] | None = None
        self._is_to_be_asked = False

    def give(self, target: Target, page: MimeBundle) -> None:
        """Take what `name?` has told."""
        info = self._info
        language = info.language_info.name.lower() if info is not None else "python"
        self._keep(target, inspection_of_page(target.text, page, language))
        if target == self.target:
            self.refresh()

    def ask_the_kernel(self) -> None:
        """Ask as `name?` does, which runs the `repr` of the object."""
        self._is_to_be_asked = True
        self.refresh()

    def _keep(self, target: Target, about: Inspection) -> None:
        self._given = target, self._presenter.execution.last_count, about

    def _given_of(self, target: Target) -> Inspection | None:
        """Return what was told of an object since the last cell."""
        now = self._presenter.execution.last_count
        if self._given is None or self._given[:2] != (target, now):
            return None
        return self._given[2]

    async def _inspect(self, target: Target) -> Inspection | None:
        client, probe, info = self._presenter.client, self._presenter.probe, self._info
        if client is None or info is None or probe is None:
            return None
        if self._is_to_be_asked or not speaks_python(info):
            self._is_to_be_asked = False
            asked = await _asked(client, target)
            if asked is not None:
                self._keep(target, asked)
            if not speaks_python(info):
                return asked
        told = await probe.told("inspection", path=target.path)
        given = self._given_of(target)
        if "unknown" in told and given is None:
            raise AbsentError(why_absent(target, str(told["unknown"])))
        answer = mapping(told.get("ok"))
        if answer:
            return _joined(inspection_of(answer, target), given)
        if given is None and not client.is_busy and not probe.is_there:
            raise AbsentError(tr("This kernel tells nothing without running what it tells of."))
        return given


def why_absent(target: Target, reason: str) -> str:
    """Say why the probe found nothing.

    Args:
        target: What was asked about.
        reason: What the probe said.
    """
    if reason.endswith(COMPUTED):
        return tr("{name} is computed by your code, which is not run for this.", name=target.text)
    return tr("The kernel knows no {name}.", name=target.text)


def _joined(about: Inspection, given: Inspection | None) -> Inspection:
    """Put what the kernel itself said to what the probe says, where that is silent."""
    if given is None:
        return about
    titles = {fact.title for fact in about.facts} | {"Base class", "File", "Subclasses"}
    more = tuple(fact for fact in given.facts if fact.title not in titles)
    return replace(about, facts=about.facts + more)


async def _asked(client: KernelClient, target: Target) -> Inspection | None:
    """Ask the kernel itself; None when it does not answer now."""
    code = target.text
    try:
        reply = await client.aside(InspectRequest(code=code, cursor_pos=len(code)), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return None
    content = reply.content
    if not isinstance(content, InspectReply) or not content.found:
        raise AbsentError(tr("The kernel says nothing of {name}.", name=code))
    if isinstance(content.object_info, ObjectInfo):
        return inspection_of_fields(asdict(content.object_info))
    info = client.kernel_info
    language = info.language_info.name.lower() if info is not None else "python"
    return inspection_of_page(code, MimeBundle(content.data, content.metadata), language)
