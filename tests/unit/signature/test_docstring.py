"""Docstrings are read as their writers meant them, and no word of them is lost."""

import inspect
import json
import re
import subprocess
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.signature.docstring import Kind, Paragraph, Style, paragraphs


def read(docstring: str) -> list[Paragraph]:
    return list(paragraphs(dedent(docstring).strip("\n")))


def shapes(docstring: str) -> list[tuple[str, int, str]]:
    return [(each.kind.value, each.depth, each.text) for each in read(docstring)]


def set_off(paragraph: Paragraph) -> list[tuple[str, str]]:
    return [
        (each.style.value, paragraph.text[each.start : each.end]) for each in paragraph.stretches
    ]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert shapes("One sentence\nin two lines.\n\nAnother.") == [
        ("prose", 0, "One sentence in two lines."),
        ("prose", 0, "Another."),
    ]


def test_numpydoc_sections_and_parameters() -> None:
    assert shapes(
        """
        Parameters
        ----------
        a : array_like
            Elements
            to sum.
        x, y : int, optional
            Both.

        Returns
        -------
        ndarray
            The sum.
        """
    ) == [
        ("heading", 0, "Parameters"),
        ("term", 0, "a : array_like"),
        ("prose", 4, "Elements to sum."),
        ("term", 0, "x, y : int, optional"),
        ("prose", 4, "Both."),
        ("heading", 0, "Returns"),
        ("term", 0, "ndarray"),
        ("prose", 4, "The sum."),
    ]


def test_a_term_is_a_strong_name_and_a_weak_type() -> None:
    [term, _] = read("a : array_like\n    Elements.")
    assert set_off(term) == [("strong", "a"), ("weak", " : array_like")]


def test_googles_sections_and_arguments() -> None:
    [heading, one, two] = read("Args:\n    path (str): Where it\n        is.\n    *rest: More.")
    assert (heading.kind, heading.text) == (Kind.HEADING, "Args")
    assert (one.text, set_off(one)) == ("path (str): Where it is.", [("strong", "path")])
    assert (two.text, set_off(two)) == ("*rest: More.", [("strong", "*rest")])


def test_fields_of_sphinx() -> None:
    assert shapes(":param int x: The *width*\n    in pixels.\n:returns: Nothing.") == [
        ("term", 0, "int x"),
        ("prose", 4, "The width in pixels."),
        ("term", 0, "returns"),
        ("prose", 4, "Nothing."),
    ]


def test_examples_are_code_as_they_stand() -> None:
    assert shapes(">>> f(1,\n...   2)\n3\n\n    >>> deeper\n\nProse.") == [
        ("code", 0, ">>> f(1,\n...   2)\n3"),
        ("code", 4, ">>> deeper"),
        ("prose", 0, "Prose."),
    ]


def test_what_follows_two_colons_is_code() -> None:
    assert shapes(
        "Like this::\n\n    a = 1\n\n    b = 2\n\nProse.\n\n.. code-block:: c\n\n   int x;"
    ) == [
        ("prose", 0, "Like this:"),
        ("code", 4, "a = 1\n\nb = 2"),
        ("prose", 0, "Prose."),
        ("code", 3, "int x;"),
    ]


def test_what_is_drawn_with_spaces_stays_as_it_is() -> None:
    drawn = "=====  =====\nname   value\n=====  =====\na      1"
    assert shapes(drawn) == [("code", 0, drawn)]
    assert shapes("first     1\nsecond    2") == [("code", 0, "first     1\nsecond    2")]


def test_items_of_lists() -> None:
    assert shapes("- one\n  goes on\n- two\n\n1. three") == [
        ("item", 0, "- one goes on"),
        ("item", 0, "- two"),
        ("item", 0, "1. three"),
    ]


def test_signs_are_taken_out_and_what_they_mean_is_noted() -> None:
    [paragraph] = read(
        "Use ``x*y``, `fit`, :class:`~a.b.C`, **now** or *later*; `here <http://x>`_."
    )
    assert paragraph.text == "Use x*y, fit, C, now or later; here."
    assert set_off(paragraph) == [
        ("code", "x*y"),
        ("code", "fit"),
        ("code", "C"),
        ("strong", "now"),
        ("emphasis", "later"),
        ("code", "here"),
    ]


def test_what_only_looks_like_a_sign_stays() -> None:
    for text in ("f(*args, **kwargs)", "2 * 3 * 4", "a_b_c", "x**2 + y**2", "don't `", "-- so"):
        [paragraph] = read(text)
        assert (paragraph.text, paragraph.stretches) == (text, ())


def test_versions_and_notes_are_named() -> None:
    assert [each.text for each in read(".. versionadded:: 1.2\n\n.. note::\n\n   Careful.")] == [
        "New in version 1.2",
        "Note",
        "Careful.",
    ]


def test_docstrings_of_the_library_lose_no_word() -> None:
    for subject in (json.dumps, subprocess.Popen, re.compile, print, dict.update):
        doc = inspect.getdoc(subject) or ""
        told = " ".join(each.text for each in paragraphs(doc))
        words = re.findall(r"\w+", re.sub(r"~[\w.]+\.(?=\w)|:\w+:(?=`)|<\S+>`", "", doc))
        assert [word for word in words if word not in told] == []


@given(st.text(alphabet="ab *`:.->=\n", max_size=120))
def test_whatever_is_written_is_read_and_stretches_lie_within(text: str) -> None:
    for each in paragraphs(text):
        assert each.kind is Kind.CODE or "\n" not in each.text
        for stretch in each.stretches:
            assert 0 <= stretch.start <= stretch.end <= len(each.text)
            assert isinstance(stretch.style, Style)
