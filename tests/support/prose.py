"""Finds texts for people that stand in the source as they are, without `tr` around them."""

import ast
import re
from collections.abc import Iterator

SENTENCE = re.compile(r"^&?[A-Z][a-z&]+(?:[ …,.:!?(]|$)|[a-z]{2,}[,.;]? [a-z]{2,}")
"""A word with a capital letter, or two words: what code, keys and names seldom look like."""

STYLE = re.compile(r"background:|color:|padding|border")
TRANSLATING = re.compile(r"(?:^|\.)(?:tr|trn)$")
TABLES = re.compile(r"(?:^|\.)Command$")
"""Translate what they are given."""

CODE = re.compile(
    r"(?:^|\.)(?:_LOG\.\w+|compile|TypeVar|cast|getLogger|setObjectName|setStyleSheet|menu_of|Thread"
    r"|startswith|endswith|match|search|fullmatch|split|removeprefix|removesuffix|warn|singleShot)$"
)
"""Take strings that nobody reads."""

SHOWN = re.compile(
    r"(?:^|\.)(?:setText|setTitle|setWindowTitle|setToolTip|setStatusTip|setPlaceholderText"
    r"|setAccessibleName|setAccessibleDescription|setInformativeText|addAction|addMenu|addButton"
    r"|add_button|addRow|showMessage|tell|QLabel|QPushButton|QCheckBox|QAction|QMenu|QGroupBox"
    r"|told\.emit|troubled\.emit|notice)$"
)
"""Show a string, be it a single word."""

OURS = frozenset(
    {"ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError", "LookupError"}
)
"""Errors that tell a programmer of a mistake."""


def untranslated(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the texts, each with its line."""
    return list(_texts(tree, shown=False))


def _texts(node: ast.AST, *, shown: bool) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=str(text), lineno=line):
            if _is_prose(text) or (shown and re.search(r"[A-Za-z]{2}", text)):
                yield line, text
        case ast.JoinedStr(values=parts, lineno=line):
            text = "".join(str(each.value) for each in parts if isinstance(each, ast.Constant))
            if _is_prose(text):
                yield line, text
        case ast.Call(func=func, args=args, keywords=keywords):
            name = ast.unparse(func)
            if not (TRANSLATING.search(name) or TABLES.search(name) or CODE.search(name)):
                is_shown = SHOWN.search(name) is not None
                for child in (func, *args, *(each.value for each in keywords)):
                    yield from _texts(child, shown=is_shown)
        case _:
            for part in _spoken(node):
                yield from _texts(part, shown=shown and isinstance(node, ast.IfExp))


def _spoken(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node in which a text may be for people."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Compare() | ast.Import():
            return  # documentation, conditions of ours, values that are compared
        case ast.Raise(exc=ast.Call(func=func)) if ast.unparse(func) in OURS:
            return
        case ast.AnnAssign(value=value):
            yield from () if value is None else (value,)
        case ast.Subscript(value=value):  # a type, or the key of a table
            yield value
        case ast.Dict(keys=keys, values=values):
            yield from (key for key in keys if key is not None and " " in ast.unparse(key))
            yield from values
        case ast.match_case(body=body):
            yield from body
        case (
            ast.FunctionDef(body=body, args=arguments)
            | ast.AsyncFunctionDef(body=body, args=arguments)
        ):
            yield from body
            yield from (each for each in arguments.kw_defaults + arguments.defaults if each)
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return
        case _:
            yield from ast.iter_child_nodes(node)


def _is_prose(text: str) -> bool:
    return SENTENCE.search(text.strip()) is not None and STYLE.search(text) is None
