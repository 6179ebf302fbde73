"""Write the table of commands and their keys into docs/keys.md.

.venv/bin/python packaging/keys_table.py
"""

import sys
from pathlib import Path

from vitrail.shell.commands.table import COMMANDS
from vitrail_widgets.keys.command import Command, Scope

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->\n"


def table() -> str:
    """Return the commands as Markdown, a table for each place where keys are heard."""
    parts: list[str] = []
    for scope in Scope:
        rows = [_row(command) for command in COMMANDS if command.scope is scope]
        heading = f"\n### {scope.value[:1].upper()}{scope.value[1:]}\n"
        parts.append("\n".join([heading, "| command | keys | id |", "| --- | --- | --- |", *rows]))
    return "\n".join(parts) + "\n\n"


def with_table(page: str) -> str:
    """Return a page with the table of today in it."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


def _row(command: Command) -> str:
    when = f" ({command.when})" if command.when else ""
    keys = " · ".join(f"`{_escaped(text)}`" for text in command.keys)
    return f"| {command.label}{when} | {keys} | `{command.id}` |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{PAGE.name} is up to date\n")
