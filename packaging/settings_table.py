"""Write the table of settings into docs/settings.md.

.venv/bin/python packaging/settings_table.py
"""

import sys
from pathlib import Path

import msgspec

from vitrail.settings.fields import sections

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->\n"


def table() -> str:
    """Return the settings as Markdown, a table for each section."""
    parts: list[str] = []
    for section in sections():
        rows = [
            f"\n`[{section.name}]`: {section.meaning}\n",
            "| setting | default | meaning |",
            "| --- | --- | --- |",
        ]
        for field in section.fields:
            choices = " · ".join(f"`{each}`" for each in field.choices)
            meaning = field.meaning + (f" One of {choices}." if choices else "")
            default = msgspec.json.encode(field.default).decode()
            rows.append(f"| `{field.name}` | `{default}` | {meaning} |")
        parts.append("\n".join(rows) + "\n")
    return "".join(parts) + "\n"


def with_table(page: str) -> str:
    """Return a page with the table of today in it."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{PAGE.name} is up to date\n")
