import ast
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vitrail_widgets.signature.call import Argument, Call, Spelling
from vitrail_widgets.signature.enclosing import LOOK_AHEAD, LOOK_BACK, enclosing_call, name_at
from vitrail_widgets.signature.lexer import lex
from vitrail_widgets.signature.lexicon import lexicon_of
from vitrail_widgets.signature.lines_read import lines_read
from vitrail_widgets.signature.reading import Reader

ANYTHING = st.text(alphabet="abf.,:=*(){}[]'\"#\\ \n!%@<>0é", max_size=80)
LANGUAGES = st.sampled_from(["python", "R", "javascript", "c", "octave"])


def at_bar(marked: str) -> tuple[str, int]:
    """Split code from the cursor, which the last `|` marks."""
    before, _, after = marked.rpartition("|")
    return before + after, len(before)


def call_at(marked: str, language: str = "python") -> Call | None:
    return enclosing_call(*at_bar(marked), language)


def callee_at(marked: str, language: str = "python") -> tuple[str, int] | None:
    call = call_at(marked, language)
    return (call.callee, call.current) if call else None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("f(|", ("f", 0)),
        ("f(|)", ("f", 0)),
        ("f|(x)", None),
        ("f(x)|", None),
        ("f(x|)", ("f", 0)),
        ("f(a|, b)", ("f", 0)),
        ("f(a,| b)", ("f", 1)),
        ("f(1,,|", ("f", 2)),
        ("f(1, 2, |", ("f", 2)),
        ("x = f(1) + |2", None),
        ("", None),
        ("|)", None),
        ("(|", None),
    ],
)
def test_parentheses_and_commas(marked: str, expected: tuple[str, int] | None) -> None:
    assert callee_at(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("g(f|(x))", ("g", 0)),
        ("g(1, f(2, |3))", ("f", 1)),
        ("g(1, f(2, 3), |4)", ("g", 2)),
        ("f(1, (a, |b))", ("f", 1)),
        ("f(x[1, |2], 3)", ("f", 0)),
        ("f([a, b], {c: d, e: |})", ("f", 1)),
        ("f(lambda a, b: 0, |)", ("f", 1)),
        ("f(lambda a=lambda b, c: 0, d=1: 0, |)", ("f", 1)),
        ("f(a=lambda x=1, y=2: 0, b|=3)", ("f", 1)),
        ("f(x[1:2, 3:4], |)", ("f", 1)),
        ("f(x := 1, |)", ("f", 1)),
    ],
)
def test_what_is_inside_of_an_argument(marked: str, expected: tuple[str, int]) -> None:
    assert callee_at(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("f('a, b|', c)", ("f", 0)),
        ("f('a, b', |c)", ("f", 1)),
        (r"f('a\', (', |c)", ("f", 1)),
        (r"f(r'\', |', c)", ("f", 0)),
        ("f('abc, |", ("f", 0)),
        ('f("""a, (\n\', b""", |', ("f", 1)),
        ('f("""a, (\n\'| b', ("f", 0)),
        ("f('''it's, ''', |", ("f", 1)),
        ("f(b'(', u\"(\", |", ("f", 2)),
        ("f(a # c, d(\n, |)", ("f", 1)),
        ("f(a # c, |", ("f", 0)),
        ("# f(|", None),
        ("'f(|", None),
    ],
)
def test_strings_and_comments_hold_no_commas(marked: str, expected: tuple[str, int] | None) -> None:
    assert callee_at(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('f(f"{g(1,|)}")', ("g", 1)),
        ('f(f"{g(1,2)}, |", 3)', ("f", 0)),
        ('f(f"{g(1,2)}, ", |3)', ("f", 1)),
        ("f(rF'{{(,{a}', |)", ("f", 1)),
        ("f(f'}}{x!r:>{w}}', |)", ("f", 1)),
        ("f(f'{x:{w(1, |)}}', b)", ("w", 1)),
        ("f(f'{x:a}', f'{d[1:2, 3]:%H(}', |", ("f", 2)),
        ("f(f'{x:=5}', |", ("f", 1)),
        ('f(f"{d["a, b"]}", |', ("f", 1)),
        ("f(f'{x:(', |", ("f", 1)),
        ("f(f'{x:{w:(', |", ("f", 1)),
        ("f(f'''{\ng(1, |", ("g", 1)),
        ("f(f'''{x:\n'}{y}'''', |", ("f", 0)),
        ("f(f'''{x:\n'}{y}''', |", ("f", 1)),
        ("f(f'''(\n' \" ''', |", ("f", 1)),
        (r"f(f'\'(\N{LEFT PARENTHESIS}', |", ("f", 1)),
        ("f(t'{a)}', |", ("f", 1)),
        ("f(f'{a) + g(1, |", ("g", 1)),
        ("f(f'{x:{w}.{g(1, |", ("g", 1)),
        ("f(f'{x:{w}}(', f'{y}', |", ("f", 2)),
        ("f(f'{a(b[1]}', |", ("f", 1)),
        ("f(f'{a[{1: (2}]}', |", ("f", 1)),
        ("f(f'{ {1: 2)} + g(1, |", ("g", 1)),
        ("h(f(f'{x:{w}}'), |", ("h", 1)),
        ("f'{g(1, |", ("g", 1)),
        ("f(f'a, |", ("f", 0)),
        ("f(f'{a:x|", ("f", 0)),
    ],
)
def test_f_strings_hold_code(marked: str, expected: tuple[str, int]) -> None:
    assert callee_at(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('f("abc\nx|', None),
        ("f(f'abc\nx|", None),
        ("f(f'{abc\nx|", None),
        ("f(f'{abc:d\nx|", None),
        ("foo(1,\ndef g(): pass\nx = 1|", None),
        ("foo(1,\nreturn bar(2, |", ("bar", 1)),
        ("foo(1,\n    2,\n    |", ("foo", 2)),
        ("f(x[1, |)", ("f", 0)),
        ("f(x[1), g(|", ("g", 0)),
        ("f(a], |", ("f", 1)),
        ("f\n(|", None),
        ("(f\n(|", ("f", 0)),
        ("%time f(1,\nx|", None),
        ("%time f(1, |", ("f", 1)),
        ("%%time\nf(1,\n  2|", ("f", 1)),
        ("f(1\n  % 2,\n  |", ("f", 1)),
        ("!ls (\nx|", None),
        ("!ls (|", None),
        ("x = !ls {f(|", None),
        ("f(a != b, |", ("f", 1)),
    ],
)
def test_what_is_left_open_does_not_last(marked: str, expected: tuple[str, int] | None) -> None:
    assert callee_at(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "if (a, |b)",
        "def f(a, |b): pass",
        "def f[T](a, |b): pass",
        "class A(B, |C): pass",
        "x = (a, |b)",
        "return (|",
        "'abc'(|",
        "{}(|",
        "x in (1, |",
    ],
)
def test_other_parentheses_are_no_calls(marked: str) -> None:
    assert call_at(marked) is None


