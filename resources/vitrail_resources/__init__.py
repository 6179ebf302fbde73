"""Data files of Vitrail and the only functions that read them."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

THEMES = ("light", "dark", "contrast")


@cache
def theme_table(name: str) -> dict[str, Any]:
    """Return the tokens of a theme as its TOML file has them.

    Args:
        name: One of `THEMES`.

    Raises:
        FileNotFoundError: There is no such theme.
    """
    text = files("vitrail_resources").joinpath("themes", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def icon_svg(name: str) -> str:
    """Return the SVG source of an icon; its one colour is written `currentColor`.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    return files("vitrail_resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


def control_image(name: str, *, is_dark: bool) -> Path:
    """Return the file of an arrow or a check mark; style sheets take files only.

    Args:
        name: "down", "up" or "check".
        is_dark: Arrows: for a dark ground. The check mark: for a light accent, as dark themes have.
    """
    variant = "dark" if is_dark else "light"
    return Path(str(files("vitrail_resources").joinpath("controls", f"{name}-{variant}.svg")))


SENT_FROM_HERE = "# ---- sent from here on ----\n"


@cache
def probe_part(name: str) -> str:
    """Return a further part of the probe, which `python_probe` takes by its `extend`.

    Args:
        name: Of `kernel/probe_NAME.py`.

    Raises:
        FileNotFoundError: There is no such part.
    """
    source = files("vitrail_resources").joinpath("kernel", f"probe_{name}.py").read_text("ascii")
    return source.partition(SENT_FROM_HERE)[2]


@cache
def python_probe() -> str:
    """Return the code that is sent into Python kernels; ASCII, for Python 2.7 and 3."""
    source = files("vitrail_resources").joinpath("kernel", "python_probe.py")
    return source.read_text("ascii")
