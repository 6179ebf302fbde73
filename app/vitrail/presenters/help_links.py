"""What a kernel offers to read about itself and its language."""

from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from vitrail.protocol.replies import KernelInfoReply

MOST: Final = 30
LONGEST_TITLE: Final = 60
_SCHEMES: Final = ("http", "https")


class HelpLink(NamedTuple):
    """A page on the web.

    Attributes:
        title: One line.
        url: http or https; nothing else is opened for a kernel.
    """

    title: str
    url: str


def help_links(info: KernelInfoReply | None) -> list[HelpLink]:
    """Return the links of a kernel that can be followed, MOST at most.

    Source:
        Jupyter messaging 5.5, "Kernel info": a list of {"text": ..., "url": ...}.
    """
    offered = [] if info is None else info.help_links
    found = (_link(each) for each in offered)
    return [link for link in found if link is not None][:MOST]


def _link(offered: dict[str, Any]) -> HelpLink | None:
    url = offered.get("url")
    if not isinstance(url, str) or not _can_be_followed(url):
        return None
    text = offered.get("text")
    words = " ".join(text.split()) if isinstance(text, str) else ""
    title = "".join(char for char in words if char.isprintable()) or url
    return HelpLink(title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…", url)


def _can_be_followed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and url.isprintable()
