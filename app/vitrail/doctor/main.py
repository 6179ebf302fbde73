"""`vitrail doctor`, from its options to its exit status."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Final

from vitrail.doctor.diagnosis import describe, where
from vitrail.doctor.machine import describe_kernelspecs, describe_running, describe_versions
from vitrail.doctor.probe import Abilities, abilities_of, pulse_of
from vitrail.doctor.report import Report
from vitrail.kernel.attaching import way_to_existing
from vitrail.kernel.discovery import find_connection_file, spec_manager, unknown_kernel
from vitrail.kernel.launcher import LaunchError, find_spec
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.reach import PATIENCE_S, until_listening
from vitrail.kernel.tunnel import Tunnel
from vitrail.options import DoctorOptions
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.protocol.messages import Channel
from vitrail.signals import be_cancelled_by_signals

WELL, WRONG, FAILED = 0, 1, 2

START_S: Final = 30.0


def examine(options: DoctorOptions) -> int:
    """Look, tell on stdout, and return the exit status."""
    try:
        report = asyncio.run(_examined(options))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return FAILED
    except UsageError as error:
        sys.stderr.write(f"vitrail doctor: {error}\n")
        return FAILED
    sys.stdout.write(report.as_json() if options.json else report.as_text())
    return WRONG if report.faults else WELL


async def _examined(options: DoctorOptions) -> Report:
    be_cancelled_by_signals()
    report = Report()
    way = None
    if options.existing is not None:
        way = way_to_existing(options)
    elif options.kernel is not None:
        known = spec_manager().find_kernel_specs()
        if options.kernel.lower() not in known:
            raise UsageError(unknown_kernel(options.kernel, known))
    try:
        describe_versions(report)
        describe_kernelspecs(report)
        await describe_running(report)
        if way is not None:
            await _attach(report, find_connection_file(options.existing or ""), way)
        elif options.kernel is not None:
            await _launch(report, options.kernel)
    finally:
        if isinstance(way, Tunnel):
            await way.close()
    return report


async def _attach(report: Report, file: Path, way: Tunnel | ConnectionInfo) -> None:
    """Examine a kernel that runs; nothing in it is changed."""
    title = f"Kernel of {file.name}"
    connection = way if isinstance(way, ConnectionInfo) else way.connection
    age_s = max(time.time() - file.stat().st_mtime, 0)
    try:
        if isinstance(way, Tunnel):
            await way.ready()
        await until_listening(connection, PATIENCE_S - age_s)
    except UsageError as error:
        report.add(title, where(connection))
        report.wrong(str(error))
        return
    pulse = await pulse_of(connection)
    found = Abilities()
    if Channel.SHELL in pulse.answers:
        found = await abilities_of(connection, is_ours=False)
    describe(report, title, connection, pulse, found)
    _add_interrupt_mode(report, connection.kernel_name)


async def _launch(report: Report, name: str) -> None:
    """Launch a kernel, examine it and end it again."""
    title = f"Kernel {name}"
    try:
        process = await KernelProcess.launch(name)
    except LaunchError as error:
        report.wrong(error.sentence)
        return
    kernel = LiveKernel(process)
    loop = asyncio.get_running_loop()
    try:
        began = loop.time()
        await kernel.open(START_S)
        took_s = loop.time() - began
        pulse = await pulse_of(process.connection)
        found = await abilities_of(process.connection, is_ours=True)
        describe(report, title, process.connection, pulse, found)
        report.sections[-1].facts["ready after"] = f"{took_s:.1f} s"
        _add_interrupt_mode(report, name)
    except TimeoutError as error:
        report.wrong(str(error))
        pulse = await pulse_of(process.connection)
        describe(report, title, process.connection, pulse, Abilities())
    except LaunchError as error:
        report.wrong(error.sentence)
        report.add(title, {"its last words": error.output.replace("\n", " | ") or None})
    except (UsageError, ProtocolError) as error:
        report.wrong(str(error))
    finally:
        await kernel.close()


def _add_interrupt_mode(report: Report, name: str) -> None:
    try:
        mode = find_spec(name).interrupt_mode if name else None
    except UsageError:  # its kernelspec is not among ours
        mode = None
    report.sections[-1].facts["interrupt mode"] = mode and f"{mode} (kernelspec)"