@pytest.mark.parametrize(
    ("marked", "callee", "dotted"),
    [
        ("x = a.b.c(|", "a.b.c", "a.b.c"),
        ("é.ü(|", "é.ü", "é.ü"),
        ("𝒳.y(|", "𝒳.y", "𝒳.y"),
        ("@a.b(|", "a.b", "a.b"),
        ("await f(|", "f", "f"),
        ("print(f(1), |", "print", "print"),
        ("a \\\n .b(|", "a \\\n .b", "a.b"),
        ("(a\n .b(|", "a\n .b", "a.b"),
        ("a.b(1).c(2, |", "a.b(1).c", ""),
        ("super().__init__(|", "super().__init__", ""),
        ("x[0].f(|", "x[0].f", ""),
        ("f[T](|", "f[T]", ""),
        ("[a][0](|", "[a][0]", ""),
        ("'a'.join(|", "'a'.join", ""),
        ("'a'[0](|", "'a'[0]", ""),
        ("y = f'{a}b'.join(|", "f'{a}b'.join", ""),
        ("f(1)(2)(|", "f(1)(2)", ""),
        ("(f or g)(|", "(f or g)", ""),
        ("not (f)(|", "(f)", ""),
        ("x.match(|", "x.match", "x.match"),
    ],
)
def test_callee_and_where_it_is(marked: str, callee: str, dotted: str) -> None:
    code, cursor = at_bar(marked)
    call = enclosing_call(code, cursor)
    assert call is not None
    assert (call.callee, call.dotted_name) == (callee, dotted)
    assert code[call.start : call.end] == callee
    assert code[call.end] == "("


