"""What the bar says of a tab."""

from dataclasses import dataclass
from enum import Enum

from vitrail.kernel.lifecycle import KernelState
from vitrail.shell.status import WORDS
from vitrail_resources.translation import tr


class News(Enum):
    """What happened in a tab since one looked at it."""

    NONE = ""
    OUTPUT = tr("new output")
    ERROR = tr("an error")


@dataclass(frozen=True, slots=True)
class TabFace:
    """A tab as it is drawn and spoken.

    Attributes:
        title: What it is called.
        language: Of the kernel, in lower case; empty while unknown.
        details: More about the kernel, a line each; for the tooltip.
    """

    title: str
    language: str
    state: KernelState
    news: News = News.NONE
    details: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The tab as a screen reader says it."""
        parts = (self.title, WORDS[self.state], self.news.value)
        return ", ".join(part for part in parts if part)

    @property
    def tip(self) -> str:
        """The tooltip, as plain text."""
        news = f" · {self.news.value}" if self.news is not News.NONE else ""
        return "\n".join((self.title, f"{WORDS[self.state].capitalize()}{news}", *self.details))
