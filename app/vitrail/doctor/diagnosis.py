"""From what a kernel's channels did to sentences about what is wrong with it. Pure."""

from vitrail.doctor.probe import FORGED, Abilities, Pulse
from vitrail.doctor.report import Report, Value, milliseconds
from vitrail.kernel.asides import SUBSHELLS
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.messages import Channel
from vitrail.protocol.tunnelled import TunnelledConnection


def describe(
    report: Report, title: str, connection: ConnectionInfo, pulse: Pulse, found: Abilities
) -> None:
    """Add a kernel's section, and what is wrong with it.

    Args:
        report: Is added to.
        title: Of the section.
        connection: Where it listens.
        pulse: What its channels did.
        found: What it said of itself.
    """
    facts: dict[str, Value] = dict(where(connection))
    for channel in (Channel.HEARTBEAT, Channel.SHELL, Channel.CONTROL, Channel.IOPUB):
        facts[_NAMES[channel]] = milliseconds(pulse.answers.get(channel))
    if connection.control_port is None:
        facts[_NAMES[Channel.CONTROL]] = "there is none"
    facts |= _abilities(found)
    facts |= {f"refused, {why}": count for why, count in pulse.refusals.items()}
    report.add(title, facts)
    report.notes += _notes(connection, pulse, found)
    report.faults += faults(connection, pulse, found)


def where(connection: ConnectionInfo) -> dict[str, Value]:
    """Say where a kernel is and how the traffic to it travels."""
    if isinstance(connection, TunnelledConnection):
        how = f"through ssh to {connection.server}"
        how += ", encrypted also from there on (CurveZMQ)" if connection.encrypted else ""
    elif connection.encrypted:
        how = "encrypted (CurveZMQ)"
    elif connection.transport == "ipc":
        how = "local sockets of this user (ipc)"
    elif is_local(connection):
        how = "loopback, not encrypted"
    else:
        how = "open to the network, not encrypted"
    signed = connection.signature_scheme if connection.signed else "none"
    return {"address": connection.place, "traffic": how, "signatures": signed}


def is_local(connection: ConnectionInfo) -> bool:
    """Tell whether a kernel can be reached from its own machine only."""
    if isinstance(connection, TunnelledConnection):
        return is_local(connection.far)
    bound = connection.ip
    return connection.transport == "ipc" or bound.startswith("127.") or bound in _LOOPBACK


_DEAF = (
    "The kernel lives (its heartbeat answers) but answers no question: the connection file's key "
    "is not its own, or it is busy and heeds nothing meanwhile."
)
_LOOPBACK = ("localhost", "::1", "[::1]")
_NAMES = {
    Channel.HEARTBEAT: "heartbeat",
    Channel.SHELL: "shell",
    Channel.CONTROL: "control",
    Channel.IOPUB: "iopub",
}


def faults(connection: ConnectionInfo, pulse: Pulse, found: Abilities) -> list[str]:
    """Say what is wrong, the cause alone where one explains the rest."""
    beats = Channel.HEARTBEAT in pulse.answers
    talks = pulse.answers.keys() & {Channel.SHELL, Channel.CONTROL}
    if pulse.refusals.keys() & FORGED and not talks:
        return ["The kernel's messages are signed with another key than the connection file's."]
    if not beats and not talks:
        return [_mute(connection)]
    if not talks:
        return [_DEAF]
    wrong: list[str] = []
    if not beats:
        wrong.append("The heartbeat does not answer: the kernel would be shown as disconnected.")
    if Channel.IOPUB not in pulse.answers:
        wrong.append("Nothing comes on iopub: no output would be seen.")
    if Channel.SHELL in pulse.answers and found.info is None:
        wrong.append("The kernel answers, but never got ready: its kernel_info is missing.")
    if found.subshells is False:
        wrong.append("The kernel says that it has subshells, but did not make one.")
    if not (connection.signed or is_local(connection) or connection.encrypted):
        wrong.append("The kernel is open to the network, and anybody there can run code in it.")
    return wrong


def _mute(connection: ConnectionInfo) -> str:
    causes = ["it is stopped", "no kernel is what listens there"]
    if not connection.encrypted:
        causes.insert(1, "it wants CurveZMQ keys that the connection file does not have")
    else:
        causes.insert(1, "the CurveZMQ keys of the connection file are not its own")
    return f"Something listens at the kernel's address but answers nothing: {', or '.join(causes)}."


def _notes(connection: ConnectionInfo, pulse: Pulse, found: Abilities) -> list[str]:
    notes: list[str] = []
    if Channel.CONTROL in pulse.answers and Channel.SHELL not in pulse.answers:
        notes.append("The shell does not answer while control does: the kernel runs a cell.")
    if connection.control_port is None:
        notes.append("The kernel has no control channel: it can be interrupted by signal only.")
    if not connection.signed and is_local(connection):
        notes.append("The kernel's messages are not signed: whoever reaches it can forge them.")
    if found.info is not None and found.history is False:
        notes.append("The kernel gives no history.")
    return notes


def _abilities(found: Abilities) -> dict[str, Value]:
    info = found.info
    if info is None:
        return {}
    language = info.language_info
    facts: dict[str, Value] = {
        "kernel": f"{info.implementation} {info.implementation_version}".strip() or None,
        "language": f"{language.name} {language.version}".strip() or None,
        "protocol": info.protocol_version or None,
        "features": ", ".join(info.supported_features) or "none told",
        "subshells": _subshells(found),
        "history": found.history,
    }
    if found.interrupts is not None:
        facts["interrupt request"] = "taken" if found.interrupts else "not taken"
    return facts


def _subshells(found: Abilities) -> str:
    told = found.info is not None and SUBSHELLS in found.info.supported_features
    return ("yes" if found.subshells else "promised, but none was made") if told else "no"
