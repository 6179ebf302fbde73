"""A quiet scroll bar: a rounded handle, no arrows, no trough."""

from PySide6.QtGui import QColor

from vitrail_widgets.qt.theme import Theme, opaque

WIDTH = 12


def scroll_bar_style(theme: Theme, ground: QColor | None = None) -> str:
    """Return the style sheet of a scroll bar; a disabled one is not seen.

    Args:
        theme: Gives the colours.
        ground: What it stands on; the transcript's if None.
    """
    ground = ground or theme.bg
    faint, strong = QColor(theme.muted), QColor(theme.muted)
    faint.setAlphaF(0.35)
    strong.setAlphaF(0.6)
    rest, hover = opaque(faint, ground).name(), opaque(strong, ground).name()
    return (
        f"QScrollBar {{ background: {ground.name()}; margin: 0; }}"
        f"QScrollBar:vertical {{ width: {WIDTH}px; }}"
        f"QScrollBar:horizontal {{ height: {WIDTH}px; }}"
        f"QScrollBar::handle {{ background: {rest}; border-radius: 3px; margin: 3px; }}"
        "QScrollBar::handle:vertical { min-height: 32px; }"
        "QScrollBar::handle:horizontal { min-width: 32px; }"
        f"QScrollBar::handle:hover {{ background: {hover}; }}"
        "QScrollBar::handle:disabled { background: transparent; }"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )


def scroll_bars_style(theme: Theme, ground: QColor | None = None) -> str:
    """Return the style sheet of scroll bars in both directions."""
    upright = scroll_bar_style(theme, ground)
    lying = upright.replace(":vertical", ":horizontal").replace("min-height", "min-width")
    return upright + lying.replace(f" width: {WIDTH}px", f" height: {WIDTH}px")
