"""What is said in the console of a kernel: that it came, and how it went."""

from vitrail.kernel.live import LiveKernel, obituary
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.replies import KernelInfoReply
from vitrail_resources.translation import tr

PROPER_NAMES = {
    "ipython": "IPython",
    "irkernel": "IRkernel",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "xeus-python": "xeus-python",
    "bash": "bash",
}

ENGAGED = tr("The kernel is busy elsewhere; what is entered here waits for its turn.")
ADOPTED = tr("Adopted from a window that crashed.")
REVIVED = tr("Kernel started again; all variables are lost")
DIES_OFTEN = tr("The kernel keeps dying, and is not started again by itself.")
FORGEABLE = tr("This kernel's messages are not signed: anybody can forge them.")


def is_forgeable(connection: ConnectionInfo) -> bool:
    """Tell whether anybody can send messages in the kernel's name."""
    return not connection.signed and not connection.encrypted


def greeting(info: KernelInfoReply) -> str:
    """Return one line about a kernel that has just answered."""
    language = info.language_info
    parts = (
        f"{proper_name(language.name)} {language.version}".strip(),
        f"{proper_name(info.implementation)} {info.implementation_version}".strip(),
    )
    return " · ".join(part for part in dict.fromkeys(parts) if part)


def proper_name(name: str) -> str:
    """Write a name as its makers do; kernels send it in lower case."""
    return PROPER_NAMES.get(name, name[:1].upper() + name[1:])


def farewell(live: LiveKernel, *, is_revived: bool) -> str:
    """Say how a kernel ended, and what can be done unless it is done already."""
    told, _, tail = obituary(live).partition("\n")
    if live.process is not None and not is_revived:
        told = tr("{told} Kernel ▸ Restart starts it again.", told=told)
    return f"{told}\n{tail}" if tail else told
