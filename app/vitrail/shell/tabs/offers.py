"""What the chooser offers: kernels that are installed, environments without one, running ones.

And what was typed, where it is the path, name or glob of a connection file, or an environment's
directory.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vitrail.kernel.discovery import KernelSpec
from vitrail.kernel.environments import Environment
from vitrail.kernel.meant import Meant
from vitrail.kernel.running import Life, RunningKernel
from vitrail_resources.translation import tr

INSTALLED: Final = "installed"
ENVIRONMENT: Final = "environment"
RUNNING: Final = "running"

_LASTING: Final = {INSTALLED: "spec", ENVIRONMENT: "environment", RUNNING: "running"}
_DAY_S, _HOUR_S, _MINUTE_S = 86_400, 3600, 60


@dataclass(frozen=True, slots=True)
class KernelOffer:
    """One that can be chosen.

    Attributes:
        id: Stands for it.
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

    @property
    def lasting_id(self) -> str:
        """Stands for it also the next time, however it was found."""
        return lasting_id(self.kind, self.target)


def lasting_id(kind: str, target: str | Path) -> str:
    """Return what stands for an offer, also the next time."""
    return f"{_LASTING[kind]}:{target}"


def targets_of(kind: str, lasting_ids: Iterable[str]) -> list[Path]:
    """Return the files or directories of those of a kind that were chosen before."""
    start = f"{_LASTING[kind]}:"
    return [Path(each.removeprefix(start)) for each in lasting_ids if each.startswith(start)]


def offers_of_specs(specs: Iterable[KernelSpec]) -> list[KernelOffer]:
    """Return an offer for each installed kernel; those of one title have their names besides."""
    specs = tuple(specs)
    titles = Counter(spec.display_name for spec in specs)
    return [
        KernelOffer(
            id=lasting_id(INSTALLED, spec.name),
            title=_told_apart(spec, alone=titles[spec.display_name] == 1),
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
            id=lasting_id(ENVIRONMENT, each.path),
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
                id=lasting_id(RUNNING, each.file),
                title=f"{name} — {short}",
                kind=RUNNING,
                language=spec.language.lower() if spec is not None else "",
                aside=_said(each, now, is_here=each.file.name in here),
                why_not="",
                target=str(each.file),
            )
        )
    return offers


def _told_apart(spec: KernelSpec, *, alone: bool) -> str:
    return spec.display_name if alone else f"{spec.display_name} — {spec.name}"


def _need(environment: Environment) -> str:
    return tr("needs: {command}", command=environment.install_command)


def offer_of_typed(typed: str, meant: Meant, specs: Iterable[KernelSpec]) -> KernelOffer | None:
    """Return the offer of what was typed; None where it means no kernel.

    Args:
        typed: Becomes the title, so that it is found by itself.
        meant: What it means.
        specs: What is installed, for names and languages.
    """
    if meant.environment is not None:
        [offer] = offers_of_environments([meant.environment])
        return replace(offer, id=f"typed:{typed}", title=typed, aside=offer.title)
    if meant.file is None or meant.connection is None:
        return None
    name = meant.connection.kernel_name
    spec = next((each for each in specs if each.name == name), None)
    parts = [
        spec.display_name if spec is not None else name,
        "" if Path(typed).name == meant.file.name else meant.file.name,
        tr("the latest of {count}", count=meant.others + 1) if meant.others else "",
    ]
    return KernelOffer(
        id=f"typed:{typed}",
        title=typed,
        kind=RUNNING,
        language=spec.language.lower() if spec is not None else "",
        aside=" · ".join(part for part in parts if part),
        why_not="",
        target=str(meant.file),
    )


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
