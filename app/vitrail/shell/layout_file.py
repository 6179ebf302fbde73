"""Where windows stood, in a file of our own: one layout for each set of screens."""

import contextlib
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
import platformdirs
from PySide6.QtCore import QRect, QSize

from vitrail.protocol.private_file import write_private

_LOG: Final = logging.getLogger("vitrail.shell")

VERSION: Final = 1
LARGEST_BYTES: Final = 262_144
"""A larger file was not written by us, and is not read."""

MOST_SETS: Final = 12
GRIP: Final = QSize(120, 24)
"""So much of a window's upper edge has to be seen, or nobody could drag it; pixels."""

SMALLEST: Final = QSize(240, 160)

Pixels = Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a window stood.

    Attributes:
        rect: x and y of its frame, width and height of what is in it, while neither maximized nor
            full screen; in Qt's pixels.
        state: What it was besides.
        docks: The commands that show those of its docks that were shown.
        dock_state: What Qt says of docks and toolbars, base64.
        dock_check: CRC-32 of it: Qt is handed nothing that it did not write itself.
        shares: Widths of the groups of tabs, when there were several.
    """

    rect: tuple[Pixels, Pixels, Pixels, Pixels]
    state: Literal["normal", "maximized", "full screen"] = "normal"
    docks: tuple[str, ...] = ()
    dock_state: str = ""
    dock_check: int = 0
    shares: tuple[Pixels, ...] = ()


class _Content(msgspec.Struct, kw_only=True):
    version: Literal[1]
    sets: dict[str, Layout]


def layout_path() -> Path:
    """Return where the layouts of this user are kept."""
    return platformdirs.user_state_path("vitrail", appauthor=False) / "layout.json"


def set_name(screens: Iterable[tuple[str, QRect]]) -> str:
    """Return what tells a set of screens from others: names, sizes and places."""
    named = (f"{name} {at.width()}x{at.height()}{at.x():+d}{at.y():+d}" for name, at in screens)
    return ", ".join(sorted(named))


def placed(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where to put a window: where it was, unless nobody could reach it there.

    Args:
        wanted: Where it was.
        screens: What can be used of each screen; none leaves it as it is.
    """
    if not screens:
        return wanted
    everything = QRect()
    for screen in screens:
        everything = everything.united(screen)
    edge = QRect(wanted.topLeft(), QSize(wanted.width(), GRIP.height()))
    is_reachable = any(_is_grip(edge.intersected(screen)) for screen in screens)
    if is_reachable and everything.contains(wanted) and _is_large_enough(wanted):
        return wanted
    return _into(wanted, max(screens, key=lambda screen: _nearness(wanted, screen)))


class LayoutFile:
    """Reads and writes the file; a broken one counts as none, and is replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, screens: str) -> tuple[Layout | None, bool]:
        """Return the layout for a set of screens, and whether it is that set's own.

        That of the set that was used last stands in for one that is not known yet.
        """
        sets = self._sets()
        if screens in sets:
            return sets[screens], True
        return (list(sets.values())[-1], False) if sets else (None, False)

    def keep(self, screens: str, layout: Layout) -> None:
        """Write the layout for a set of screens; a disk that is full loses it, nothing else."""
        sets = self._sets()
        sets.pop(screens, None)
        sets[screens] = layout
        for oldest in list(sets)[:-MOST_SETS]:
            del sets[oldest]
        text = msgspec.json.encode(_Content(version=VERSION, sets=sets)).decode()
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(self._path, text)
        except OSError as error:
            _LOG.debug("the layout is not kept: %s", error)

    def _sets(self) -> dict[str, Layout]:
        with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
            if self._path.stat().st_size <= LARGEST_BYTES:
                return msgspec.json.decode(self._path.read_bytes(), type=_Content).sets
        return {}


def _is_grip(seen: QRect) -> bool:
    return seen.width() >= GRIP.width() and seen.height() >= GRIP.height()


def _is_large_enough(rect: QRect) -> bool:
    return rect.width() >= SMALLEST.width() and rect.height() >= SMALLEST.height()


def _nearness(wanted: QRect, screen: QRect) -> tuple[int, int]:
    """Compare by what is shared, then by how far it is."""
    shared = wanted.intersected(screen)
    far = (wanted.center() - screen.center()).manhattanLength()
    return max(0, shared.width()) * max(0, shared.height()), -far


def _into(wanted: QRect, screen: QRect) -> QRect:
    size = wanted.size().expandedTo(SMALLEST).boundedTo(screen.size())
    x = min(max(wanted.x(), screen.x()), screen.x() + screen.width() - size.width())
    y = min(max(wanted.y(), screen.y()), screen.y() + screen.height() - size.height())
    return QRect(x, y, size.width(), size.height())
