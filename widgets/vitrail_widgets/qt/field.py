"""A quiet field: a hairline around it, which has the accent's colour where the focus is."""

from vitrail_widgets.qt.theme import Theme


def field_style(theme: Theme) -> str:
    """Return the style sheet of a line in which something is typed."""
    return (
        f"QLineEdit {{ background: {theme.bg.name()}; color: {theme.text.name()};"
        f" border: 1px solid {theme.border.name()}; border-radius: 6px; padding: 4px 8px; }}"
        f"QLineEdit:focus {{ border-color: {theme.accent.name()}; }}"
    )
