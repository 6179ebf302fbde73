"""The command line. Imports no Qt: a wrong option costs no start of a window system."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vitrail.options import (
    CompletionOptions,
    DoctorOptions,
    KernelsOptions,
    Options,
    RunOptions,
    SshServer,
    WindowOptions,
)

if TYPE_CHECKING:
    import argparse

    from vitrail.command_line.parser import Parser

FORMATS = (".ipynb", ".html", ".md", ".py", ".txt", ".pdf", ".png")
COMMANDS = ("run", "doctor", "kernels", "completion")
THEMES = ("light", "dark", "contrast", "system")
INTERRUPTED = 2


def parse(argv: Sequence[str]) -> Options:
    """Turn arguments into options; exits on --help, --version and errors.

    Args:
        argv: Without the program's name.
    """
    match argv:
        case ["run", *rest]:
            return _run_options(rest)
        case ["doctor", *rest]:
            return _doctor_options(rest)
        case ["kernels", *rest]:
            return _kernels_options(rest)
        case ["completion", *rest]:
            return _completion_options(rest)
        case _:
            return _window_options(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status."""
    options = parse(sys.argv[1:] if argv is None else argv)
    try:
        return _start(options)
    except KeyboardInterrupt:  # while the modules of the program were loaded
        return INTERRUPTED


def _start(options: Options) -> int:
    match options:
        case RunOptions():
            from vitrail.headless.main import run

            return run(options)
        case DoctorOptions():
            from vitrail.doctor.main import examine

            return examine(options)
        case KernelsOptions():
            from vitrail.inventory.main import list_kernels

            return list_kernels(options)
        case CompletionOptions():
            from vitrail.command_line.completion import script

            sys.stdout.write(script(options.shell))
            return 0
        case WindowOptions():
            from vitrail.bootstrap import open_window

            return open_window(options)


def _window_options(argv: Sequence[str]) -> WindowOptions:
    from vitrail.command_line.table import window_parser

    parser = window_parser()
    given = parser.parse_args(argv)
    _check_engine(parser, given)
    _check_file(parser, given.file)
    _check_theme(parser, given.theme)
    return WindowOptions(
        file=given.file,
        kernel=given.kernel,
        **_attachment(parser, given),
        cluster=given.cluster,
        engine=given.engine,
        theme=given.theme,
        config=given.config,
        is_single=given.single_instance,
        is_debug=given.debug or given.log_filter is not None,
        log_filter=given.log_filter,
    )


def _kernels_options(argv: Sequence[str]) -> KernelsOptions:
    from vitrail.command_line.table import kernels_parser

    given = kernels_parser().parse_args(argv)
    return KernelsOptions(json=given.json, names=given.names)


def _completion_options(argv: Sequence[str]) -> CompletionOptions:
    from vitrail.command_line.table import completion_parser

    return CompletionOptions(shell=completion_parser().parse_args(argv).shell)


def _doctor_options(argv: Sequence[str]) -> DoctorOptions:
    from vitrail.command_line.table import doctor_parser

    parser = doctor_parser()
    given = parser.parse_args(argv)
    return DoctorOptions(kernel=given.kernel, json=given.json, **_attachment(parser, given))


def _run_options(argv: Sequence[str]) -> RunOptions:
    from vitrail.command_line.table import run_parser

    parser = run_parser()
    given = parser.parse_args(argv)
    _check_engine(parser, given)
    if (given.file is None) == (not given.code):
        parser.error("give either a FILE or -c CODE")
    return RunOptions(
        file=given.file,
        code=tuple(given.code),
        kernel=given.kernel,
        **_attachment(parser, given),
        cluster=given.cluster,
        engine=given.engine,
        traits=tuple(given.traits),
        to=_targets(parser, given),
        timeout_s=given.timeout,
        theme=given.theme,
    )


def _targets(parser: "Parser", given: "argparse.Namespace") -> tuple[Path, ...]:
    for path in given.to:
        if path.suffix.lower() not in FORMATS:
            parser.error(f"--to {path}: the name must end in {', '.join(FORMATS)}")
    if given.grab is None:
        return tuple(given.to)
    if given.grab.suffix.lower() != ".png":
        parser.error(f"--grab {given.grab}: the name must end in .png")
    return (*given.to, given.grab)


def _check_file(parser: "Parser", file: Path | None) -> None:
    """Take a misspelt command for one; other files that are not there are said in the window."""
    if file is None or file.suffix or file.exists():
        return
    from vitrail.command_line.parser import did_you_mean

    meant = did_you_mean(str(file), COMMANDS)
    if meant:
        parser.error(f"there is no file {str(file)!r}{meant}")


def _check_theme(parser: "Parser", theme: str | None) -> None:
    if theme is None or theme in THEMES:
        return
    from vitrail.settings.model import theme_problem

    problem = theme_problem(theme)
    if problem:
        parser.error(f"--style {theme}: {problem.rstrip('.')}")


def _check_engine(parser: "Parser", given: "argparse.Namespace") -> None:
    if given.engine is not None and given.cluster is None:
        parser.error("--engine needs --cluster FILE")


def _attachment(parser: "Parser", given: "argparse.Namespace") -> dict[str, Any]:
    """Return what the options have in common that attach to a kernel."""
    for name in ("keyfile", "ssh", "sshkey"):
        if getattr(given, name) is not None and given.existing is None:
            parser.error(f"--{name} needs --existing")
    ssh = given.ssh
    if given.sshkey is not None:
        ssh = replace(ssh or SshServer(""), key_file=given.sshkey)
    return {"existing": given.existing, "key_file": given.keyfile, "ssh": ssh}


if __name__ == "__main__":
    sys.exit(main())
