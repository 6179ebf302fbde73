"""Sizes in words."""


def size_in_words(size_bytes: int) -> str:
    """Return a size as people write it, in powers of ten."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    for unit, power in (("kB", 1e3), ("MB", 1e6)):
        if size_bytes < 1000 * power:
            return f"{size_bytes / power:.1f} {unit}"
    return f"{size_bytes / 1e9:.1f} GB"
