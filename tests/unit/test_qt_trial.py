import pytest

from vitrail.qt_trial import start_problem


@pytest.mark.parametrize("platform", ["", "xcb", "xcb:x", "wayland", "offscreen", "minimal"])
def test_usual_platform_is_not_tried(platform: str) -> None:
    def trial() -> tuple[bool, str]:
        raise AssertionError("Qt was started")

    assert start_problem({"QT_QPA_PLATFORM": platform}, trial) is None


@pytest.mark.parametrize(
    "environ",
    [
        {"QT_QPA_PLATFORM": "vnc"},
        {"QT_QPA_PLATFORM": "wayland;xcb"},
        {"QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORM_PLUGIN_PATH": "/elsewhere"},
    ],
)
def test_unusual_platform_is_tried(environ: dict[str, str]) -> None:
    assert start_problem(environ, lambda: (True, "")) is None
    asked = environ["QT_QPA_PLATFORM"]
    sentence = f"Qt cannot start with QT_QPA_PLATFORM={asked!r}"
    assert start_problem(environ, lambda: (False, "")) == sentence


def test_what_qt_says_of_a_platform_is_one_line() -> None:
    said = (
        'qt.qpa.plugin: Could not find the Qt platform plugin "x" in ""\n'
        "This application failed to start.\n\nAvailable platform plugins are: xcb, vnc.\n"
    )
    line = start_problem({"QT_QPA_PLATFORM": "x"}, lambda: (False, said))
    assert line == (
        "Qt cannot start with QT_QPA_PLATFORM='x': qt.qpa.plugin: Could not find the Qt platform "
        'plugin "x" in ""; it has xcb, vnc'
    )
