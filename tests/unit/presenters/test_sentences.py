"""What the probe says by codes has a sentence for each, with the values that come with it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import vitrail_resources.kernel
from vitrail.presenters.inspector.sentences import LABELS, SENTENCES, label, sentence

PARTS = [
    path.read_text("ascii")
    for path in sorted(Path(str(vitrail_resources.kernel.__file__)).parent.glob("probe_*.py"))
]
MAKERS = {"Refused": 0, "NoSource": 0, "nothing": 0, "Changed": 1}
"""What takes a code in the probe, and as its how manyth argument."""


def codes() -> Iterator[tuple[str, set[str]]]:
    """Yield the codes that stand in the probe, and the names of their values."""
    for node in (node for part in PARTS for node in ast.walk(ast.parse(part))):
        match node:
            case ast.Call(func=ast.Name(id=name)) if len(node.args) > MAKERS.get(name, 9):
                code = node.args[MAKERS[name]]
                if isinstance(code, ast.Constant):
                    yield str(code.value), {str(word.arg) for word in node.keywords}
            case ast.List(elts=[ast.Constant(value=str(code)), ast.Dict(keys=keys)]):
                yield code, {str(key.value) for key in keys if isinstance(key, ast.Constant)}
            case _:
                pass


def test_each_code_of_the_probe_has_a_sentence_with_its_values() -> None:
    said = dict(codes())
    assert len(said) > 20
    said.pop("characters")  # of which there is one, or more
    named = {code: {name for _, name, _, _ in Formatter().parse(SENTENCES[code])} for code in said}
    assert {code: names - {None} for code, names in named.items()} == said


def test_each_sentence_and_label_is_of_something_that_the_probe_tells() -> None:
    words = {
        node.value
        for part in PARTS
        for node in ast.walk(ast.parse(part))
        if isinstance(node, ast.Constant)
    }
    kinds = {f"a-{kind}" for kind in ("function", "method", "class", "module")}
    assert SENTENCES.keys() | LABELS.keys() <= words | kinds


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["no-number", {"text": "{many}"}], "“{many}” is no number."),
        (["characters", {"count": 1}], "1 character"),
        (["characters", {"count": 3}], "3 characters"),
        ("as it is", "as it is"),
        ("", ""),
        (None, ""),
        (["not-known-yet", {}], "not-known-yet"),
        (["not-known-yet", {"file": "a.py", "line": 3}], "not-known-yet: a.py, 3"),
        (["no-number", {"other": "x"}], "no-number: x"),
        (["no-number", ["x"]], ""),
        (["no-number"], ""),
        ([], ""),
        (7, ""),
    ],
)
def test_what_is_said_is_put_into_words_and_unknown_codes_are_shown(
    said: object, words: str
) -> None:
    assert sentence(said) == words


def test_labels_that_are_alike_everywhere_stay() -> None:
    assert (label("next-number"), label("dtype")) == ("next is further by", "dtype")
