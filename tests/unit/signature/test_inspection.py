import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.captured import captured
from vitrail_widgets.signature.documentation import signature_of_docstring, summary_of
from vitrail_widgets.signature.inspection import signature_of_completion, signature_of_inspection
from vitrail_widgets.signature.model import Kind, Signature
from vitrail_widgets.signature.plain_text import plain_text
from vitrail_widgets.signature.tip import one_line

PRINT = "print(*args, sep=' ', end='\\n', file=None, flush=False)"
PRINT_SUMMARY = "Prints the values to a stream, or to sys.stdout by default."

# As IPython 9.18.1 writes them.
LONG = (
    "\x1b[31mSignature:\x1b[39m\nlong(\n    alpha: int,\n"
    "    beta: \x1b[33m'list[int]'\x1b[39m = [\x1b[32m1\x1b[39m, \x1b[32m2\x1b[39m],\n    /,\n"
    "    gamma=\x1b[33m'a, (b'\x1b[39m,\n    *args: int,\n"
    "    delta=<object object at \x1b[32m0x7f9e311a4d80\x1b[39m>,\n"
    "    epsilon={\x1b[33m'x'\x1b[39m: (\x1b[32m1\x1b[39m, \x1b[32m2\x1b[39m)},\n"
    "    **kwargs: str,\n) -> \x1b[33m'dict[str, int]'\x1b[39m\n\x1b[31mDocstring:\x1b[39m\n"
    "Sum it up.\n\nSignature: fake(a)\nInit signature: fake(a)\n\x1b[31mType:\x1b[39m      function"
)
RANGE = (
    "\x1b[31mInit signature:\x1b[39m range(self, /, *args, **kwargs)\n"
    "\x1b[31mDocstring:\x1b[39m     \nrange(stop) -> range object\n"
    "range(start, stop[, step]) -> range object\n\n"
    "Return an object that produces a sequence of integers from start (inclusive)\n"
    "to stop (exclusive) by step.\n\x1b[31mType:\x1b[39m           type"
)
PARTIAL = (
    "\x1b[31mSignature:\x1b[39m      p(b, *, c=1)\n"
    "\x1b[31mCall signature:\x1b[39m p(*args, **kwargs)\n"
    "\x1b[31mDocstring:\x1b[39m      partial(func, *args, **keywords) - new function\nof it all"
)
INSTANCE = (
    "Signature:      c(y: int = 3) -> str\nType:           C\n"
    "Docstring:      class doc\nInit docstring: init doc\nCall docstring: call doc"
)


def replies(session: str, kind: str) -> Iterator[dict[str, Any]]:
    for message in captured(session):
        if b"<IDS|MSG>" in message.frames:
            header, _, _, content = message.frames[message.frames.index(b"<IDS|MSG>") + 2 :][:4]
            if json.loads(header)["msg_type"] == kind:
                yield json.loads(content)


def inspections(session: str) -> list[str]:
    found = [one["data"].get("text/plain", "") for one in replies(session, "inspect_reply")]
    assert found
    return found


def shown(signature: Signature | None) -> tuple[str, str]:
    assert signature is not None
    return one_line(signature).text, signature.summary


@pytest.mark.parametrize(
    ("session", "language", "tip", "summary"),
    [
        ("ipython-3.2.3", "python", "f(a, b=2, *c, **d)", "doc of f"),
        ("kernel-ipykernel-4.10.1", "python", PRINT, PRINT_SUMMARY),
        ("kernel-ipykernel-6.29.5", "python", PRINT, PRINT_SUMMARY),
        ("kernel-ipykernel-7.4.0", "python", PRINT, PRINT_SUMMARY),
        ("kernel-xpython", "python", PRINT, PRINT_SUMMARY),
        ("kernel-coconut", "coconut", PRINT, PRINT_SUMMARY),
        ("kernel-ir", "R", "print(x, ...)", "Print Values"),
        ("kernel-octave", "octave", "sin(X)", "Compute the sine for each element of X in radians."),
    ],
)
def test_replies_of_real_kernels(session: str, language: str, tip: str, summary: str) -> None:
    (text,) = inspections(session)
    assert shown(signature_of_inspection(text, language)) == (tip, summary)


@pytest.mark.parametrize(
    ("session", "language"),
    [
        ("kernel-bash", "bash"),
        ("kernel-c", "c"),
        ("kernel-deno", "typescript"),
        ("kernel-ijavascript", "javascript"),
        ("kernel-zsh", "zsh"),
        ("kernel-calysto_scheme", "scheme"),
    ],
)
def test_these_kernels_give_no_signature(session: str, language: str) -> None:
    assert [signature_of_inspection(text, language) for text in inspections(session)] == [None]


def completions(session: str) -> list[dict[str, Any]]:
    return [
        one
        for content in replies(session, "complete_reply")
        for one in content["metadata"].get("_jupyter_types_experimental", ())
    ]


@pytest.mark.parametrize("session", ["kernel-ipykernel-7.4.0", "kernel-ipykernel-6.29.5"])
def test_completions_of_ipykernel_carry_signatures(session: str) -> None:
    found = [signature_of_completion(one) for one in completions(session)]
    (signature,) = [one for one in found if one]
    assert signature.name == "print"
    assert [one.kind for one in signature.parameters] == [
        Kind.VAR_POSITIONAL,
        *[Kind.KEYWORD_ONLY] * 4,
    ]
    assert signature.parameters[3].annotation == "SupportsWrite[str] | None"
    assert signature.parameters[3].default == "None"
    assert signature.returns == "None"


