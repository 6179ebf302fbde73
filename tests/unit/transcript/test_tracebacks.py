"""Frames in the text of tracebacks: IPython of all ages, CPython, and languages that are none."""

from itertools import pairwise
from pathlib import Path

import pytest

from support.captured import captured_names
from support.replaying import replayed
from vitrail_widgets.transcript.cells import Cell, ErrorOutput
from vitrail_widgets.transcript.mentions import CellLine, Source
from vitrail_widgets.transcript.tracebacks import (
    LONGEST,
    OWN_AT_AN_END,
    frames_of,
    hidden_frames,
    raising_line,
)

DATA = Path(__file__).parents[2] / "data" / "tracebacks"
LATER = ("ipython-0.13.2", "ipython-1.2.1", "ipython-3.2.3", "ipython-7.34.0", "ipython-9.18.1")
CPYTHON = """\
Traceback (most recent call last):
  File "/home/me/work.py", line 3, in <module>
    load("{")
    ~~~~^^^^^
  File "/usr/lib/python3.13/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
  File "<frozen importlib._bootstrap>", line 1, in _find
  File "<string>", line 1, in <module>
json.decoder.JSONDecodeError: Expecting
  File "/home/me/lie.py", line 1, in <module>
"""


def read(name: str) -> list[str]:
    return (DATA / f"{name}.txt").read_text("utf-8").split("\n")


def whose(lines: list[str]) -> str:
    """Return a letter for each frame: the user's own, or a library's."""
    return "".join("o" if frame.is_own else "l" for frame in frames_of(lines))


@pytest.mark.parametrize("mode", ["context", "plain", "verbose"])
@pytest.mark.parametrize("version", LATER)
def test_the_users_frames_are_told_from_the_librarys(version: str, mode: str) -> None:
    lines = read(f"{version}-{mode}")
    assert whose(lines) == "oolll"
    number = {"context": 2, "plain": 5, "verbose": 6}[mode]
    frames = frames_of(lines)
    assert frames[0].of == CellLine(number, 1)
    assert frames[1].of == CellLine(1, 4)
    last = frames[-1].of
    assert isinstance(last, Source)
    assert last.path.endswith("json/decoder.py")
    assert last.line > 300


@pytest.mark.parametrize("mode", ["context", "plain", "verbose"])
@pytest.mark.parametrize("version", LATER)
def test_the_sentence_of_the_exception_is_no_part_of_a_frame(version: str, mode: str) -> None:
    lines = read(f"{version}-{mode}")
    last = frames_of(lines)[-1]
    assert not any("Error: " in line for line in lines[: last.end])
    assert "Error: " in "".join(lines[last.end :])


@pytest.mark.parametrize("version", LATER[3:])
def test_a_chain_has_the_frames_of_each_exception_and_none_of_its_sentence(version: str) -> None:
    assert whose(read(f"{version}-chained")) == "oolllo"


def test_frames_that_were_left_out_belong_to_the_one_before() -> None:
    lines = read("ipython-9.18.1-recursion")
    assert whose(lines) == "o" * len(frames_of(lines))
    first = frames_of(lines)
    assert all(before.end == after.start for before, after in pairwise(first))
    assert whose(read("ipython-7.34.0-recursion")) == "ooo"


def test_a_traceback_of_cpython_has_frames() -> None:
    lines = CPYTHON.split("\n")
    assert whose(lines) == "ollo"
    assert frames_of(lines)[0].of == Source("/home/me/work.py", 3)
    assert frames_of(lines)[-1].end == 8


@pytest.mark.parametrize(
    ("path", "is_own"),
    [
        ("/home/me/env/lib/python3.11/site-packages/pandas/core.py", False),
        ("~/miniforge3/envs/x/lib/python3.12/json/decoder.py", False),
        ("/usr/lib/python3/dist-packages/yaml/__init__.py", False),
        (r"C:\Users\me\AppData\Local\Programs\Python\Python312\Lib\json\decoder.py", False),
        (r"C:\ProgramData\miniconda3\Lib\json\decoder.py", False),
        ("/Library/Frameworks/Python.framework/Versions/3.13/lib/python3.13/abc.py", False),
        ("pandas/_libs/index.pyx", False),
        ("pandas/_libs/hashtable_class_helper.pxi", False),
        ("~/mine/lib/pandas_things.py", True),
        ("~/mine/fast.pyx", True),
        ("./fast/core.pyx", True),
        ("fast.pyx", True),
        (r"C:\work\lib\tool.py", True),
        ("/srv/python-tools/lib.py", True),
    ],
)
def test_libraries_are_known_by_where_they_are_installed(path: str, is_own: bool) -> None:
    lines = [
        "KeyError       Traceback (most recent call last)",
        f"File {path}:7, in f(x)",
        "----> 7 x['a']",
        "",
        "KeyError: 'a'",
    ]
    [frame] = frames_of(lines)
    assert frame.is_own is is_own
    assert (frame.start, frame.end) == (1, 4)


