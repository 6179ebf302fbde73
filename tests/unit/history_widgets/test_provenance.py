from datetime import datetime

import pytest

from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.provenance import moment, provenance, when
from vitrail_widgets.history.rows import fitting_line


def at(text: str) -> float:
    return datetime.fromisoformat(text).astimezone().timestamp()


NOW = at("2026-11-20 15:00")  # a Friday


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("2026-11-20 09:05", "09:05"),
        ("2026-11-19 23:59", "Yesterday 23:59"),
        ("2026-11-16 08:00", "Mon 08:00"),
        ("2026-11-13 08:00", "13 Nov 08:00"),
        ("2025-12-31 08:00", "31 Dec 2025"),
        ("2026-11-21 08:00", "21 Nov 08:00"),  # a clock that was put back
    ],
)
def test_a_moment_is_said_the_shorter_the_more_recent(then: str, said: str) -> None:
    assert moment(at(then), NOW) == said


def test_a_kernels_input_has_its_session_for_a_time() -> None:
    assert when(PastInput("x", "12", 3), NOW) == "Session 12"
    assert when(PastInput("x"), NOW) == ""


def test_all_that_is_known_is_said() -> None:
    past = PastInput("1/0", "s", 5, at("2026-11-20 09:05"), "Python 3", failed=True)
    assert provenance(past, "s", NOW) == "09:05 · this session · Python 3 · In [5] · failed"
    assert provenance(past, "t", NOW) == "09:05 · Python 3 · In [5] · failed"


def test_the_line_in_which_letters_fit_is_shown() -> None:
    code = "\n  first\n    the second\nthird"
    assert fitting_line(code, ()) == (0, "first", set())
    place = code.index("second")
    assert fitting_line(code, (place, place + 1)) == (8, "the second", {4, 5})
