import pytest

from vitrail_widgets.console.times import elapsed_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0031, "3 ms"),
        (0.94, "940 ms"),
        (1.0, "1.0 s"),
        (59.94, "59.9 s"),
        (61, "1 min 01 s"),
        (3599.7, "1 h 00 min"),
        (7321, "2 h 02 min"),
        (-5, "0 ms"),
    ],
)
def test_a_duration_is_said_in_the_unit_a_person_would_use(seconds: float, text: str) -> None:
    assert elapsed_text(100.0, 100.0 + seconds) == text


def test_an_unknown_end_has_no_duration() -> None:
    assert elapsed_text(None, 5.0) == elapsed_text(5.0, None) == ""
