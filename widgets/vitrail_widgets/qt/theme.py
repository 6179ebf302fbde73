"""One palette drives widgets, terminal colours and code."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from vitrail_resources import THEMES, theme_table
from vitrail_widgets.qt.contrast import READABLE

SYNTAX_NAMES = (
    "keyword",
    "string",
    "number",
    "comment",
    "function",
    "class",
    "builtin",
    "operator",
    "decorator",
    "error",
    "name",
)


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance.

    Attributes:
        selection: The accent with alpha, to be laid over text's ground.
        ansi: The sixteen terminal colours, normal then bright, readable on `bg`.
        syntax: Colour by name of `SYNTAX_NAMES`.
        fits_figures: Whether figures are drawn in its colours.
        least_contrast: The contrast ratio to which colours of others are brought.
    """

    name: str
    dark: bool
    bg: QColor
    surface: QColor
    raised: QColor
    border: QColor
    text: QColor
    muted: QColor
    accent: QColor
    in_prompt: QColor
    out_prompt: QColor
    ok: QColor
    warn: QColor
    error: QColor
    selection: QColor
    ansi: tuple[QColor, ...]
    syntax: Mapping[str, QColor] = field(hash=False)
    fits_figures: bool = False
    least_contrast: float = READABLE

    @staticmethod
    def load(name: str) -> "Theme":
        """Return a theme, made once.

        Args:
            name: "light", "dark", "contrast", or the name of a style of Pygments.

        Raises:
            ValueError: There is none of that name.
        """
        return _load(name)

    @staticmethod
    def system() -> "Theme":
        """Return the theme that fits the system's colour scheme."""
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return _load("dark" if dark else "light")

    def fitting_figures(self, *, fits: bool) -> "Theme":
        """Return the same colours, for figures too or not."""
        return self if fits == self.fits_figures else replace(self, fits_figures=fits)

    def palette(self) -> QPalette:
        """Return these colours as a palette for Qt's own widgets."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, colour in (
            (role.Window, self.surface),
            (role.WindowText, self.text),
            (role.Base, self.bg),
            (role.AlternateBase, self.surface),
            (role.Text, self.text),
            (role.Button, self.surface),
            (role.ButtonText, self.text),
            (role.ToolTipBase, self.raised),
            (role.ToolTipText, self.text),
            (role.PlaceholderText, self.muted),
            (role.Highlight, opaque(self.selection, self.bg)),
            (role.HighlightedText, self.text),
            (role.Link, self.accent),
            (role.Accent, self.accent),
            (role.Mid, self.border),
            (role.Midlight, self.border),
            (role.Light, self.raised),
            (role.Dark, self.border),
        ):
            palette.setColor(which, colour)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.muted)
        return palette


def opaque(colour: QColor, ground: QColor) -> QColor:
    """Return `colour`, which has alpha, as it looks when laid over `ground`."""
    alpha = colour.alphaF()
    return QColor.fromRgbF(
        colour.redF() * alpha + ground.redF() * (1 - alpha),
        colour.greenF() * alpha + ground.greenF() * (1 - alpha),
        colour.blueF() * alpha + ground.blueF() * (1 - alpha),
    )


def _table(name: str) -> Mapping[str, Any]:
    if name in THEMES:
        return theme_table(name)
    from vitrail_widgets.qt.code_styles import style_table  # few need Pygments' styles

    return style_table(name)


@cache
def _load(name: str) -> Theme:
    table = _table(name)
    tokens = table["tokens"]
    selection = QColor(tokens["accent"])
    selection.setAlphaF(float(tokens["selection_alpha"]))
    ansi = (*table["ansi"]["normal"], *table["ansi"]["bright"])
    return Theme(
        name=table["name"],
        dark=bool(table["dark"]),
        in_prompt=QColor(tokens["in"]),
        out_prompt=QColor(tokens["out"]),
        selection=selection,
        ansi=tuple(QColor(colour) for colour in ansi),
        syntax={key: QColor(table["syntax"][key]) for key in SYNTAX_NAMES},
        fits_figures=False,
        least_contrast=float(table.get("least_contrast", READABLE)),
        **{key: QColor(tokens[key]) for key in _PLAIN_TOKENS},
    )


_PLAIN_TOKENS = (
    "bg",
    "surface",
    "raised",
    "border",
    "text",
    "muted",
    "accent",
    "ok",
    "warn",
    "error",
)
