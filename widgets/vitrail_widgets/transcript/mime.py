"""A value as the kernel offers it: the same thing in several MIME types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast


class LongJson(str):
    """JSON that is too long to be made objects of: its text, where a value would stand."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MimeBundle:
    """Representations of one value, keyed by MIME type.

    Attributes:
        data: MIME type to content: text, base64 text for binary types, or JSON values.
        metadata: What the kernel says about the representations, usually keyed by MIME type.
    """

    data: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def text(self, mime: str) -> str:
        """Return the content of *mime* as text; empty when there is none.

        A list of strings is joined: nbformat stores multi-line text so, and some kernels send it.
        """
        content = self.data.get(mime)
        if isinstance(content, str):
            return content
        if isinstance(content, list | tuple):
            return "".join(str(part) for part in content)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] # JSON
        return "" if content is None else str(content)


def choose(bundle: MimeBundle, ranks: Mapping[str, int]) -> str | None:
    """Return the MIME type to show: the one of lowest rank that *bundle* has content for.

    Types without a rank are never chosen; of equal ranks the one the kernel named first wins.
    """
    offered = [mime for mime, content in bundle.data.items() if content is not None]
    return min((mime for mime in offered if mime in ranks), key=ranks.__getitem__, default=None)


def mapping(value: object) -> Mapping[str, Any]:
    """Return what a kernel says in pairs; none where it says something else."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def is_binary(mime: str) -> bool:
    """Tell whether Jupyter carries a type as base64."""
    major, _, minor = mime.partition("/")
    return minor == "pdf" or (
        major in ("image", "audio", "video") and not minor.endswith(("+xml", "+json"))
    )