def test_arguments_are_spelled_in_four_ways() -> None:
    call = call_at("f(a, 1, b.c, k=2, k==2, *d, **e, |)")
    assert call is not None
    assert call.arguments == (
        Argument(Spelling.POSITIONAL, "a", is_empty=False),
        Argument(is_empty=False),
        Argument(is_empty=False),
        Argument(Spelling.KEYWORD, "k", is_empty=False),
        Argument(is_empty=False),
        Argument(Spelling.UNPACKED, is_empty=False),
        Argument(Spelling.UNPACKED_MAPPING, is_empty=False),
        Argument(),
    )


def test_arguments_behind_the_cursor_belong_to_the_call() -> None:
    call = call_at("f(|a, k=g(1, 2), **m) + h(")
    assert call is not None
    assert [one.spelling for one in call.arguments] == [
        Spelling.POSITIONAL,
        Spelling.KEYWORD,
        Spelling.UNPACKED_MAPPING,
    ]


def test_a_keyword_is_one_before_the_cursor_has_passed_its_sign() -> None:
    call = call_at("f(ke|y=1)")
    assert call is not None
    assert call.arguments == (Argument(Spelling.KEYWORD, "key", is_empty=False),)


@pytest.mark.parametrize(
    ("marked", "language", "expected"),
    [
        ("stats::rnorm(10, mean = 2, |", "R", ("stats::rnorm", 2)),
        ("read.csv(f, |", "R", ("read.csv", 1)),
        ("x$f(`a, b`, |", "R", ("x$f", 1)),
        ("f(a %in% c(1, 2), |", "R", ("f", 1)),
        ("f(.5, ..., |", "R", ("f", 2)),
        ("f <- function(x, |", "R", None),
        ("a?.b(`${c}, `, 'd', |", "javascript", ("a?.b", 2)),
        ("f(/* a, */ b, // c,\n |", "javascript", ("f", 1)),
        ("new Foo(|", "javascript", ("Foo", 0)),
        ("function f(a, |", "javascript", None),
        ("$.ajax(...a, |", "javascript", ("$.ajax", 1)),
        ("std::max(p->q, |", "c++", ("std::max", 1)),
        ("p->f(1, |", "c", ("p->f", 1)),
        ("while (a, |", "c", None),
        ("plot(x, 'it''s', |", "octave", ("plot", 2)),
    ],
)
def test_other_languages(marked: str, language: str, expected: tuple[str, int] | None) -> None:
    assert callee_at(marked, language) == expected


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("fo|o(1, bar(x)) + baz", "foo"),
        ("foo(1, |", "foo"),
        ("foo(1, bar(x|)) + baz", "x"),
        ("été(|", "été"),
        ("os.pa|th.join", "os.path"),
        ("os.path.join|", "os.path.join"),
        ("|os.path", "os"),
        ("a \\\n .b|", "a.b"),
        ("f(1).b|", ""),
        ("f(1).b(|", ""),
        ("f(ke|y=1)", "f"),
        ("%ti|me x", "%time"),
        ("%%ti|me\nx", "%%time"),
        ("a %b|", "b"),
        ("'a|bc'", ""),
        ("f('a|bc')", "f"),
        ("# a|bc", ""),
        ("if| x", ""),
        ("1|", ""),
    ],
)
def test_name_to_ask_about(marked: str, name: str) -> None:
    assert name_at(*at_bar(marked)) == name


