"""Text for the clipboard that is made when somebody asks for it."""

from collections.abc import Callable

from PySide6.QtCore import QMetaType, QMimeData

MIME = "text/plain"


class LateText(QMimeData):
    """Plain text that is made once, and only if it is pasted."""

    def __init__(self, make: Callable[[], str]) -> None:
        """Offer what `make` will return; the clipboard may ask when its window is long gone."""
        super().__init__()
        self._make = make
        self._made: str | None = None

    def formats(self) -> list[str]:
        """Return the one type."""
        return [MIME]

    def hasFormat(self, mime_type: str) -> bool:  # noqa: N802 - Qt's name
        """Say whether it is text that is asked for."""
        return mime_type == MIME

    def retrieveData(  # noqa: N802 - Qt's name
        self, mime_type: str, wanted: QMetaType | QMetaType.Type
    ) -> object:
        """Return the text."""
        del wanted
        if not mime_type.startswith(MIME):  # Qt asks for "text/plain;charset=utf-8", too
            return None
        if self._made is None:
            self._made = self._make()
        return self._made
