"""The command line. Imports no Qt: a wrong option costs no start of a window system."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from vitrail import __version__
from vitrail.options import DoctorOptions, Options, RunOptions, SshServer, WindowOptions

FORMATS = (".ipynb", ".html", ".md", ".py", ".txt", ".pdf", ".png")
USAGE_ERROR = INTERRUPTED = 2

WINDOW_EPILOG = """\
vitrail run        run code without a window: vitrail run --help
vitrail doctor     say what is installed, what runs and what is wrong
"""

RUN_EPILOG = """\
Cells are split at lines that begin with "# %%"; a notebook brings its own.
Without --to the transcript goes to stdout. Exit status: 0; 1 if a cell raised;
2 for a wrong call, or a kernel that cannot be started, reached, or waited for.
"""


DOCTOR_EPILOG = """\
Without a kernel only the machine is looked at. Keys are never printed.
Exit status: 0 when all is well; 1 when something is wrong; 2 for a wrong call.
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with the sentence alone; the usage is for --help."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parse(argv: Sequence[str]) -> Options:
    """Turn arguments into options; exits on --help, --version and errors.

    Args:
        argv: Without the program's name.
    """
    if argv and argv[0] == "run":
        return _run_options(argv[1:])
    if argv and argv[0] == "doctor":
        return _doctor_options(argv[1:])
    parser = _window_parser()
    given = parser.parse_args(argv)
    _check_engine(parser, given)
    return WindowOptions(
        file=given.file,
        kernel=given.kernel,
        **_attachment(parser, given),
        cluster=given.cluster,
        engine=given.engine,
        theme=given.theme,
    )


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
        case WindowOptions():
            from vitrail.bootstrap import open_window

            return open_window(options)


def _window_parser() -> Parser:
    parser = Parser(
        prog="vitrail",
        description="A desktop frontend for Jupyter kernels.",
        epilog=WINDOW_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "file", nargs="?", type=Path, help="a notebook or a script whose cells to run"
    )
    _add_kernel(parser, has_clusters=True)
    parser.add_argument(
        "--theme", choices=("light", "dark", "contrast", "system"), help="colours, for this time"
    )
    parser.add_argument("--version", action="version", version=f"vitrail {__version__}")
    return parser


def _run_parser() -> Parser:
    parser = Parser(
        prog="vitrail run",
        description="Run code on a kernel without a window and save what came out.",
        epilog=RUN_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("file", nargs="?", type=Path, help="a script or notebook; - is stdin")
    parser.add_argument(
        "-c", dest="code", action="append", default=[], metavar="CODE", help="a cell; repeatable"
    )
    _add_kernel(parser, has_clusters=True)
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        type=Path,
        metavar="OUT",
        help="write .ipynb, .html, .md, .py, .txt, .pdf or .png; repeatable",
    )
    parser.add_argument(
        "--set",
        dest="traits",
        action="append",
        default=[],
        type=_trait,
        metavar="CLASS.TRAIT=VALUE",
        help="set a trait of an IPython kernel first; VALUE is JSON or text; repeatable",
    )
    parser.add_argument("--grab", type=Path, metavar="PNG", help="paint the transcript")
    parser.add_argument(
        "--timeout", type=_seconds, metavar="S", help="give up after S seconds in all"
    )
    parser.add_argument(
        "--theme", choices=("light", "dark", "contrast"), default="light", help="for .png"
    )
    return parser


def _doctor_parser() -> Parser:
    parser = Parser(
        prog="vitrail doctor",
        description="Say what is installed, what runs, what a kernel can do and what is wrong.",
        epilog=DOCTOR_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_kernel(parser, usual="")
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _doctor_options(argv: Sequence[str]) -> DoctorOptions:
    parser = _doctor_parser()
    given = parser.parse_args(argv)
    return DoctorOptions(kernel=given.kernel, json=given.json, **_attachment(parser, given))


def _run_options(argv: Sequence[str]) -> RunOptions:
    parser = _run_parser()
    given = parser.parse_args(argv)
    _check_engine(parser, given)
    if (given.file is None) == (not given.code):
        parser.error("give either a FILE or -c CODE")
    targets = [*given.to]
    for path in given.to:
        if path.suffix.lower() not in FORMATS:
            parser.error(f"--to {path}: the name must end in {', '.join(FORMATS)}")
    if given.grab is not None:
        if given.grab.suffix.lower() != ".png":
            parser.error(f"--grab {given.grab}: the name must end in .png")
        targets.append(given.grab)
    return RunOptions(
        file=given.file,
        code=tuple(given.code),
        kernel=given.kernel,
        **_attachment(parser, given),
        cluster=given.cluster,
        engine=given.engine,
        traits=tuple(given.traits),
        to=tuple(targets),
        timeout_s=given.timeout,
        theme=given.theme,
    )


def _add_kernel(
    parser: argparse.ArgumentParser,
    usual: str = "the notebook's own, else python3",
    *,
    has_clusters: bool = False,
) -> None:
    which = parser.add_mutually_exclusive_group()
    explained = f" ({usual})" if usual else ""
    which.add_argument("--kernel", metavar="NAME", help=f"kernelspec to launch{explained}")
    which.add_argument(
        "--existing",
        metavar="FILE",
        nargs="?",
        const="kernel-*.json",
        help="attach to a running kernel: its connection file, or a part of its name",
    )
    parser.add_argument(
        "--keyfile", type=Path, metavar="FILE", help="holds the key, instead of the connection file"
    )
    parser.add_argument(
        "--ssh",
        type=_ssh_server,
        metavar="[USER@]HOST[:PORT]",
        help="reach it through this machine",
    )
    parser.add_argument(
        "--sshkey",
        type=Path,
        metavar="FILE",
        help="private key for ssh; without --ssh, to the machine that the connection file names",
    )
    if not has_clusters:
        return
    which.add_argument(
        "--cluster",
        type=Path,
        metavar="FILE",
        help="attach to an engine of a cluster: its ipcontroller-...-client.json",
    )
    parser.add_argument("--engine", type=_number, metavar="N", help="which engine of the cluster")


def _check_engine(parser: Parser, given: argparse.Namespace) -> None:
    if given.engine is not None and given.cluster is None:
        parser.error("--engine needs --cluster FILE")


def _attachment(parser: Parser, given: argparse.Namespace) -> dict[str, Any]:
    """Return what the options have in common that attach to a kernel."""
    for name in ("keyfile", "ssh", "sshkey"):
        if getattr(given, name) is not None and given.existing is None:
            parser.error(f"--{name} needs --existing")
    ssh = given.ssh
    if given.sshkey is not None:
        ssh = replace(ssh or SshServer(""), key_file=given.sshkey)
    return {"existing": given.existing, "key_file": given.keyfile, "ssh": ssh}


_SSH_SERVER = re.compile(
    r"(?P<user>[^\s@\-][^\s@]*@)?"
    r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<host>[^\s@:\[\]\-][^\s@:\[\]]*))"
    r"(?::(?P<port>[0-9]{1,5}))?"
)


def _ssh_server(text: str) -> SshServer:
    """Read [user@]host[:port]; what ssh would take for an option is refused."""
    found = _SSH_SERVER.fullmatch(text)
    port = found["port"] if found else None
    if found is None or (port is not None and not 1 <= int(port) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not [user@]host[:port]")
    host = f"{found['user'] or ''}{found['v6'] or found['host']}"
    return SshServer(host, int(port) if port else None)


def _trait(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals or not re.fullmatch(r"[^\W\d]\w*\.[^\W\d]\w*", name):
        raise argparse.ArgumentTypeError(f"{text!r} is not Class.trait=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