@pytest.mark.parametrize("item", [{}, {"text": "x", "signature": ""}, {"signature": None}])
def test_completions_without_a_signature(item: dict[str, Any]) -> None:
    assert signature_of_completion(item) is None


def test_a_completion_without_text_has_no_name() -> None:
    assert signature_of_completion({"text": 1, "signature": "()"}) == Signature("")


def test_a_docstring_cannot_pretend_to_be_a_signature() -> None:
    tip, summary = shown(signature_of_inspection(LONG))
    assert tip == (
        "long(alpha: int, beta: 'list[int]' = [1, 2], /, gamma='a, (b', *args: int, "
        "delta=<object object at 0x7f9e311a4d80>, epsilon={'x': (1, 2)}, **kwargs: str)"
        " -> 'dict[str, int]'"
    )
    assert summary == "Sum it up."


@pytest.mark.parametrize(
    ("text", "tip", "summary"),
    [
        (
            RANGE,
            "range(start, stop, step=…) -> range object",
            "Return an object that produces a sequence of integers from start (inclusive)",
        ),
        (PARTIAL, "p(b, *, c=1)", ""),
        (INSTANCE, "c(y: int = 3) -> str", "call doc"),
        (plain_text(INSTANCE), "c(y: int = 3) -> str", "call doc"),
        ("Signature: f()\nDocstring: <no docstring>", "f()", ""),
        ("Init signature: C(self, x)\nSignature: C(y)\nInit docstring: i", "C(x)", "i"),
        ("Init signature: zip(self, /, *args, **kwargs)\nDocstring: a b", None, "a b"),
        ("Call signature: c(y)", "c(y)", ""),
        ("Definition: f(a)\nDocstring:\n\n   It is.\n", "f(a)", "It is."),
        ("Docstring: dir([object]) -> list", "dir(object=…) -> list", ""),
        (
            "dir([object]) -> list of strings\n\nSay it.",
            "dir(object=…) -> list of strings",
            "Say it.",
        ),
        ("\x1b[0mf\x1b[1m(\x1b[0ma\x1b[1m)\x1b[0m\n\ndoc", "f(a)", "doc"),
    ],
)
def test_where_the_signature_is(text: str, tip: str | None, summary: str) -> None:
    assert shown(signature_of_inspection(text)) == (tip or "zip(*args, **kwargs)", summary)


@pytest.mark.parametrize("text", ["", "Type: int", "Docstring: nothing (like) it", "Signature: x"])
def test_there_may_be_none(text: str) -> None:
    assert signature_of_inspection(text) is None


@pytest.mark.parametrize(
    ("docstring", "name", "tip"),
    [
        ("f(a)", "x.f", "f(a)"),
        ("f(a)", "", "f(a)"),
        ("f(a)", "g", None),
        ("\n  f(a,\n    b)\n\nText", "f", "f(a, b)"),
        ("f(a) does it", "f", None),
        ("f()\nf(a)\nf(a, b) -> c\nf(d)", "f", "f(a, b) -> c"),
        ("Text\n\nf(a)", "f", None),
    ],
)
def test_docstring_that_begins_with_a_call(docstring: str, name: str, tip: str | None) -> None:
    found = signature_of_docstring(docstring, name)
    assert (found and one_line(found).text) == tip


@pytest.mark.parametrize(
    ("docstring", "summary"),
    [
        ("", ""),
        ("One.\nTwo.", "One."),
        ("\n   \n  One.\n\nTwo.", "One."),
        ("::\n\n  x", "x"),
        ("f(a)\n\nOne.", "One."),
        ("f(a)\nOne of it.", "One of it."),
        ("f(a)\nof it.\n    Indented.", ""),
        ("f(a)\nGee(a)", ""),
        ("<no docstring>", ""),
    ],
)
def test_summary_is_the_first_line_that_says_something(docstring: str, summary: str) -> None:
    assert summary_of(docstring) == summary


@pytest.mark.parametrize(
    ("styled", "plain"),
    [
        ("\x1b[1;31ma\x1b[0m", "a"),
        ("\x1b]8;;http://x\x07a\x1b]8;;\x1b\\", "a"),
        ("\x1b[1mN\x1b(B\x1b[m", "N"),
        ("_\bP_\br", "Pr"),
        ("P\bP", "P"),
        ("a\r\nb\rc", "a\nb\rc"),
    ],
)
def test_styling_is_taken_off(styled: str, plain: str) -> None:
    assert plain_text(styled) == plain


PARTS = [
    "Signature: ",
    "Docstring:\n",
    "\x1b[31mInit signature:\x1b[0m",
    "f(",
    ")",
    "a, ",
    "\n",
    "Usage:\n ",
    "function (",
    "=>",
    "int ",
    " -- ",
    "=",
    "[",
    "]",
    "->",
    "\x1b",
    "\x08",
]


@given(
    st.lists(st.sampled_from(PARTS), max_size=12),
    st.sampled_from(["python", "R", "javascript", "typescript", "c", "octave", "bash"]),
)
def test_no_text_is_an_error(parts: list[str], language: str) -> None:
    signature_of_inspection("".join(parts), language)
