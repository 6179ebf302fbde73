"""What came out, written where the options say."""

import os
import sys
from pathlib import Path

from vitrail.headless.runner import Runner
from vitrail.options import RunOptions
from vitrail.preflight import problems
from vitrail.presenters.files.formats import format_named, write_now
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.presenters.files.writing import write_whole
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.copying import transcript_text

PAINTED = (".png", ".pdf")


def check_targets(targets: tuple[Path, ...]) -> None:
    """Refuse what could not be written before anything is run.

    Raises:
        UsageError: A target has no directory, or is one; a picture cannot be painted here.
    """
    for path in targets:
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no directory {path.parent}")
        if path.is_dir():
            raise UsageError(f"{path} cannot be written: it is a directory")
    if any(path.suffix.lower() in PAINTED for path in targets) and (lacks := problems("offscreen")):
        raise UsageError(lacks[0])


def save(options: RunOptions, runner: Runner) -> None:
    """Write every target; without one print the transcript.

    Raises:
        UsageError: One of them cannot be written.
    """
    if not options.to:
        _print(transcript_text(runner.transcript))
    for path in options.to:
        if path.suffix.lower() == ".png":
            write_whole(path, [_picture(path, options, runner)])
        elif path.suffix.lower() == ".pdf":
            _write_pages(path, runner)
        else:
            write_now(path, format_named(path.suffix), _source(path, runner))


def _source(path: Path, runner: Runner) -> ExportSource:
    spec = runner.spec
    kernel = None if spec is None else KernelName(spec.name, spec.display_name)
    return ExportSource(runner.transcript.entries, runner.info, kernel, path.stem)


def _write_pages(path: Path, runner: Runner) -> None:
    from vitrail.headless.grab import write_pages

    write_pages(path, _source(path, runner))


def _picture(path: Path, options: RunOptions, runner: Runner) -> bytes:
    from vitrail.headless.grab import grab

    content, note = grab(runner.transcript, runner.info, options.theme)
    if note and sys.stderr is not None:
        sys.stderr.write(f"vitrail run: {path} {note}\n")
    return content


def _print(text: str) -> None:
    """Write to stdout; what its encoding does not have is escaped."""
    if not text:
        return
    stdout = sys.stdout
    if stdout is None:
        raise UsageError("stdout cannot be written: it is closed")
    try:
        stdout.buffer.write((text + "\n").encode(stdout.encoding, "backslashreplace"))
        stdout.flush()
    except OSError as error:
        # Python flushes again at its end, and would complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
        raise UsageError(f"stdout cannot be written: {error.strerror or error}") from error
