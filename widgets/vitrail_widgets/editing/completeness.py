"""Whether a piece of code is ready to be run, decided here and at once for Python."""

import ast
import re
import sys
import warnings
from collections.abc import Callable
from enum import StrEnum

from vitrail_widgets.editing.indentation import indent_after, outdented
from vitrail_widgets.editing.ipython_syntax import cell_magic
from vitrail_widgets.editing.scan import Scan, Unfinished, scan


class Completeness(StrEnum):
    """What a piece of code is; the values are those of `is_complete_reply` (Jupyter 5.5)."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"
    UNKNOWN = "unknown"


MAX_SOURCE = 10_000
"""Characters up to which it is decided here, in 8 ms at most; a longer text may be felt."""

MAX_ASKED = 50_000
"""Characters up to which the kernel is asked; a longer text was not typed."""

# CPython's Include/cpython/compile.h, as in codeop (3.11 to 3.14): the end of the text in the
# middle of something is reported as "incomplete input", and a block needs its dedent.
_DONT_IMPLY_DEDENT = 0x200
_ALLOW_INCOMPLETE_INPUT = 0x4000
_FLAGS = (
    ast.PyCF_ONLY_AST
    | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    | _DONT_IMPLY_DEDENT
    | _ALLOW_INCOMPLETE_INPUT
)

_NEWER_SYNTAX = (
    ((3, 12), re.compile(r"\b(?:def|class)\s+\w+\s*\[|^\s*type\s+\w+", re.M)),  # PEP 695
    ((3, 12), re.compile(r"\b(?:[fF][rR]?|[rR][fF])['\"]")),  # PEP 701
    ((3, 14), re.compile(r"\b(?:[tT][rR]?|[rR][tT])['\"]")),  # PEP 750
    ((3, 14), re.compile(r"^\s*except\b[^\n(]*,", re.M)),  # PEP 758
    ((3, 15), re.compile(r"^\s*lazy\s+(?:import|from)\b", re.M)),  # PEP 810
)
"""Since which Python there is what; a kernel may be newer than the Python we run on."""


def python_completeness(source: str) -> tuple[Completeness, str]:
    """Say whether Python code, with IPython's syntax, is ready to be run.

    A block is complete when a blank line ends it. What only the compiler refuses (a `return`
    outside a function) is complete: the kernel says it better.

    Args:
        source: The input's text; Enter was pressed at its end.

    Returns:
        The verdict, and for INCOMPLETE the white space that the next line starts with. UNKNOWN
        for what takes long, and for what our Python cannot parse and a newer one might: ask the
        kernel.
    """
    return _judged(source, _verdict)


def python2_completeness(source: str) -> tuple[Completeness, str]:
    """Say the same of Python 2, which ours cannot parse: by brackets, colons and blank lines alone.

    Kernels of Python 2 cannot be asked: IPython answers since its version 3.
    """
    return _judged(source, _verdict_by_form)


def _judged(source: str, verdict_on: Callable[[Scan], Completeness]) -> tuple[Completeness, str]:
    if len(source) > MAX_ASKED or not source.strip():
        return Completeness.COMPLETE, ""
    if len(source) > MAX_SOURCE:
        return Completeness.UNKNOWN, ""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    first = source.lstrip().partition("\n")[0]
    if cell_magic(first):
        return _cell_magic_completeness(source)
    found = scan(source)
    verdict = verdict_on(found)
    if verdict is not Completeness.INCOMPLETE:
        return verdict, ""
    ended = _ends_blank(source) and found.unfinished is Unfinished.NO and not _is_header(found)
    return verdict, outdented(indent_after(source)) if ended else indent_after(source)


def _cell_magic_completeness(source: str) -> tuple[Completeness, str]:
    """A cell magic takes lines until a blank one; its first line alone is nothing yet."""
    lines = source.lstrip().split("\n")
    if len(lines) > 2 and not lines[-1].strip():
        return Completeness.COMPLETE, ""
    indentation = "" if len(lines) == 1 else lines[-1][: -len(lines[-1].lstrip()) or None]
    return Completeness.INCOMPLETE, indentation


def _verdict(found: Scan) -> Completeness:
    in_block = _in_open_block(found)
    try:
        _parse(_python_of(found))
    except SyntaxError as error:
        return _verdict_on_error(found, error, in_block)
    except ValueError:  # NUL, a lone surrogate
        return Completeness.INVALID
    except (RecursionError, MemoryError, OverflowError):
        return Completeness.COMPLETE
    return Completeness.INCOMPLETE if in_block or _is_open(found) else Completeness.COMPLETE


def _verdict_by_form(found: Scan) -> Completeness:
    if not found.statements:
        return Completeness.COMPLETE
    last = found.statements[-1]
    is_open = _is_open(found) and not found.mismatched
    is_decorator = not last.escape and found.code(last).startswith("@")
    is_begun = is_open or is_decorator or _is_header(found) or _in_open_block(found)
    return Completeness.INCOMPLETE if is_begun else Completeness.COMPLETE


def _verdict_on_error(found: Scan, error: SyntaxError, in_block: bool) -> Completeness:
    if "incomplete input" in str(error):
        return Completeness.INCOMPLETE
    # The rest stands before an error: what is open will be closed, and only then be judged.
    if _is_open(found) and not found.mismatched:
        return Completeness.INCOMPLETE
    if found.statements and _is_header(found) and not _ends_blank(found.source):
        return Completeness.INCOMPLETE
    if _may_be_newer_syntax(found.source):
        return Completeness.INCOMPLETE if in_block else Completeness.UNKNOWN
    return Completeness.INVALID


def _python_of(found: Scan) -> str:
    """Return the source as Python: `pass` for IPython's statements, no outer indentation."""
    outer = len(found.indentation(found.statements[0])) if found.statements else 0
    parts: list[str] = []
    done = 0
    for statement in found.statements:
        parts.append(found.source[done : statement.start])
        parts.append(found.indentation(statement)[outer:])
        parts.append("pass" if statement.escape else found.text(statement))
        done = statement.end
    parts.append(found.source[done:])
    return "".join(parts)


def _parse(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d": the kernel will say it
        compile(source, "<input>", "exec", _FLAGS, dont_inherit=True)


def _is_open(found: Scan) -> bool:
    return found.unfinished is not Unfinished.NO


def _in_open_block(found: Scan) -> bool:
    """Say whether the last statement is in a block that no blank line has ended."""
    if not found.statements:
        return False
    last, outer = found.statements[-1], found.statements[0]
    inside = len(found.indentation(last)) > len(found.indentation(outer))
    return inside and not _ends_blank(found.source)


def _ends_blank(source: str) -> bool:
    return "\n" in source and not source.rpartition("\n")[2].strip()


def _is_header(found: Scan) -> bool:
    """Say whether the text ends in a colon that opens a block."""
    last = found.statements[-1]
    return not last.escape and found.code(last).endswith(":")


def _may_be_newer_syntax(source: str) -> bool:
    return any(
        sys.version_info < since and pattern.search(source) for since, pattern in _NEWER_SYNTAX
    )
