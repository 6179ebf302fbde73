"""A home for each test; nothing outlives what was started in it."""

from collections.abc import Iterator

import pytest

from support.desktop import Desktop, require_xdotool
from support.program import Home, private_home
from support.x_server import XServer


@pytest.fixture
def home() -> Iterator[Home]:
    """Make a home, in which no process and no connection file is left when the test ends."""
    with private_home() as home:
        yield home
        left = home.leftovers()
        assert not left, left


@pytest.fixture
def desktop(xvfb: XServer) -> Desktop:
    """Give a screen to open windows on, and a keyboard."""
    require_xdotool()
    return Desktop(xvfb)
