"""Loads beforehand what the first HTML, table, picture and JSON of a session would wait for."""

import importlib
from typing import Final

from vitrail_widgets.render.image_loader import ImageLoader, shared_loader

MODULES: Final = (
    "vitrail_widgets.render.html",
    "vitrail_widgets.render.image_block",
    "vitrail_widgets.render.json_tree.block",
    "PySide6.QtSvg",
)
"""22 ms the first one, which is a frame and a half."""


class Ahead:
    """Loads modules on the loader's thread, one after the other.

    Attributes:
        is_done: Whether all are there.
    """

    def __init__(self, modules: tuple[str, ...] = MODULES) -> None:
        self.is_done = False
        self._modules = modules

    def begin(self, loader: ImageLoader | None = None) -> None:
        """Begin to load them; this object has to be kept until that is done."""
        (loader or shared_loader()).request(self, self._load, self._take)

    def _load(self) -> bool:
        for name in self._modules:
            importlib.import_module(name)
        return True

    def _take(self, is_done: bool) -> None:
        self.is_done = is_done
