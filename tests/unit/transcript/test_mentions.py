"""Lines of output speak of pages, files and cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.transcript.mentions import CellLine, Page, Source, mentions


@pytest.mark.parametrize(
    ("line", "stretch", "of"),
    [
        ("see https://a.example/b?c=1.", "https://a.example/b?c=1", None),
        ("(http://a.example/x_(y))", "http://a.example/x_(y)", None),
        ("<https://a.example>, and", "https://a.example", None),
        ("write to mailto:ada@a.example!", "mailto:ada@a.example", None),
        ('  File "/tmp/x.py", line 12, in f', 'File "/tmp/x.py", line 12', Source("/tmp/x.py", 12)),
        ("File ~/x.py:12, in f(a, b)", "~/x.py:12", Source("~/x.py", 12)),
        ("File /a b/x.py:7", "/a b/x.py:7", Source("/a b/x.py", 7)),
        ("File C:\\a\\x.py:7, in f()", "C:\\a\\x.py:7", Source("C:\\a\\x.py", 7)),
        ("Cell In[3], line 2", "Cell In[3], line 2", CellLine(3, 2)),
        ("  Cell In[31], line 20", "Cell In[31], line 20", CellLine(31, 20)),
        ("Input In [3], in <cell line: 2>()", "Input In [3]", CellLine(3, 2)),
        ('  File "<ipython-input-5-1f2e>", line 4', 'File "<ipython-input-5-1f2e>", line 4',
         CellLine(5, 4)),
        ("tests/test_x.py:12: AssertionError", "tests/test_x.py:12", Source("tests/test_x.py", 12)),
        ("/tmp/x.py:3: UserWarning: why", "/tmp/x.py:3", Source("/tmp/x.py", 3)),
    ],
)  # fmt: skip
def test_a_line_speaks_of(line: str, stretch: str, of: Source | CellLine | None) -> None:
    (found,) = mentions(line)
    assert line[found.start : found.end] == stretch
    assert found.of == (of or Page(stretch))


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("<ipython-input-3-0a1b> in <module>()", CellLine(3, 2)),
        ("Input In [3], in f(x)", CellLine(3, 2)),
        ("/usr/lib/json/__init__.pyc in loads(s)", Source("/usr/lib/json/__init__.py", 2)),
        ("~/x.py in f(a)", Source("~/x.py", 2)),
    ],
)  # fmt: skip
def test_old_ipythons_point_at_the_line_below(line: str, of: Source | CellLine) -> None:
    (found,) = mentions(line, ["      1 a = 1", "----> 2 f(a)", "      3"])
    assert found.of == of
    (found,) = mentions(line, ["nothing"])
    assert found.of.line == 0  # type: ignore[union-attr]  # none of these is a page


@pytest.mark.parametrize(
    "line",
    [
        "", "plain text", 'File "<stdin>", line 1', "File not found", "12:30:45 started",
        "ftp://a.example", "javascript:alert(1)", "x" * 5000 + " https://a.example",
        "key: value", "a.b.c: 12", "Out[3]: 4",
    ],
)  # fmt: skip
def test_a_line_speaks_of_nothing(line: str) -> None:
    assert mentions(line) == []


@given(st.text('aF:ile "/.py, 12[]InCell<>https', max_size=60))
def test_mentions_are_stretches_in_order(line: str) -> None:
    found = mentions(line, [line])
    assert found == sorted(found)
    assert all(0 <= one.start < one.end <= len(line) for one in found)
