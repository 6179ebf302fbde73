"""What the probe tells of where an object is written down; sent when that is first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Files are read as text, cells out of `linecache`; nothing is imported, nothing of the user's runs.
"""

import re
import sys
import types

from vitrail_resources.kernel.probe_inspection import (
    cell_of,
    defined,
    home_of,
    innermost,
    methods_of,
    qualified,
)
from vitrail_resources.kernel.probe_paths import locate
from vitrail_resources.kernel.probe_variables import class_of
from vitrail_resources.kernel.python_probe import (
    C_FUNCTIONS,
    OPERATIONS,
    is_a,
    is_class,
    is_just,
)

# ---- sent from here on ----

MODULES = ("dis", "inspect", "io", "linecache", "os", "stat", "textwrap")
dis, inspect, io, linecache, os, stat, textwrap = map(__import__, MODULES)

LARGEST_FILE = 4000000  # bytes
CODING = re.compile(b"^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)")
MANGLED = re.compile(r"^_[A-Za-z][A-Za-z0-9_]*?(?=__)")
COMPILED = (".so", ".pyd", ".dll", ".dylib")


class NoSource(Exception):
    """There is none; `why` says the reason, as [code, {name: value}]."""

    def __init__(self, code, **values):
        Exception.__init__(self, code)
        self.why = [code, values]


def source(question, budget):
    """Tell the source of what a path leads to; of other values that of their class.

    `text` begins in line `line` of `file`, or of the cell of the number `cell`. `of` names the
    class whose source it is. Without one `reason` says why. `changed` tells that what stands there
    now is not what was loaded.
    """
    found = locate(question["path"])
    value, told = innermost(found.value), {"of": "", "changed": False}
    if not (is_class(value) or is_a(value, types.ModuleType) or is_function(value)):
        value = class_of(value)
        told["of"] = qualified(value)
    try:
        file, text, line = written_down(value)
    except NoSource as none:
        place = defined(value) or ["", 0, None]
        return {"reason": none.why, "file": place[0] or "", "line": place[1], "of": told["of"]}
    told["file"], told["line"], told["cell"] = file, line, cell_of(file)
    told["cut"] = len(text) > budget.bytes_left
    told["text"] = text[: budget.bytes_left]
    if type(value) is types.FunctionType:
        told["changed"] = is_other(text, value.__code__)
    return told


def is_function(value):
    return is_just(value, (types.FunctionType,) + C_FUNCTIONS)


def written_down(value):
    """Return file, text and first line of a module, class or function.

    Raises:
        NoSource: It cannot be had.
    """
    if is_just(value, C_FUNCTIONS):
        raise NoSource("in-C")
    place = defined(value)
    if is_a(value, types.ModuleType):
        if place is None:
            raise NoSource("no-file")
        return place[0], "".join(lines_of(place[0])), 1
    if is_class(value):
        return class_place(value, place)
    lines = lines_of(place[0])
    if not 0 < place[1] <= len(lines):
        raise NoSource("ends-before", line=place[1])
    return place[0], block(lines, place[1]), place[1]


def lines_of(file):
    """Return the lines of a file or a cell.

    Raises:
        NoSource: They cannot be had.
    """
    kept = dict.get(linecache.cache, file)
    if kept and len(kept) > 2 and (cell_of(file) is not None or not is_file(file)):
        return [unicode_of(line) for line in kept[2]]
    if file.endswith(COMPILED):
        raise NoSource("in-C")
    if file.startswith("<"):
        raise NoSource("in-no-file", file=file)
    if file.endswith((".pyc", ".pyo")):
        file = file[:-1]
    if not is_file(file):
        raise NoSource("file-gone", file=file)
    if os.stat(file).st_size > LARGEST_FILE:
        raise NoSource("too-large", file=file)
    with io.open(file, "rb") as stream:
        return unicode_of(stream.read()).splitlines(True)


def is_file(name):
    try:
        return stat.S_ISREG(os.stat(name).st_mode)
    except (OSError, ValueError):
        return False


def unicode_of(text):
    """Return text as the first two lines say that it is encoded."""
    if not isinstance(text, bytes):
        return text
    said = [CODING.match(line) for line in text.split(b"\n", 2)[:2]]
    name = next((one.group(1).decode("ascii") for one in said if one), "utf-8")
    try:
        return text.decode(name, "replace").replace("\r\n", "\n").lstrip("\ufeff")
    except LookupError:
        return text.decode("utf-8", "replace")


def block(lines, line):
    """Return what begins in a line, from 1, as far as it reaches."""
    try:
        return "".join(inspect.getblock(lines[line - 1 :]))
    except Exception:  # it cannot be parsed: another file than it was
        return lines[line - 1]


def class_place(cls, place):
    """Return file, text and first line of a class."""
    if place is not None and place[1]:
        return place[0], block(lines_of(place[0]), place[1]), place[1]
    if place is None and home_of(cls) != "__main__":
        raise NoSource("in-C")
    files = [place[0]] if place is not None else cells()
    before = min([one.__code__.co_firstlineno for _, one in methods_of(cls)] or [sys.maxsize])
    name = re.escape(qualified(cls).rpartition(".")[2])
    begins = re.compile(r"^[ \t]*class[ \t]+%s\b" % name)
    for file in files:
        lines = lines_of(file)
        places = [at for at, line in enumerate(lines, 1) if begins.match(line) and at < before]
        if places:
            first = places[-1]
            while first > 1 and lines[first - 2].lstrip().startswith("@"):
                first -= 1
            return file, block(lines, first), first
    raise NoSource("no-statement")


def cells():
    """List the files that cells go by, the last first."""
    numbered = [(cell_of(file), file) for file in list(linecache.cache) if type(file) is str]
    return [file for _, file in sorted([one for one in numbered if one[0] is not None])[::-1]]


def is_other(text, code):
    """Tell whether a source is surely not that of a code: other lines, or other names."""
    try:
        made = compile(textwrap.dedent(text), "<source>", "exec", 0, True)
    except Exception:  # a lambda in the middle of a line, a part of what it needs
        return False
    found = [one for one in made.co_consts if is_a(one, types.CodeType)]
    found = [one for one in found if one.co_name == code.co_name]
    return bool(found) and outline(found[-1]) != outline(code)


def outline(code):
    """Return what of a code does not depend on what is around it, as its first lines do."""
    names = code.co_names + code.co_varnames + code.co_freevars + code.co_cellvars
    named = {MANGLED.sub("", name) for name in names} - {"__class__"}
    lines = {line - code.co_firstlineno for _, line in dis.findlinestarts(code) if line} - {0, 1}
    return code.co_argcount, sorted(named), sorted(lines)


OPERATIONS["source"] = source
