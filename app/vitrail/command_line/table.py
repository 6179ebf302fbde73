"""Every command and its options: what is parsed, said by --help and completed by shells.

A help text ends before column 80, and the window's own help before line 25.
"""

from pathlib import Path
from typing import Final

from vitrail import __version__
from vitrail.command_line.parser import Parser
from vitrail.command_line.values import number, seconds, ssh_server, trait

SUBJECTS: Final = ("kernel", "wire")
"""What --debug speaks of: `vitrail.speaking.SUBJECTS`, without importing logging."""

SHELLS: Final = ("bash", "zsh", "fish")

WINDOW_EPILOG = """\
vitrail run         run code without a window      vitrail kernels    list them
vitrail doctor      say what is wrong              vitrail completion for shells
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

COMPLETION_EPILOG = """\
bash:  eval "$(vitrail completion bash)", in ~/.bashrc
zsh:   vitrail completion zsh > a directory of $fpath, as _vitrail
fish:  vitrail completion fish > ~/.config/fish/completions/vitrail.fish
"""


def parsers() -> dict[str, Parser]:
    """Return the parser of each command; the window's has no name."""
    return {
        "": window_parser(),
        "run": run_parser(),
        "doctor": doctor_parser(),
        "kernels": kernels_parser(),
        "completion": completion_parser(),
    }


def window_parser() -> Parser:
    """Return what opens a window."""
    parser = Parser("vitrail", "A desktop frontend for Jupyter kernels.", WINDOW_EPILOG)
    parser.table.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="notebook or script to open"
    )
    _add_kernel(parser, has_clusters=True)
    parser.table.add_argument(
        "--style", "--theme", dest="theme", metavar="S", help="light, dark or a Pygments style"
    )
    parser.table.add_argument("--config", type=Path, metavar="FILE", help="settings file to use")
    parser.table.add_argument(
        "--single-instance", action="store_true", help="use the window that is open already"
    )
    parser.table.add_argument("--debug", action="store_true", help="say on stderr what happens")
    parser.table.add_argument(
        "--log-filter", choices=SUBJECTS, metavar="SUBJECT", help="only that: kernel or wire"
    )
    parser.table.add_argument(
        "--version", action="version", version=f"vitrail {__version__}", help="say it and exit"
    )
    return parser


def run_parser() -> Parser:
    """Return what runs code without a window."""
    description = "Run code on a kernel without a window and save what came out."
    parser = Parser("vitrail run", description, RUN_EPILOG)
    parser.table.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a script or notebook; - is stdin"
    )
    parser.table.add_argument(
        "-c", dest="code", action="append", default=[], metavar="CODE", help="a cell; repeatable"
    )
    _add_kernel(parser, has_clusters=True)
    parser.table.add_argument(
        "--to",
        action="append",
        default=[],
        type=Path,
        metavar="OUT",
        help="write .ipynb, .html, .md, .py, .txt, .pdf, .png",
    )
    parser.table.add_argument(
        "--set",
        dest="traits",
        action="append",
        default=[],
        type=trait,
        metavar="CLASS.TRAIT=VALUE",
        help="set a trait of an IPython kernel first",
    )
    parser.table.add_argument("--grab", type=Path, metavar="PNG", help="paint the transcript")
    parser.table.add_argument(
        "--timeout", type=seconds, metavar="S", help="give up after S seconds in all"
    )
    parser.table.add_argument(
        "--theme",
        choices=("light", "dark", "contrast"),
        default="light",
        metavar="S",
        help="light, dark or contrast, for .png",
    )
    return parser


def doctor_parser() -> Parser:
    """Return what says what is wrong."""
    description = "Say what is installed, what runs, what a kernel can do and what is wrong."
    parser = Parser("vitrail doctor", description, DOCTOR_EPILOG, "vitrail doctor [OPTIONS]")
    _add_kernel(parser, usual="")
    parser.table.add_argument("--json", action="store_true", help="write JSON")
    return parser


def kernels_parser() -> Parser:
    """Return what lists kernels."""
    description = "List the kernels that could be launched, and those that run."
    parser = Parser("vitrail kernels", description, usage="vitrail kernels [OPTIONS]")
    parser.table.add_argument("--json", action="store_true", help="write JSON")
    parser.table.add_argument("--names", action="store_true", help="only what --kernel takes")
    return parser


def completion_parser() -> Parser:
    """Return what lets shells complete our options."""
    description = "Write what lets a shell complete the options of vitrail."
    usage = "vitrail completion SHELL"
    parser = Parser("vitrail completion", description, COMPLETION_EPILOG, usage)
    parser.table.add_argument("shell", choices=SHELLS, help="the shell")
    return parser


def _add_kernel(
    parser: Parser, usual: str = "the file's, else python3", *, has_clusters: bool = False
) -> None:
    which = parser.table.add_mutually_exclusive_group()
    explained = f"kernel or environment ({usual})" if usual else "kernel or environment to launch"
    which.add_argument("--kernel", metavar="NAME", help=explained)
    which.add_argument(
        "--existing",
        metavar="FILE",
        nargs="?",
        const="kernel-*.json",
        help="attach: connection file, or part of its name",
    )
    parser.table.add_argument(
        "--keyfile", type=Path, metavar="FILE", help="holds the key, not the connection file"
    )
    parser.table.add_argument(
        "--ssh",
        type=ssh_server,
        metavar="HOST",
        help="reach it through [user@]host[:port]",
    )
    parser.table.add_argument("--sshkey", type=Path, metavar="FILE", help="private key for ssh")
    if not has_clusters:
        return
    which.add_argument(
        "--cluster", type=Path, metavar="FILE", help="attach to an engine: its client file"
    )
    parser.table.add_argument(
        "--engine", type=number, metavar="N", help="which engine of the cluster"
    )