def test_a_cursor_beyond_the_code_counts_as_at_its_end() -> None:
    assert callee_at("f(a, |") == ("f", 1)
    assert enclosing_call("f(a, ", 99) == enclosing_call("f(a, ", 5)
    assert enclosing_call("f(a, ", -1) is None


def test_far_away_code_is_not_looked_at() -> None:
    far = "f(" + " " * LOOK_BACK + "\n"
    assert enclosing_call(far, len(far)) is None
    near = "f(" + " " * (LOOK_BACK - 3) + "\n"
    assert enclosing_call(near, len(near)) is not None


def test_code_that_is_cut_begins_with_a_line() -> None:
    code = "x = 'it''s (' + (\n" * 3000 + "f(1, "
    call = enclosing_call(code, len(code))
    assert call is not None
    assert call.callee == "f"


def test_code_that_is_cut_begins_with_a_definition_where_there_is_one() -> None:
    code = 'def f():\n    """It\'s (\n' + "    text\n" * 4000 + '    """\n\ndef g():\n    h(1, '
    call = enclosing_call(code, len(code))
    assert call is not None
    assert (call.callee, call.current) == ("h", 1)
    assert code[call.start : call.end] == "h"


def test_code_without_lines_is_cut_anywhere() -> None:
    code = "1 + " * LOOK_BACK + "f(1, "
    assert callee_at(code + "|") == ("f", 1)


def test_arguments_out_of_reach_are_not_counted() -> None:
    code = "f(a, " + "b, " * LOOK_AHEAD + ")"
    call = enclosing_call(code, 2)
    assert call is not None
    assert len(call.arguments) < LOOK_AHEAD


@pytest.mark.parametrize(
    "piece",
    ["(", "f(", "f(1)", ")", "([{", "f[0]", "(]", "f'{", 'f"{a:{', "'''", "lambda:", "a.", "f(1)."],
)
@pytest.mark.parametrize("tail", ["", "]" * 5000, ")" * 5000])
def test_work_on_endless_code_is_bounded(piece: str, tail: str) -> None:
    code = piece * 20_000 + tail + "f(1, "
    started = time.process_time()
    enclosing_call(code, len(code))
    enclosing_call(code, len(code) // 2)
    name_at(code, len(code))
    assert time.process_time() - started < 2, "some 50 ms are usual"


@given(ANYTHING, st.integers(-5, 90), LANGUAGES)
@example("f'", 2, "python")
@example("f'{f'{", 6, "python")
def test_no_code_is_an_error(code: str, cursor: int, language: str) -> None:
    call = enclosing_call(code, cursor, language)
    name_at(code, cursor, language)
    if call is not None:
        assert 0 <= call.start < call.end < cursor
        assert code[call.end :].lstrip(" \n\\").startswith(("(", "#", "/"))
        assert 0 <= call.current < len(call.arguments)


SPACE = st.sampled_from(["", " ", "\n", " # c, (\n", "\\\n"])
NAMES = st.sampled_from(["a", "b.c", "lam", "self.x"])


def call_of(name: str, space: str, values: list[str]) -> str:
    return f"{name}({space}{f', {space}'.join(values)}{space})"


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    positional = st.lists(st.one_of(inner, inner.map("*{}".format)), max_size=3)
    keywords = st.lists(inner, max_size=2).map(
        lambda values: [f"k{index}={value}" for index, value in enumerate(values)]
    )
    arguments = st.tuples(positional, keywords).map(lambda both: [*both[0], *both[1]])
    return st.builds(
        call_of,
        st.one_of(NAMES, inner.map("({})".format), inner.map("({})[0].m".format)),
        SPACE,
        arguments,
    )


EXPRESSIONS = st.recursive(
    st.one_of(NAMES, st.sampled_from(["1", "'(,'", '"""a\n)"""', "lambda: 0", "b'\\''"])),
    lambda inner: st.one_of(
        calls(inner),
        calls(inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'k': {}, **{{}}}}".format, inner),
        st.builds("({} + ({}))".format, inner, inner),
        st.builds("(lambda x, *y: {})".format, inner),
        st.builds("(x := {})".format, inner),
        st.builds("([{} for i in j if i == 0])".format, inner),
    ),
    max_leaves=8,
)


