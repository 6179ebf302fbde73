"""No text that a user reads stands in the source without `tr` around it, as far as one can tell."""

import ast
import re

import pytest

from support.prose import untranslated
from support.sources import Source, in_package, sources

SCOPE = (
    "vitrail.shell",
    "vitrail.embedding",
    "vitrail.presenters.console_kernel",
    "vitrail.presenters.execution",
    "vitrail.presenters.files.formats",
    "vitrail.presenters.files.opening",
    "vitrail.presenters.files.writing",
    "vitrail.presenters.inspector.grid",
    "vitrail.presenters.inspector.members",
    "vitrail.presenters.inspector.sentences",
    "vitrail.presenters.inspector.source",
    "vitrail.presenters.inspector.value",
    "vitrail.presenters.kernel_words",
    "vitrail.presenters.payloads",
    "vitrail.presenters.restarting",
    "vitrail.presenters.way_notices",
    "vitrail.settings.store",
    "vitrail_widgets",
)
"""What people read in the window; the command line, and what kernels are told, is English."""

OF_NO_LANGUAGE = (
    "vitrail_widgets.keys.tables",  # English, and translated where a Command is made of it
    "vitrail_widgets.keys.command",  # a Scope's words are its value, translated
    "vitrail_widgets.keys.strokes",
    "vitrail_widgets.highlight",  # words of languages that computers read
    "vitrail_widgets.editing",
    "vitrail_widgets.signature",
    "vitrail_widgets.commands.key_events",  # Qt's names of keys
    "vitrail_widgets.qt.code_styles",  # Pygments' tokens
    "vitrail_widgets.transcript.tracebacks",  # what kernels write
    "vitrail_widgets.transcript.mentions",
)

NAMES = frozenset(
    {
        *("Py", "Jl"),  # languages as two letters
        *("BaseEstimator", "None", "In [], line "),  # an example, Python's, a place in code
        *("dict key", "Markdown", "Infinity", "noopener noreferrer"),
        *("In []", "In []: ", "In [", "its outputs", "all but the first line of its code"),
        *("Aa", ".str.contains(, case=False, na=False)"),  # a glyph, code of pandas
        ".str.contains(, case=False, na=False, regex=False)",
        *("shut down", "keep running", "full screen"),  # values, which are not shown
    }
)
"""Proper names, and other strings that only look like text."""


def in_scope() -> list[Source]:
    def is_in(source: Source, packages: tuple[str, ...]) -> bool:
        return any(f"{source.module}.".startswith(f"{each}.") for each in packages)

    return [
        source for source in sources() if is_in(source, SCOPE) and not is_in(source, OF_NO_LANGUAGE)
    ]


def test_no_text_for_people_escapes() -> None:
    found = [
        f"{source.path}:{line}: {text!r}"
        for source in in_scope()
        for line, text in untranslated(source.tree)
        if text not in NAMES
    ]
    assert not found, "\n" + "\n".join([*found, "put tr(…) around it; see docs/translating.md"])


def test_what_is_looked_up_can_be_gathered() -> None:
    """A lookup of what is computed is found by no tool; tables are gathered by themselves."""
    tables = ("vitrail_widgets.keys.command", "vitrail.settings.fields")
    found = [
        source.at(call)
        for source in sources()
        if source.module not in (*tables, "vitrail_resources.translation")
        for name, call in source.calls()
        if re.search(r"(^|\.)trn?$", name) and name.split(".")[0] != "self"
        for argument in call.args[: 2 if name.endswith("trn") else 1]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert not found


def test_packages_that_are_named_are_there() -> None:
    gone = [name for name in (*OF_NO_LANGUAGE, *SCOPE) if not in_package(name)]
    assert gone == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("label = 'Copy the cell'", True),
        ("told.emit(f'Opening {path}')", True),
        ("x.setText('queued')", True),
        ("x.setText('queued' if y else 'done')", True),
        ("raise CannotOpenError('There is no file.')", True),
        ("label = tr('Copy the cell')", False),
        ("Command('a.b', 'Copy the cell', when='in a call')", False),
        ("'''A docstring of some words.'''", False),
        ("raise ValueError('there is no such thing')", False),
        ("_LOG.debug('it is not kept: %s', error)", False),
        ("x.setStyleSheet('QLabel { border: none; }')", False),
        ("copies = {'Copy the table': copy}", True),
        ("x.setText('')", False),
        ("kind = 'image/png'", False),
        ("def f(x: 'Some type | None') -> 'Other type': ...", False),
        ("if kind == 'some kind': pass", False),
    ],
)
def test_text_for_people_is_recognised(code: str, found: bool) -> None:
    assert bool(untranslated(ast.parse(code))) is found