def test_of_a_long_traceback_the_users_frames_are_read() -> None:
    lines = read("ipython-9.18.1-context")
    frames = frames_of(lines)
    assert hidden_frames(frames, len(lines)) == frames[2:]


def test_a_short_traceback_is_read_whole() -> None:
    lines = read("ipython-9.18.1-plain")
    assert hidden_frames(frames_of(lines), len(lines)) == []


def test_where_no_frame_is_the_users_all_are_read() -> None:
    frames = [frame._replace(is_own=False) for frame in frames_of(read("ipython-9.18.1-context"))]
    assert hidden_frames(frames, 1000) == []


def test_of_a_recursion_both_ends_are_read() -> None:
    call = ["Cell In[4], line 2, in deep(n)", "----> 2     return deep(n + 1)", ""]
    lines = [
        "RecursionError    Traceback (most recent call last)",
        *call * 900,
        "RecursionError: x",
    ]
    frames = frames_of(lines)
    assert len(frames) == 900
    assert hidden_frames(frames, len(lines)) == frames[OWN_AT_AN_END:-OWN_AT_AN_END]


@pytest.mark.parametrize(
    "text",
    [
        "Error: boom\n    at <anonymous>:1:28",
        'Error in eval(expr, envir, enclos): boom\nTraceback:\n\n1. stop("boom")',
        "127",
        "",
        "An exception has occurred, use %tb to see the full traceback.\n\nSystemExit: 3",
        '  + Exception Group Traceback (most recent call last):\n  |   File "x.py", line 1, in f\n',
        "Traceback (most recent call last)",
        '  File "x.py", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax',
    ],
)
def test_what_has_no_frames_of_python_is_left_whole(text: str) -> None:
    assert frames_of(text.split("\n")) == []


def test_what_is_very_long_is_left_whole() -> None:
    call = ["Cell In[4], line 2, in deep(n)", ""]
    assert frames_of(["E     Traceback (most recent call last)", *call * LONGEST]) == []


@pytest.mark.parametrize("version", LATER)
def test_the_line_of_the_cell_is_the_one_that_called(version: str) -> None:
    lines = read(f"{version}-context")
    assert raising_line(frames_of(lines), lines, 2) == 1
    assert raising_line(frames_of(lines), lines, 1) == 4
    assert raising_line(frames_of(lines), lines, 9) is None
    assert raising_line(frames_of(lines), lines, None) is None


def test_of_a_chain_the_line_of_the_last_exception_counts() -> None:
    lines = read("ipython-9.18.1-chained")
    assert raising_line(frames_of(lines), lines, 3) == 4


@pytest.mark.parametrize(
    "where",
    [
        "  Cell In[8], line 2",
        '  File "<ipython-input-8-21bd9d87d7c2>", line 2',
        "  Input In [8], in <cell line: 2>",
    ],
)
def test_an_error_of_syntax_names_its_line(where: str) -> None:
    lines = [where, "    x = = 1", "        ^", "SyntaxError: invalid syntax"]
    assert raising_line(frames_of(lines), lines, 8) == 2


def test_every_recorded_traceback_is_taken_apart_or_left() -> None:
    found: dict[str, int] = {}
    for name in captured_names():
        entries = replayed(name).entries
        for cell in (entry for entry in entries if isinstance(entry, Cell)):
            for output in cell.outputs:
                if isinstance(output, ErrorOutput):
                    lines = output.text.buffer.plain_text().split("\n")
                    is_python = any("Traceback (most recent" in line for line in lines)
                    assert bool(output.frames) is is_python, lines[:4]
                    assert all(f.start < f.end <= len(lines) for f in output.frames)
                    if output.frames and output.frames[0].of == CellLine(cell.count or 0, 1):
                        assert raising_line(output.frames, lines, cell.count) is not None
                    found[name] = found.get(name, 0) + 1
    assert found["stderr_tracebacks"] > 10
    assert {"ipython-0.13.2", "ipython-1.2.1", "kernel-xpython", "kernel-ijavascript"} <= set(found)
