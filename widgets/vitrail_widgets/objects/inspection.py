"""What help says of an object, whichever kernel it came from, and by whatever message."""

from dataclasses import dataclass

from vitrail_widgets.objects.target import Target
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.transcript.mime import MimeBundle


@dataclass(frozen=True, slots=True)
class Fact:
    """A line about an object.

    Attributes:
        title: What it tells: "Type", "File".
        text: As it is shown.
        target: The object that is spoken of, if it can be looked at.
        place: A file and a line in it, from 1 and 0 for none, where the text names them.
    """

    title: str
    text: str
    target: Target | None = None
    place: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of documentation.

    Attributes:
        title: Whose it is, if not the object's own: "Class", "Constructor", "Call".
        text: A docstring without common indentation.
    """

    title: str
    text: str


@dataclass(frozen=True)
class Inspection:
    """Help about one object; what is not known is empty.

    Attributes:
        name: Its own name where it has one, else what it was asked for by.
        kind: "module", "class", "function", "method", "property", "instance", "magic", "alias".
        signature: What it takes.
        facts: What it is, line by line.
        passages: Its documentation.
        links: Names in the documentation that lead to objects.
        page: What a kernel sent for showing, where it cannot be taken apart.
        source: Its source, where that came along.
        remark: What is missing.
    """

    name: str
    kind: str = ""
    signature: Signature | None = None
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[tuple[str, Target], ...] = ()
    page: MimeBundle | None = None
    source: str = ""
    remark: str = ""
