import sys
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing import completeness
from vitrail_widgets.editing.completeness import (
    MAX_ASKED,
    MAX_SOURCE,
    Completeness,
    python2_completeness,
    python_completeness,
)

COMPLETE, INCOMPLETE = Completeness.COMPLETE, Completeness.INCOMPLETE
INVALID, UNKNOWN = Completeness.INVALID, Completeness.UNKNOWN


@pytest.mark.parametrize(
    "source",
    [
        "",
        "   ",
        "\n",
        "1 + 1",
        "x = 1  ",
        "a = 1; b = 2",
        "# a comment",
        "x = 1  # ends in \\",
        "if x: pass",
        "class A: pass",
        "for i in x:\n    pass\n",
        "for i in x:\n    pass\n    ",
        "for i in x:\r\n    pass\r\n",
        "for i in x:\n    pass\n    # why\n",
        "def f():\n    for i in x:\n        pass\n\n",
        "@d\ndef f():\n    pass\n",
        "if x:\n    y\nelse:\n    z\n",
        "match x:\n    case 1:\n        pass\n",
        "for i in x:\n    f(\n)\n",
        "a = {\n  1: 2\n}",
        "'''a\nb'''",
        "x = 1 + \\\n  2",
        "x = '''\nfor i in x:\n'''",
        "await x",
        "async with x: pass",
        "async for x in y:\n    await z\n",
        "  x = 1\n  y = 2",
        "  for x in y:\n    z\n",
        "é = '日本𝒳'",
        "return 1",
        '"\\d"',
        "%time 1",
        "%time for i in x:",
        "%matplotlib",
        "!ls 'it",
        '!ls -la | grep "',
        "!!ls",
        "!ls \\\n  -la",
        "x = !ls (",
        "x = %time [",
        "obj?",
        "obj.attr??",
        "d['a b']?",
        "?obj",
        "obj.*a*?",
        "%time?",
        "%%time?",
        "%%bash\nls\n",
        "%%time\n1\n   ",
        "\n%%time\n1\n",
        "for i in x:\n    !ls\n",
        "for i in x:\n    %time i\n\n",
        ",f a b",
        "/f a",
    ],
)
def test_it_is_complete(source: str) -> None:
    assert python_completeness(source) == (COMPLETE, "")


@pytest.mark.parametrize(
    ("source", "indent"),
    [
        ("for i in x:", 4),
        ("for i in x:  # why", 4),
        ("for i in x:\n", 4),
        ("for i in x:\n    pass", 0),
        ("for i in x:\n    y", 4),
        ("for i in x:\n    y\n    # why", 4),
        ("for i in x:\n    if y:\n        break", 4),
        ("for i in x:\n    f(\n)", 4),
        ("if x:\n    y\nelse:", 4),
        ("class A:\n    def f(self):", 8),
        ("match x:\n    case 1:", 8),
        ("async def f():", 4),
        ("  for x in y:", 6),
        ("try:\n    x", 4),
        ("try:\n    x\n", 0),
        ("try:\n    x\n    ", 0),
        ("@d", 0),
        ("@d\n\n", 0),
        ("f(", 4),
        ("f(a,", 2),
        ("f(\n  1,", 2),
        ("f(a b", 2),
        ("x = [1, [2,\n", 9),
        ("a = {", 4),
        ("from x import (", 4),
        ("'''a", 0),
        ("'''a\n\n", 0),
        ("    '''a", 4),
        ("def f():\n    '''a\n      b", 6),
        ("x = 1 + \\", 4),
        ("x = 1 + \\\n  2 + \\", 2),
        ("'a\\", 0),
        ("else:", 4),
        ("%%time", 0),
        ("%%time\n", 0),
        ("%%bash\nif x; then\n  ls", 2),
        ("!ls \\", 4),
        ("for i in x:\n    !ls", 4),
        ("x = (\n!ls", 0),
    ],
)
def test_it_is_incomplete_and_says_where_to_go_on(source: str, indent: int) -> None:
    assert python_completeness(source) == (INCOMPLETE, " " * indent)


def test_tabs_stay_tabs() -> None:
    assert python_completeness("if x:\n\tif y:") == (INCOMPLETE, "\t\t")


@pytest.mark.parametrize(
    "source",
    [
        "1 +",
        "x =",
        "a b",
        "f(]",
        "'a",
        "x = 'a",
        "0777",
        "if x:\n  pass\n y",
        "\x00",
        "x\x00y",
        "'" + chr(0xD800) + "'",
        "print 'a'",
        "import",
        "del",
        "x = 5 if",
        "a = b?c",
    ],
)
def test_what_cannot_become_python_is_invalid(source: str) -> None:
    assert python_completeness(source) == (INVALID, "")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows the syntax itself")
def test_syntax_that_a_newer_kernel_may_know_is_left_to_the_kernel() -> None:
    assert python_completeness("type X = int") == (UNKNOWN, "")
    assert python_completeness("def f[T](x):") == (INCOMPLETE, "    ")
    assert python_completeness("def f[T](x):\n    y = x") == (INCOMPLETE, "    ")
    assert python_completeness("def f[T](x):\n    y = x\n") == (UNKNOWN, "")


@pytest.mark.parametrize(
    ("length", "verdict"),
    [(MAX_SOURCE + 1, UNKNOWN), (MAX_ASKED, UNKNOWN), (MAX_ASKED + 1, COMPLETE)],
)
def test_a_long_source_is_not_looked_at(
    length: int, verdict: Completeness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the source was scanned")

    monkeypatch.setattr(completeness, "scan", refuse)
    assert python_completeness("(" * length) == (verdict, "")


def test_deep_nesting_is_an_answer_and_no_crash() -> None:
    assert python_completeness("(" * 5_000)[0] is INCOMPLETE
    assert python_completeness("-" * 50_000 + "1")[0] in {COMPLETE, INVALID}


def test_no_warning_leaves_the_check() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert python_completeness('"\\d" is 1') == (COMPLETE, "")


@given(st.text(alphabet="ab1 \n\t'\"\\#%!?@()[]{}:=.,;-\0\r\ud800é", max_size=60))
def test_any_text_has_a_verdict(source: str) -> None:
    verdict, indent = python_completeness(source)
    assert not indent.strip(" \t")
    assert verdict is INCOMPLETE or not indent


@given(st.sampled_from(["x = 1", "for i in x:\n    y\n", "f(\n1)", "@d\ndef f(): pass"]))
def test_nothing_is_complete_before_its_last_bracket_or_block_is(source: str) -> None:
    assert python_completeness(source)[0] is COMPLETE
    assert python_completeness(source + "\nif x:")[0] is INCOMPLETE
    assert python_completeness(source + "\nf((")[0] is INCOMPLETE


@pytest.mark.parametrize(
    ("source", "indent"),
    [
        ("def f(x):", "    "),
        ("def f(x):\n    print 'x'", "    "),
        ("print (1,", "       "),
        ("text = '''", ""),
        ("@decorator", ""),
        ("x = 1 + \\", "    "),
        ("class A:\n    def f(self):\n        print self", "        "),
    ],
)
def test_what_is_begun_in_python_2_goes_on(source: str, indent: str) -> None:
    assert python2_completeness(source) == (INCOMPLETE, indent)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "print 'hello'",
        "exec 'x = 1'",
        "def f(x):\n    print 'x'\n",
        "raise ValueError, 'no'",
        "print `x`)",
        "%time print 1",
        "len?",
        "# why",
        "if x: print x",
    ],
)
def test_what_is_whole_in_python_2_is_run(source: str) -> None:
    assert python2_completeness(source) == (COMPLETE, "")
