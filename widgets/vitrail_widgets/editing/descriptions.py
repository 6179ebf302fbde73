"""What is known about a name, for reading beside what is typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Description:
    """A name with its signature and documentation; what is not known is empty.

    Attributes:
        heading: The name with its parameters, or alone.
        text: Its documentation as plain text, without common indentation.
        remark: What kind of thing it is, or what is missing.
    """

    heading: str
    text: str = ""
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that the name does not."""
        return not self.text and "(" not in self.heading
