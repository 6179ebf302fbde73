import argparse
import ast
import dataclasses
import inspect
import random
import subprocess
import sys
import tokenize
from itertools import chain
from typing import Any

import pygments.lexers as pygments_lexers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.highlight.lexing import (
    MAX_COLOURED,
    SLICE,
    Colouring,
    highlight_code,
    lexer_for,
)
from vitrail_widgets.highlight.line_lexer import MAX_LINE
from vitrail_widgets.highlight.spans import Span, colour_of

CODE = st.text(alphabet="ab01 \n\t'\"\\#%!?@$()[]{}:=.,-*/<>;`é𝒳\r\0\ufeff\ud800", max_size=80)
MODULES = (argparse, ast, dataclasses, inspect, random, tokenize)


def coloured(code: str, lexer: str) -> list[list[tuple[str, str]]]:
    """Return (text, colour) of every span, line by line."""
    lines = zip(code.split("\n"), highlight_code(code, lexer), strict=True)
    return [[(line[one.start : one.end], one.name) for one in spans] for line, spans in lines]


def painted(code: str, lexer: str) -> list[list[str]]:
    """Return the colour of every character, line by line; white space has none."""
    lines = zip(code.split("\n"), highlight_code(code, lexer), strict=True)
    return [_colours(line, spans) for line, spans in lines]


def _colours(line: str, spans: tuple[Span, ...]) -> list[str]:
    colours = [""] * len(line)
    for span in spans:
        colours[span.start : span.end] = [span.name] * (span.end - span.start)
    return [name if letter.strip() else "" for letter, name in zip(line, colours, strict=True)]


def painted_by_pygments(code: str, lexer: str) -> list[list[str]]:
    untyped: Any = pygments_lexers
    flat = chain.from_iterable(
        ((letter, colour_of(kind)) for letter in text)
        for _, kind, text in untyped.get_lexer_by_name(lexer).get_tokens_unprocessed(code + "\n")
    )
    lines: list[list[str]] = [[]]
    for letter, name in flat:
        if letter == "\n":
            lines.append([])
        else:
            lines[-1].append(name if letter.strip() else "")
    return lines[: code.count("\n") + 1]


def test_a_text_is_coloured_in_slices_with_the_same_colours() -> None:
    code = inspect.getsource(argparse)[: 3 * SLICE]
    colouring = Colouring(lexer_for("ipython3"), code)
    slices = 0
    while not colouring.is_done:
        before = len(colouring.lines)
        colouring.go_on()
        slices += 1
        done = "\n".join(code.split("\n")[before : len(colouring.lines)])
        assert len(done) < SLICE + 200
    assert tuple(colouring.lines) == highlight_code(code, "ipython3")
    assert slices >= 3


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_line_by_line_gives_the_colours_of_the_whole_text(module: object) -> None:
    code = inspect.getsource(module)[: MAX_COLOURED - 1]  # type: ignore[arg-type]  # a module
    code = code[: code.rindex("\n\n\n")]  # whole statements only
    assert painted(code, "python") == painted_by_pygments(code, "python")


def test_ipython_colours_plain_python_as_python() -> None:
    code = inspect.getsource(random)
    assert highlight_code(code, "ipython3") == highlight_code(code, "python")


@settings(deadline=None)  # a lexer builds its tables when it is first used
@given(CODE, st.sampled_from(["ipython3", "python", "bash", "c", "julia", "html", "json", "tex"]))
def test_spans_are_ordered_and_lie_in_their_line(code: str, lexer: str) -> None:
    lines = highlight_code(code, lexer)
    assert len(lines) == code.count("\n") + 1
    for line, spans in zip(code.split("\n"), lines, strict=True):
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= span.start < span.end <= len(line) and span.name for span in spans)


@settings(deadline=None)
@given(st.lists(CODE, min_size=1, max_size=4))
def test_a_line_depends_only_on_the_state_before_it(parts: list[str]) -> None:
    lexer = lexer_for("ipython3").lines
    state = lexer.initial
    for line in "\n".join(parts).split("\n"):
        first = lexer.lex(line, state)
        assert lexer.lex(line, state) == first
        hash(first[1])
        state = first[1]


@pytest.mark.parametrize("name", ["", "nope", "no such language", "\0", "../x"])
def test_an_unknown_lexer_leaves_code_plain(name: str) -> None:
    assert highlight_code("for x in y:\n    1", name) == ((), ())


def test_pygments_is_not_imported_before_there_is_code_to_colour() -> None:
    code = "import sys; import vitrail_widgets.highlight.lexing as it; it.lexer_for('');"
    code += "sys.exit('pygments' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_lexer_names_are_taken_in_any_case() -> None:
    assert highlight_code("x = 1", "IPython3") == highlight_code("x = 1", "ipython3")
    assert highlight_code("1", "R") != ((),)


def test_a_comment_of_c_reaches_across_lines() -> None:
    assert coloured("/* a\nb */ int x;", "c") == [
        [("/* a", "comment")],
        [("b */", "comment"), ("int", "builtin")],
    ]


def test_library_names_of_c_are_known_line_by_line_too() -> None:
    spans, _ = lexer_for("c").lines.lex("size_t x;", lexer_for("c").lines.initial)
    assert spans == (Span(0, 6, "builtin"),)


def test_an_enormous_line_stays_plain_and_the_next_is_coloured() -> None:
    lines = highlight_code("'" * (MAX_LINE + 1) + "\nNone", "python")
    assert lines == ((), (Span(0, 4, "keyword"),))


def test_what_comes_after_the_bound_stays_plain() -> None:
    line = "None #" + "x" * 993 + "\n"
    lines = highlight_code(line * 200, "python")
    coloured_lines = MAX_COLOURED // len(line)
    assert lines[:coloured_lines] == (lines[0],) * coloured_lines
    assert lines[0]
    assert not any(lines[coloured_lines:])


def test_the_colours_of_an_f_string_are_those_of_its_parts() -> None:
    assert coloured('f"{x + 1!r} a"', "python") == [
        [('f"{', "string"), ("+", "operator"), ("1", "number"), ('!r} a"', "string")]
    ]
