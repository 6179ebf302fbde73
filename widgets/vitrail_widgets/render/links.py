"""Which links may be followed. They come from kernels, that is, from anywhere."""

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})


def is_followed(target: str) -> bool:
    """Say whether a link may be opened: a page or an address, and never a file or a program."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if not target.isprintable() or parts.scheme.lower() not in SCHEMES:
        return False
    return bool(parts.path if parts.scheme.lower() == "mailto" else parts.netloc)
