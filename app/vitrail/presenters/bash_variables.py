"""The variables of a bash kernel, by code that is run on the quiet.

bash_kernel tells nothing of what silent code prints, and evaluates no expressions. So the code
writes into a file of ours, if that is there: a kernel on another machine finds none, and leaves
none behind.
"""

import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.requests import ExecuteRequest
from vitrail_widgets.variables.variable import Variable

ANSWER_S: Final = 5.0
MOST_BYTES: Final = 400_000
SHOWN: Final = 160

# Builtins alone: a function of the user's may have any name. An exit status that is not 0 would be
# told as an error, and the line would stand in the history that `history` shows.
CODE: Final = (
    "if builtin test -w {file}; then"
    " {{ builtin declare -p | command head -c {most}; }} >| {file};"
    ' case "$(builtin history 1)" in *{file}*) builtin history -d -1;; esac;'
    " fi 2> /dev/null; builtin true"
)
TYPES: Final = {"A": "array[string]", "a": "array", "i": "integer", "n": "reference"}
OF_THE_SHELL: Final = re.compile(
    r"BASH.*|COMP_.*|DIRSTACK|E?UID|EPOCH.*|GROUPS|HIST.*|HOSTNAME|HOSTTYPE|IFS|LINENO|LINES"
    r"|COLUMNS|MACHTYPE|MAILCHECK|OLDPWD|OPTERR|OPTIND|OSTYPE|PIPESTATUS|PPID|PROMPT_COMMAND|PS\d"
    r"|PWD|S?RANDOM|SECONDS|SHELLOPTS|SHLVL|TERM|PAGER|_"
)
QUOTED: Final = r"""(?:"(?:\\.|[^"\\])*"|\$'(?:\\.|[^'\\])*')"""
ITEMS: Final = rf"""\((?:{QUOTED}|[^"'()$]|\$(?!'))*\)"""
DECLARED: Final = re.compile(
    rf"declare -(?P<flags>[A-Za-z-]+) (?P<name>\w+)(?:=(?P<value>{QUOTED}|{ITEMS}))?$",
    re.DOTALL | re.MULTILINE,
)
ITEM: Final = re.compile(rf"\[(?:{QUOTED}|[^\]\"'])*\]={QUOTED}", re.DOTALL)
ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


async def bash_variables(client: KernelClient) -> list[Variable] | None:
    """Return the variables of a bash kernel that is idle; None when it does not tell them."""
    if client.is_busy or client.running():
        return None
    with tempfile.TemporaryDirectory(prefix="vitrail-") as home:
        file = Path(home, "variables")
        file.touch(0o600)
        code = CODE.format(file=shlex.quote(str(file)), most=MOST_BYTES)
        request = ExecuteRequest(code=code, silent=True, store_history=False, allow_stdin=False)
        try:
            await client.ask(request, timeout_s=ANSWER_S)
        except (TimeoutError, ProtocolError):
            return None
        text = file.read_text("utf-8", "replace")
    return rows_in(text) if text else None


def rows_in(text: str) -> list[Variable]:
    """Return the variables that `declare -p` lists, without the shell's own and the environment."""
    rows: list[Variable] = []
    at = 0
    while (found := DECLARED.search(text, at)) is not None:
        at = found.end()
        flags, name, value = found["flags"], found["name"], found["value"] or ""
        is_inherited = "x" in flags and os.environ.get(name) == _plain(value)
        if not OF_THE_SHELL.fullmatch(name) and not is_inherited:
            rows.append(_variable(flags, name, value))
    return rows


def _variable(flags: str, name: str, value: str) -> Variable:
    kind = next((TYPES[flag] for flag in TYPES if flag in flags), "string")
    is_many = kind.startswith("array")
    size = len(ITEM.findall(value)) if is_many else len(_plain(value))
    text = " ".join(value.split()) if is_many else value
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return Variable(name, "instance", kind, str(size), None, shown, 0)


def _plain(value: str) -> str:
    """Return what a quoted text stands for."""
    return ESCAPED.sub(r"\1", value[1:-1]) if value[:1] == '"' else value[2:-1]
