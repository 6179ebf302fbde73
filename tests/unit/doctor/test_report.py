import json

import pytest

from vitrail.doctor.report import Report, milliseconds


def test_facts_stand_in_columns_under_their_heading() -> None:
    report = Report()
    report.add("Kernelspecs", {"ir": "R", "python3": None, "signed": True, "count": 3})
    assert report.as_text().splitlines() == [
        "Kernelspecs",
        "  ir       R",
        "  python3  unknown",
        "  signed   yes",
        "  count    3",
        "",
        "All is well.",
    ]


def test_what_is_wrong_is_said_once_and_all_is_not_well() -> None:
    report = Report(notes=["By the way."])
    report.wrong("It is broken.")
    report.wrong("It is broken.")
    assert report.as_text() == "Good to know\n  - By the way.\n\nWrong\n  - It is broken.\n"


def test_what_a_kernel_says_of_itself_cannot_forge_lines_or_colours() -> None:
    report = Report()
    report.add("Kernel", {"kernel": "evil\n\x1b[31mAll is well."})
    assert "evil␀␀[31mAll" in report.as_text()


def test_programs_read_it_as_json() -> None:
    report = Report()
    report.add("Running kernels", {"directory": "é"})
    assert json.loads(report.as_json()) == {
        "running kernels": {"directory": "é"},
        "notes": [],
        "faults": [],
        "ok": True,
    }
    report.wrong("No.")
    assert json.loads(report.as_json())["ok"] is False


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "no answer"),
        (0.0004, "answers in < 1 ms"),
        (0.0116, "answers in 12 ms"),
        (2.0, "answers in 2000 ms"),
    ],
)
def test_speed_is_told_in_milliseconds(seconds: float | None, told: str) -> None:
    assert milliseconds(seconds) == told
