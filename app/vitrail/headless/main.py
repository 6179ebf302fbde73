"""`vitrail run`, from its options to its exit status."""

import asyncio
import sys
from pathlib import Path

from vitrail.headless.runner import Runner
from vitrail.headless.sections import cells_of, cells_of_notebook
from vitrail.kernel.discovery import find_connection_file
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.options import RunOptions
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.errors import ProtocolError, UsageError

OK, RAISED, FAILED = 0, 1, 2


def run(options: RunOptions) -> int:
    """Run what the options say; return the exit status. Errors are said on stderr."""
    try:
        cells = _cells(options)
        _check_targets(options.to)
        runner, failure = asyncio.run(_run(options, cells))
        _save(options, runner)
    except (UsageError, ProtocolError, TimeoutError, OSError) as error:
        return _fail(error)
    except KeyboardInterrupt:
        return _fail("interrupted")
    if failure is not None:
        return _fail(failure)
    return RAISED if runner.raised else OK


async def _run(options: RunOptions, cells: tuple[str, ...]) -> tuple[Runner, Exception | None]:
    """Run the cells; what came out is returned with what went wrong, so that it is saved."""
    runner = Runner()
    kernel = LiveKernel(await _kernel(options))
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


async def _kernel(options: RunOptions) -> KernelProcess | ConnectionInfo:
    if options.existing is not None:
        return read_connection_file(find_connection_file(options.existing))
    return await KernelProcess.launch(options.kernel)


def _cells(options: RunOptions) -> tuple[str, ...]:
    if options.file is None:
        return options.code
    if str(options.file) == "-":
        return cells_of(sys.stdin.read())
    try:
        text = options.file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{options.file} cannot be read: {_reason(error)}") from error
    if options.file.suffix == ".ipynb":
        return cells_of_notebook(text, str(options.file))
    return cells_of(text)


def _check_targets(targets: tuple[Path, ...]) -> None:
    """Refuse what could not be written before anything is run."""
    for path in targets:
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no directory {path.parent}")
        if path.is_dir():
            raise UsageError(f"{path} cannot be written: it is a directory")


def _save(options: RunOptions, runner: Runner) -> None:
    from vitrail_widgets.transcript.copying import transcript_text

    if not options.to:
        text = transcript_text(runner.transcript)
        if text:
            sys.stdout.write(text + "\n")
    for path in options.to:
        match path.suffix.lower():
            case ".txt":
                path.write_text(transcript_text(runner.transcript) + "\n", "utf-8")
            case ".ipynb":
                from vitrail.presenters.notebook import notebook_of

                path.write_text(notebook_of(runner.transcript, runner.info), "utf-8")
            case _:
                from vitrail.headless.grab import grab

                note = grab(runner.transcript, runner.info, options.theme, path)
                if note:
                    sys.stderr.write(f"vitrail run: {note}\n")


def _fail(reason: object) -> int:
    text = _reason(reason)
    first, _, rest = text.partition("\n")
    sys.stderr.write(f"vitrail run: {first}\n")
    if rest:
        sys.stderr.write(rest.rstrip("\n") + "\n")
    return FAILED


def _reason(error: object) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__
