"""A doctor's report: facts by section, notes, and what is wrong, as text and as JSON. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | None


@dataclass
class Section:
    """One subject.

    Attributes:
        title: Its heading, and in lower case its key in JSON.
        facts: By their names, in order.
    """

    title: str
    facts: dict[str, Value] = field(default_factory=dict[str, Value])


@dataclass
class Report:
    """All that was found.

    Attributes:
        sections: In order.
        notes: Sentences worth knowing that need no mending.
        faults: Sentences that say what is wrong.
    """

    sections: list[Section] = field(default_factory=list[Section])
    notes: list[str] = field(default_factory=list[str])
    faults: list[str] = field(default_factory=list[str])

    def add(self, title: str, facts: Mapping[str, Value]) -> None:
        """Append a section."""
        self.sections.append(Section(title, dict(facts)))

    def wrong(self, sentence: str) -> None:
        """Add what is wrong, once."""
        if sentence not in self.faults:
            self.faults.append(sentence)

    def as_text(self) -> str:
        """Write it for people."""
        lines: list[str] = []
        for section in self.sections:
            lines.append(section.title)
            width = max(map(len, section.facts), default=0)
            lines += [f"  {name:<{width}}  {_said(value)}" for name, value in section.facts.items()]
            lines.append("")
        for heading, sentences in (("Good to know", self.notes), ("Wrong", self.faults)):
            if sentences:
                lines += [heading, *(f"  - {sentence}" for sentence in sentences), ""]
        if not self.faults:
            lines.append("All is well.")
        return "\n".join(lines).rstrip("\n") + "\n"

    def as_json(self) -> str:
        """Write it for programs: sections by their titles, notes, faults, ok."""
        fields: dict[str, object] = {
            section.title.lower(): section.facts for section in self.sections
        }
        whole = {**fields, "notes": self.notes, "faults": self.faults, "ok": not self.faults}
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def milliseconds(seconds: float | None) -> str:
    """Say how fast something answered."""
    if seconds is None:
        return "no answer"
    return f"answers in {seconds * 1000:.0f} ms" if seconds >= 0.001 else "answers in < 1 ms"


def _said(value: Value) -> str:
    match value:
        case None:
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case _:
            # What a kernel or a kernelspec says of itself may hold line ends and escapes.
            return "".join(
                char if char.isprintable() else "\N{SYMBOL FOR NULL}" for char in str(value)
            )
