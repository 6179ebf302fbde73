"""What lets bash, zsh and fish complete our options, made from the one table of them."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.command_line.table import parsers

NAMES: Final = "vitrail kernels --names 2>/dev/null"
"""The command that says what --kernel takes."""

_THEMES: Final = ("light", "dark", "contrast", "system")
_WORDS: Final = {
    "theme": _THEMES,
}

_ABOUT: Final = {
    "run": "run code without a window",
    "doctor": "say what is wrong",
    "kernels": "list kernels",
    "completion": "complete options in a shell",
}


_SUBCOMMANDS: Final = " ".join(_ABOUT)


@dataclass(frozen=True, slots=True)
class Option:
    """An option, or an argument without a name, as shells complete it.

    Attributes:
        names: As they are typed; empty for an argument.
        about: What --help says.
        value: What its value is called; empty when it takes none.
        words: What the value may be; empty when anything.
        is_kernel: Whether its value names a kernel.
        is_path: Whether its value is a file.
        may_lack: Whether it can also be given without a value.
    """

    names: tuple[str, ...]
    about: str
    value: str
    words: tuple[str, ...]
    is_kernel: bool
    is_path: bool
    may_lack: bool


def script(shell: str) -> str:
    """Return the text that a shell sources.

    Args:
        shell: One of `vitrail.command_line.table.SHELLS`.
    """
    makers: dict[str, Callable[[], Iterator[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return "\n".join(makers[shell]()) + "\n"


def commands() -> dict[str, list[Option]]:
    """Return the options of each command; the window's has no name."""
    return {
        name: [_option(action) for action in parser.actions] for name, parser in parsers().items()
    }


def _option(action: argparse.Action) -> Option:
    takes = action.nargs != 0
    choices = tuple(map(str, action.choices or ()))
    return Option(
        names=tuple(action.option_strings),
        about=(action.help or "").replace("%%", "%"),
        value=str(action.metavar or action.dest).upper() if takes else "",
        words=choices or _WORDS.get(action.dest, ()),
        is_kernel=action.dest == "kernel",
        is_path=action.type is Path or action.dest == "existing",
        may_lack=action.nargs == "?",
    )


def _bash() -> Iterator[str]:
    table = commands()
    yield "# bash completion for vitrail; made by `vitrail completion bash`"
    yield "_vitrail() {"
    yield '    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=""'
    yield "    COMPREPLY=()"
    yield "    case $before in"
    yield from _bash_values(table)
    yield "    esac"
    yield "    case $((COMP_CWORD > 1)):${COMP_WORDS[1]} in"
    for name in _ABOUT:
        yield f"        1:{name}) words={_quoted(_bash_words(table[name]))} ;;"
    window = _bash_words(table[""])
    yield f"        0:*) words={_quoted(f'{window} {_SUBCOMMANDS}')} ;;"
    yield f"        *) words={_quoted(window)} ;;"
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o default -F _vitrail vitrail"


def _bash_words(options: list[Option]) -> str:
    return " ".join(word for each in options for word in each.names or each.words)


def _bash_values(table: dict[str, list[Option]]) -> Iterator[str]:
    """Give the cases of options whose value comes next; nothing is the shell's own: files."""
    seen: dict[str, str] = {}
    for option in (each for options in table.values() for each in options):
        if not option.value:
            continue
        words = " ".join(option.words)
        found = f"$({NAMES})" if option.is_kernel else words
        for name in option.names:
            seen.setdefault(name, found)
    for name, words in seen.items():
        reply = f'COMPREPLY=($(compgen -W "{words}" -- "$current")); ' if words else ""
        yield f"        {name}) {reply}return ;;"


def _zsh() -> Iterator[str]:
    table = commands()
    yield "#compdef vitrail"
    yield "# zsh completion for vitrail; made by `vitrail completion zsh`"
    yield "_vitrail_kernels() {"
    yield "    local -a names"
    yield f'    names=(${{(f)"$({NAMES})"}})'
    yield "    compadd -a names"
    yield "}"
    yield "_vitrail_first() {"
    yield "    local -a commands"
    yield f"    commands=({' '.join(_quoted(f'{name}:{about}') for name, about in _ABOUT.items())})"
    yield "    _describe command commands"
    yield "    _files"
    yield "}"
    yield "_vitrail() {"
    yield "    case $words[2] in"
    for name, options in table.items():
        if name:
            yield f"        {name}) shift words; (( CURRENT-- )); _arguments \\"
            yield from _zsh_arguments(options)
            yield "            ;;"
    yield "        *) _arguments \\"
    yield from _zsh_arguments(table[""])
    yield "            ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] = _vitrail ]]; then _vitrail "$@"; else compdef _vitrail vitrail; fi'


def _zsh_arguments(options: list[Option]) -> Iterator[str]:
    for option in options:
        action = _zsh_action(option)
        if not option.names:
            yield f"            {_quoted(f'1: :{action}')} \\"
        for name in option.names:
            colon = "::" if option.may_lack else ":"
            value = f"{colon}{option.value.replace(':', ' ')}:{action}" if option.value else ""
            about = option.about.translate(str.maketrans("[]:", "() "))
            yield f"            {_quoted(f'{name}[{about}]{value}')} \\"
    yield "            '*: :_files'"


def _zsh_action(option: Option) -> str:
    if option.is_kernel:
        return "_vitrail_kernels"
    if option.words:
        return f"({' '.join(option.words)})"
    if not option.names and option.value == "FILE" and option.about.startswith("notebook"):
        return "_vitrail_first"
    return "_files" if option.is_path else " "


def _fish() -> Iterator[str]:
    table = commands()
    seen = f"__fish_seen_subcommand_from {_SUBCOMMANDS}"
    yield "# fish completion for vitrail; made by `vitrail completion fish`"
    for name, about in _ABOUT.items():
        yield f"complete -c vitrail -n 'not {seen}' -a {name} -d {_quoted(about)}"
    for name, options in table.items():
        when = f"__fish_seen_subcommand_from {name}" if name else f"not {seen}"
        for option in options:
            parts = ["complete -c vitrail -n", _quoted(when), *_fish_parts(option)]
            yield " ".join(parts)


def _fish_parts(option: Option) -> Iterator[str]:
    for name in option.names:
        yield f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
    if option.is_kernel:
        yield f"-x -a '({NAMES})'"
    elif option.words:
        yield f"{'-x' if option.names else '-f'} -a {_quoted(' '.join(option.words))}"
    elif option.value and option.names and not option.may_lack:
        yield "-r" if option.is_path else "-x"
    yield f"-d {_quoted(option.about)}"


def _quoted(text: str) -> str:
    """Quote for all three shells; they disagree about how to quote a quote."""
    return "'" + text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") + "'"
