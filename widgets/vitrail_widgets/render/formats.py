"""From what a model says of text (styles, token names) to how a theme draws it."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont

from vitrail_widgets.qt.contrast import READABLE, ratio, readable_rgb
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme, opaque
from vitrail_widgets.render.links import is_followed
from vitrail_widgets.transcript.styles import TRUE_COLOUR, TextStyle, rgb_of


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a piece of text is drawn.

    Attributes:
        underline: One of `Underline`, 0 for none.
        underline_colour: None for that of the text.
        is_hidden: Whether the text itself is left out.
    """

    fg: QColor
    bg: QColor | None = None
    bold: bool = False
    italic: bool = False
    underline: int = 0
    strike: bool = False
    overline: bool = False
    underline_colour: QColor | None = None
    is_hidden: bool = False


class FormatRun(NamedTuple):
    """A format for the code points [start, end) of a line."""

    start: int
    end: int
    format: TextFormat


class Formats:
    """The drawing formats of one theme, made once per style.

    Attributes:
        plain: Text that says nothing of itself.
        muted: Secondary text.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.plain = TextFormat(theme.text)
        self.muted = TextFormat(theme.muted)
        self._by_style: dict[TextStyle, TextFormat] = {}
        self._by_token = {name: TextFormat(colour) for name, colour in theme.syntax.items()}

    def token(self, name: str) -> TextFormat:
        """Return the format of a syntax name; unknown names are plain."""
        return self._by_token.get(name, self.plain)

    def style(self, style: TextStyle) -> TextFormat:
        """Return the format of a terminal style."""
        known = self._by_style.get(style)
        if known is None:
            known = self._by_style[style] = self._resolve(style)
        return known

    def _resolve(self, style: TextStyle) -> TextFormat:
        theme = self.theme
        ground = None if style.bg is None else self._ground(style.bg)
        fg = theme.text if style.fg is None else self._colour(style.fg, bright=style.bold)
        if style.reverse:
            fg, ground = ground or theme.bg, fg
        fg = readable(fg, ground or theme.bg, theme.least_contrast)
        if style.dim:
            faded = QColor(fg)
            faded.setAlphaF(0.62)
            fg = opaque(faded, ground or theme.bg)
            if theme.least_contrast > READABLE:  # elsewhere faint text may be fainter than others
                fg = readable(fg, ground or theme.bg, theme.least_contrast)
        leads = style.link is not None and is_followed(style.link)
        if leads and style.fg is None:
            fg = theme.accent
        line = style.underline_colour
        return TextFormat(
            fg,
            ground,
            bold=style.bold,
            italic=style.italic,
            underline=style.underline or int(leads),
            strike=style.strike,
            overline=style.overline,
            underline_colour=None if line is None else self._colour(line),
            is_hidden=style.conceal,
        )

    def _ground(self, colour: int) -> QColor:
        """Return a colour to write on; the dark theme's sixteen are made to be read instead."""
        found = self._colour(colour)
        if colour >= 16 or not self.theme.dark:
            return found
        return _mixed(found, self.theme.bg, 0.6)

    def _colour(self, colour: int, *, bright: bool = False) -> QColor:
        if not colour & TRUE_COLOUR and colour < 16:
            # Bold turns the eight normal colours bright, as terminals have done since the 1980s.
            return self.theme.ansi[colour + 8 if bright and colour < 8 else colour]
        return QColor(rgb_of(colour))


class FontSet:
    """A code font with its bold and italic variants."""

    def __init__(self, metrics: Metrics) -> None:
        self._fonts = {
            (bold, italic): _variant(metrics.font, bold=bold, italic=italic)
            for bold in (False, True)
            for italic in (False, True)
        }

    def of(self, text_format: TextFormat) -> QFont:
        """Return the variant that the format asks for."""
        return self._fonts[text_format.bold, text_format.italic]


def _variant(font: QFont, *, bold: bool, italic: bool) -> QFont:
    variant = QFont(font)
    variant.setBold(bold)
    variant.setItalic(italic)
    return variant


def readable(colour: QColor, ground: QColor, least: float = READABLE) -> QColor:
    """Return a colour as near to `colour` as can be read on `ground` at a contrast ratio.

    Kernels choose from 256 or 16 million colours without knowing the ground; IPython's
    dark green, for one, is made for white paper.
    """
    shown = readable_rgb(colour.rgb() & 0xFFFFFF, ground.rgb() & 0xFFFFFF, least)
    return colour if shown is None else QColor(shown)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return `one` with a share of `other` in it."""
    rest = 1 - share
    return QColor(
        round(one.red() * rest + other.red() * share),
        round(one.green() * rest + other.green() * share),
        round(one.blue() * rest + other.blue() * share),
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    return ratio(one.rgb(), other.rgb())
