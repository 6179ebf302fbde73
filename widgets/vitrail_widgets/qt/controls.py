"""Qt's own buttons and boxes in the shapes of our fields: flat, with a hairline around them.

Lists that drop down keep the palette's colours: a style of their own would make a list forget, with
each change of the theme, what was typed to choose from it.
"""

from PySide6.QtGui import QColor, QPalette

from vitrail_resources import control_image
from vitrail_widgets.qt.theme import opaque

HALF = 0.5  # of lightness, between dark and light
PRESSED = 0.16  # of the accent, over a button


def control_style(palette: QPalette) -> str:
    """Return the style sheet of a dialog's buttons, check boxes, lists and numbers.

    Args:
        palette: The colours, as a theme gives them; a message box has those of the program.
    """
    return (BUTTONS + BOXES + CHECKS) % _values(palette)


BUTTONS = """
QPushButton { background: %(raised)s; color: %(text)s; border: 1px solid %(edge)s;
    border-radius: 6px; padding: 4px 14px; min-height: 18px; }
QPushButton:default { border-color: %(accent)s; }
QPushButton:hover, QPushButton:focus { border-color: %(accent)s; color: %(accent)s; }
QPushButton:pressed { background: %(pressed)s; }
QPushButton:disabled { color: %(muted)s; border-color: %(edge)s; }
"""
BOXES = """
QComboBox, QAbstractSpinBox { background: %(ground)s; color: %(text)s;
    border: 1px solid %(edge)s; border-radius: 6px; padding: 3px 8px; min-height: 18px; }
QAbstractSpinBox { padding: 2px 0; min-height: 16px; }
QComboBox:hover, QComboBox:focus, QAbstractSpinBox:hover, QAbstractSpinBox:focus {
    border-color: %(accent)s; }
QComboBox QLineEdit { background: transparent; border: none; padding: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {
    image: url("%(down)s"); width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow { image: url("%(up)s"); width: 10px; height: 10px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; border: none; width: 24px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
"""
CHECKS = """
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; background: %(ground)s;
    border: 1px solid %(muted)s; border-radius: 4px; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: %(accent)s; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s;
    image: url("%(check)s"); }
QCheckBox::indicator:checked:focus { border-color: %(text)s; }
"""


def _values(palette: QPalette) -> dict[str, str]:
    role = QPalette.ColorRole
    accent, raised = palette.color(role.Accent), palette.color(role.Light)
    is_dark = palette.color(role.Base).lightnessF() < HALF
    tint = QColor(accent)
    tint.setAlphaF(PRESSED)
    return {
        "ground": palette.color(role.Base).name(),
        "raised": raised.name(),
        "edge": palette.color(role.Mid).name(),
        "text": palette.color(role.WindowText).name(),
        "muted": palette.color(role.PlaceholderText).name(),
        "accent": accent.name(),
        "pressed": opaque(tint, raised).name(),
        "down": control_image("down", is_dark=is_dark).as_posix(),
        "up": control_image("up", is_dark=is_dark).as_posix(),
        "check": control_image("check", is_dark=accent.lightnessF() > HALF).as_posix(),
    }