def offset_of(code: str, line: int, column: int) -> int:
    return sum(len(one) for one in code.splitlines(keepends=True)[: line - 1]) + column


def calls_in(code: str) -> list[tuple[int, int, list[int]]]:
    """Return of each call: after its opening parenthesis, before its end, ends of arguments."""
    found: list[tuple[int, int, list[int]]] = []
    for node in ast.walk(ast.parse(code, mode="eval")):
        if isinstance(node, ast.Call):
            ends = sorted(
                offset_of(code, one.end_lineno or 0, one.end_col_offset or 0)
                for one in (*node.args, *(keyword.value for keyword in node.keywords))
            )
            end = offset_of(code, node.end_lineno or 0, node.end_col_offset or 0) - 1
            start = offset_of(code, node.func.end_lineno or 0, node.func.end_col_offset or 0)
            found.append((code.index("(", start) + 1, end, ends))
    return found


@given(ANYTHING, ANYTHING, ANYTHING, LANGUAGES)
@example("f(a,\n", "'''\n", "x', b", "python")
@example("g(f'''{a\n", "}\n", "''', (b", "python")
@example("f(a, /*\n", "*/\n", "b", "c")
@example("f(a, \\\n", "b,\n", "c", "python")
def test_lines_above_that_were_read_before_are_as_good_as_read_anew(
    first: str, second: str, line: str, language: str
) -> None:
    code = f"{first}\n{second}\n{line}"
    lexicon = lexicon_of(language)
    for cursor in range(0, len(code) + 1, 7):
        anew = Reader(lexicon, lex(code, lexicon)).call(code, cursor)
        assert enclosing_call(code, cursor, language) == anew


def test_keys_in_a_line_read_the_lines_above_once() -> None:
    above = "def f(x):\n" + "    total = sum(values[i] for i in range(10))\n" * 400
    lines_read.cache_clear()
    for typed in ("    g(", "    g(a", "    g(a,", "    g(a, b"):
        call = enclosing_call(above + typed, len(above + typed))
        assert call is not None
        assert call.callee == "g"
    assert lines_read.cache_info().misses == 1


def test_keys_in_a_long_string_read_the_lines_above_once() -> None:
    above = "f(a, '''one\n" + "two\n" * 10
    lines_read.cache_clear()
    for typed in ("three", "three'''", "three''', b"):
        call = enclosing_call(above + typed, len(above + typed))
        assert call is not None
        assert call.callee == "f"
    assert lines_read.cache_info().misses == 1


@given(EXPRESSIONS, st.data())
def test_complete_code_is_read_as_python_reads_it(code: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(code)))
    around = [one for one in calls_in(f"({code})") if one[0] <= cursor + 1 <= one[1]]
    call = enclosing_call(code, cursor)
    if not around:
        assert call is None
        return
    assert call is not None
    opened, _, ends = max(around)
    assert code[call.end :].startswith("(")
    assert call.end + 2 == opened
    sizes = len([one for one in call.arguments if not one.is_empty])
    assert sizes == len(ends)
    commas = sum(end <= cursor + 1 for end in ends)
    assert call.current in (commas, commas - 1)
