"""`vitrail run`, from its options to its exit status."""

import asyncio
import sys
from pathlib import Path

from vitrail.headless.runner import Runner
from vitrail.headless.saving import check_targets, save
from vitrail.kernel.attaching import way_to_existing
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.tunnel import Tunnel
from vitrail.kernel.wanted import wanted_kernel
from vitrail.options import RunOptions
from vitrail.presenters.files.script_reading import cells_of
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.signals import be_cancelled_by_signals

OK, RAISED, FAILED = 0, 1, 2


def run(options: RunOptions) -> int:
    """Run what the options say; return the exit status. Errors are said on stderr."""
    try:
        cells = _cells(options)
        check_targets(options.to)
        runner, failure = asyncio.run(_run(options, cells))
        save(options, runner)
    except (UsageError, ProtocolError, TimeoutError, OSError) as error:
        return _fail(error)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return _fail("interrupted")
    if failure is not None:
        return _fail(failure)
    return RAISED if runner.raised else OK


async def _run(options: RunOptions, cells: tuple[str, ...]) -> tuple[Runner, Exception | None]:
    """Run the cells; what came out is returned with what went wrong, so that it is saved."""
    be_cancelled_by_signals()
    runner = Runner(options.traits)
    kernel = LiveKernel(await _kernel(options), changed=runner.kernel_changed)
    failure: Exception | None = None
    try:
        await runner.run(kernel, cells, options.timeout_s)
    except (UsageError, TimeoutError) as error:
        failure = error
    finally:
        await kernel.close()
    if failure is not None and runner.info is None:
        raise failure
    return runner, failure


async def _kernel(options: RunOptions) -> KernelProcess | Tunnel | ConnectionInfo:
    if options.existing is not None:
        return way_to_existing(options)
    if options.cluster is not None:
        from vitrail.kernel.cluster import find_engine

        return await find_engine(options.cluster, options.engine)
    wanted = wanted_kernel(options.kernel, options.file)
    if wanted.remark and sys.stderr is not None:
        sys.stderr.write(f"vitrail run: {wanted.remark}\n")
    return await KernelProcess.launch(wanted.name)


def _cells(options: RunOptions) -> tuple[str, ...]:
    if options.file is None:
        return tuple(code for code in options.code if code.strip())
    name = "stdin" if str(options.file) == "-" else str(options.file)
    try:
        text = _read(options.file)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
        raise UsageError(f"{name} cannot be read: {reason}") from error
    if options.file.suffix.lower() == ".ipynb":
        from vitrail.presenters.files.notebook_reading import cells_of_notebook

        return cells_of_notebook(text, name)
    return cells_of(text)


def _read(file: Path) -> str:
    """Return a file's text; editors of Windows begin it with a mark and end lines with CR LF."""
    if str(file) != "-":
        content = file.read_bytes()
    elif sys.stdin is None:
        raise OSError("it is closed")
    else:
        content = sys.stdin.buffer.read()
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _fail(reason: object) -> int:
    first, _, rest = _reason(reason).partition("\n")
    if sys.stderr is not None:
        sys.stderr.write(f"vitrail run: {first}\n")
        if rest:
            sys.stderr.write(rest.rstrip("\n") + "\n")
    return FAILED


def _reason(error: object) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__
