"""What the chooser offers: kernels that are installed, environments without one, running ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.kernel.discovery import KernelSpec
from vitrail.kernel.environments import Environment
from vitrail.kernel.running import Life, RunningKernel
from vitrail_resources.translation import tr

INSTALLED: Final = "installed"
ENVIRONMENT: Final = "environment"
RUNNING: Final = "running"

_DAY_S, _HOUR_S, _MINUTE_S = 86_400, 3600, 60


@dataclass(frozen=True, slots=True)
class KernelOffer:
    """One that can be chosen.

    Attributes:
        id: Stands for it, also the next time.
        title: What it is called.
        kind: Where it was found: INSTALLED, ENVIRONMENT or RUNNING.
        language: In lower case; may be empty.
        aside: More about it, in a few words.
        why_not: Why it cannot be chosen; empty when it can.
        target: What to launch, or for RUNNING the connection file.
    """

    id: str
    title: str
    kind: str
    language: str
    aside: str
    why_not: str
    target: str


def offers_of_specs(specs: Iterable[KernelSpec]) -> list[KernelOffer]:
    """Return an offer for each installed kernel."""
    return [
        KernelOffer(
            id=f"spec:{spec.name}",
            title=spec.display_name,
            kind=INSTALLED,
            language=spec.language.lower(),
            aside=spec.language,
            why_not=spec.problem,
            target=spec.name,
        )
        for spec in specs
    ]


def offers_of_environments(environments: Iterable[Environment]) -> list[KernelOffer]:
    """Return an offer for each environment; one without ipykernel says how to add it."""
    return [
        KernelOffer(
            id=f"environment:{each.path}",
            title=each.display_name,
            kind=ENVIRONMENT,
            language="python",
            aside=tr("active") if each.is_active else each.maker.value,
            why_not="" if each.has_ipykernel else _need(each),
            target=str(each.path),
        )
        for each in environments
    ]


def offers_of_running(
    kernels: Iterable[RunningKernel],
    specs: Sequence[KernelSpec],
    now: float,
    shown: Iterable[Path] = (),
) -> list[KernelOffer]:
    """Return an offer for each kernel that runs; those that ended are left out.

    Args:
        kernels: As they were found.
        specs: What is installed, for their names and languages.
        now: Seconds since the epoch.
        shown: Connection files of kernels that have a tab already.
    """
    known = {spec.name: spec for spec in specs}
    here = {each.name for each in shown}
    offers: list[KernelOffer] = []
    for each in kernels:
        if each.life in (Life.ENDED, Life.BROKEN):
            continue
        spec = known.get(each.kernel_name)
        name = spec.display_name if spec is not None else each.kernel_name or tr("Kernel")
        short = each.file.stem.removeprefix("kernel-")[:8]
        offers.append(
            KernelOffer(
                id=f"running:{each.file}",
                title=f"{name} — {short}",
                kind=RUNNING,
                language=spec.language.lower() if spec is not None else "",
                aside=_said(each, now, is_here=each.file.name in here),
                why_not="",
                target=str(each.file),
            )
        )
    return offers


def _need(environment: Environment) -> str:
    return tr("needs: {command}", command=environment.install_command)


def ago(seconds: float) -> str:
    """Say how long ago something was: ``now``, ``5 min ago``, ``3 d ago``."""
    count = int(seconds)
    if count >= _DAY_S:
        return tr("{count} d ago", count=count // _DAY_S)
    if count >= _HOUR_S:
        return tr("{count} h ago", count=count // _HOUR_S)
    if count >= _MINUTE_S:
        return tr("{count} min ago", count=count // _MINUTE_S)
    return tr("now")


def _said(kernel: RunningKernel, now: float, *, is_here: bool) -> str:
    parts = [
        tr("has a tab") if is_here else kernel.life.value,
        tr("on {host}", host=kernel.host) if kernel.host else "",
        tr("started {when}", when=ago(now - kernel.started)),
        tr("used {when}", when=ago(now - kernel.used)),
    ]
    return " · ".join(part for part in parts if part)
