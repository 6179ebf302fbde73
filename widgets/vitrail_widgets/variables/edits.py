"""What is done with variables, as Python code that the user sees run; no Qt."""

import ast
import keyword
from collections.abc import Collection, Sequence
from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.variables.variable import Variable

_SIMPLE: Final = frozenset(("int", "float", "complex", "bool", "str", "bytes", "NoneType"))
_UNWRITTEN: Final = frozenset(("inf", "-inf", "nan"))
"""Numbers that no literal writes."""

LONGEST: Final = 10_000
"""Characters of a value that is written by hand."""


class EditError(Exception):
    """It cannot be done; the message says why, in a sentence."""


def rename_code(old: str, new: str, names: Collection[str]) -> str:
    """Write the renaming of a variable.

    Raises:
        EditError: The new name is none, or taken.
    """
    new = _checked(new, names)
    return f"{new} = {old}\ndel {old}"


def duplicate_code(row: Variable, names: Collection[str]) -> str:
    """Write the copying of a variable under a name that is free; nothing is imported by name."""
    new = f"{row.name}_copy"
    number = 2
    while new in names:
        new, number = f"{row.name}_copy{number}", number + 1
    is_shared = row.type in _SIMPLE or row.kind != "instance"
    copied = row.name if is_shared else f"__import__('copy').deepcopy({row.name})"
    return f"{new} = {copied}"


def delete_code(names: Sequence[str]) -> str:
    """Write the deletion of variables."""
    return f"del {', '.join(names)}"


def value_text(row: Variable) -> str | None:
    """Return the value of a variable to be edited; None where it is not simple, or not all here."""
    if row.type not in _SIMPLE or row.is_brief or row.kind != "instance":
        return None
    if row.preview in _UNWRITTEN:
        return row.preview
    try:
        value = _literal(row.preview)
    except EditError:
        return None
    is_whole = not isinstance(value, str | bytes) or str(len(value)) == row.size
    return row.preview if is_whole else None


def value_code(name: str, text: str) -> str:
    """Write the giving of a value that was typed.

    Raises:
        EditError: It is no number, string, True, False or None.
    """
    text = text.strip()
    if text.lower() in _UNWRITTEN:
        return f"{name} = float('{text.lower()}')"
    _literal(text)
    return f"{name} = {text}"


def _checked(name: str, names: Collection[str]) -> str:
    name = name.strip()
    if not name.isidentifier() or keyword.iskeyword(name):
        raise EditError(tr("“{name}” is no name for a variable.", name=name))
    if name in names:
        raise EditError(tr("There is a variable {name} already.", name=name))
    return name


def _literal(text: str) -> object:
    """Return what a text writes: one number, string, True, False or None."""
    if len(text) > LONGEST or "\n" in text:
        raise EditError(tr("This is too long to be written here; run a cell for it."))
    try:
        node = ast.parse(text, mode="eval").body
        value: object = ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        value = ...
    if not isinstance(value, int | float | complex | str | bytes | None):
        raise EditError(tr("Write a number, a string in quotes, True, False or None."))
    return value
