"""What kernels call things, as icons."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vitrail_resources import icon_svg
from vitrail_widgets.qt.list_rows import ICON as SIZE
from vitrail_widgets.qt.theme import Theme

# An icon and a syntax colour for jedi's words, IPython's, and those of language servers.
KINDS = {
    "function": ("function", "function"),
    "method": ("function", "function"),
    "builtin": ("function", "function"),
    "class": ("class", "class"),
    "type": ("class", "class"),
    "interface": ("class", "class"),
    "module": ("module", "decorator"),
    "namespace": ("module", "decorator"),
    "package": ("module", "decorator"),
    "instance": ("variable", "name"),
    "statement": ("variable", "name"),
    "variable": ("variable", "name"),
    "constant": ("variable", "name"),
    "param": ("param", "number"),
    "keyword": ("keyword", "keyword"),
    "property": ("property", "builtin"),
    "attribute": ("property", "builtin"),
    "field": ("property", "builtin"),
    "path": ("path", "string"),
    "file": ("path", "string"),
    "directory": ("path", "string"),
    "magic": ("magic", "decorator"),
    "dict key": ("key", "string"),
    "word": ("word", "comment"),
}
OTHER = ("other", "comment")


class KindIcons:
    """Draws the icon of a kind, in the colour that the code has; each is made once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, float], QPixmap] = {}

    def paint(self, painter: QPainter, kind: str, x: float, y: float) -> None:
        """Draw with the upper left corner at a point."""
        painter.drawPixmap(
            round(x), round(y), self.pixmap(kind, painter.device().devicePixelRatio())
        )

    def pixmap(self, kind: str, ratio: float) -> QPixmap:
        """Return the icon of a kind.

        Args:
            kind: As kernels call it.
            ratio: Pixels of the device for each of ours.
        """
        shape, colour = KINDS.get(kind, OTHER)
        key = shape, ratio
        if key not in self._made:
            source = icon_svg(f"kind-{shape}")
            self._made[key] = _drawn(source, self._theme.syntax[colour].name(), ratio)
        return self._made[key]


def _drawn(source: str, colour: str, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(SIZE * ratio), round(SIZE * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        renderer.render(painter, QRectF(pixmap.rect()))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
