"""What the probe tells of one object for reading: what it is, takes, and says of itself.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run: no `repr`, no property, and what `inspect` would unwrap by
touching attributes is read out of dictionaries.
"""

import functools
import re
import sys
import types

from vitrail_resources.kernel.probe_paths import locate
from vitrail_resources.kernel.probe_variables import class_of, module_of, told_of
from vitrail_resources.kernel.python_probe import (
    BUILTINS,
    C_FUNCTIONS,
    IS_2,
    OPERATIONS,
    Method,
    Unknown,
    attribute,
    class_entry,
    class_name,
    constructor,
    dict_of_any_class,
    dict_of_module,
    docstring,
    entries,
    entry,
    is_a,
    is_class,
    is_just,
    kind_of,
    own_dict,
    resolve,
    signature,
)

# ---- sent from here on ----

MOST_LINKS = 200
READ_FOR_LINKS = 40000  # characters of a docstring
IN_TICKS = re.compile(r"`~?([A-Za-z_][A-Za-z_0-9.]*)`")
SEE_ALSO = re.compile(r"^ *See Also\n *-{3,}\n((?:.*\n?)*?)(?=^ *\w[^\n]*\n *-{3,}$|\Z)", re.M)
SEEN_NAMES = re.compile(r"^ *((?:[A-Za-z_][\w.]*(?:, *)?)+)(?= *:|\s*$)", re.M)
CONSTANTS = ("True", "False", "None")
WORDS = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*")


def inspection(question, budget):
    """Tell of what a path leads to all that can be told without running anything.

    `links` leads from names in signature and docstrings to paths; `defined` is where it is
    written, [file, line] or ["", line, number of a cell].
    """
    found = locate(question["path"])
    value, kind = found.value, kind_of(found.value, found.is_member)
    told = {"kind": kind, "name": name_of(value), "signature": signature(found)}
    told["class"] = linked(class_of(value))
    told["bases"] = [linked(base) for base in bases_of(value)]
    told["module"] = module_link(value)
    told["defined"] = defined(value)
    told["value"] = [] if kind in ("property", "method") else told_of(value)
    told["docs"] = docs_of(value, kind)
    told["truncated"] = False
    for doc in told["docs"]:
        told["truncated"] = told["truncated"] or len(doc[1]) > budget.bytes_left
        doc[1] = doc[1][: max(0, budget.bytes_left)]
        budget.bytes_left -= len(doc[1])
    told["links"] = links_of(value, told, budget)
    return told


def name_of(value):
    """Return the name that an object has of itself; empty where it has none."""
    if is_a(value, types.ModuleType):
        name = entry(dict_of_module(value) or {}, "__name__")
        return name[0] if name and type(name[0]) is str else ""
    if is_class(value):
        return qualified(value)
    inner = bare(value)
    if is_just(inner, (types.FunctionType,) + C_FUNCTIONS):
        name = getattr(inner, "__qualname__", None) or inner.__name__
        return name if type(name) is str else ""
    return said(inner, "__qualname__") or said(inner, "__name__")


def said(value, name):
    """Return a text that the dictionary of a wrapper of a function holds; empty without one."""
    text = entry(own_dict(value), name) if entry(own_dict(value), "__wrapped__") else ()
    return text[0] if text and type(text[0]) is str else ""


def qualified(cls):
    read = type.__dict__.get("__qualname__")
    name = read.__get__(cls) if read and is_a(cls, type) else class_name(cls)
    return name if type(name) is str else class_name(cls)


def bare(value):
    """Return the function in a method, a static one or a property; what wraps it stays."""
    if type(value) is Method:
        return value.__func__
    if is_a(value, staticmethod):
        return staticmethod.__dict__["__func__"].__get__(value)
    if is_a(value, classmethod):
        return classmethod.__dict__["__func__"].__get__(value)
    if is_a(value, property):
        return property.__dict__["fget"].__get__(value)
    return value


def innermost(value):
    """Return the function that was written down, below partials and wrappers."""
    for _ in range(8):
        value = bare(value)
        if type(value) is functools.partial:
            value = value.func
            continue
        wrapped = () if is_class(value) else entry(own_dict(value), "__wrapped__")
        if not wrapped:
            return value
        value = wrapped[0]
    return value


def bases_of(value):
    if not is_class(value):
        return []
    read = type.__dict__["__bases__"].__get__ if is_a(value, type) else None
    bases = read(value) if read else value.__bases__
    return [base for base in bases if base is not object]


def home_of(value):
    """Return the name of the module that an object says it comes from; empty for none."""
    if is_a(value, types.ModuleType):
        return name_of(value).rpartition(".")[0]
    inner = bare(value)
    if is_class(inner):
        return module_of(inner) if is_a(inner, type) else str(inner.__module__)
    if is_just(inner, (types.FunctionType,) + C_FUNCTIONS):
        home = getattr(inner, "__module__", None)
        owner = getattr(inner, "__objclass__", None)
        if type(home) is not str and is_class(owner):
            return module_of(owner)
        return home if type(home) is str else ""
    return said(inner, "__module__")


def module_link(value):
    home = home_of(value)
    if not home or home == "__main__" or not entry(sys.modules, home):
        return [home, None]
    return [home, ["", ["module", home]]]


def linked(cls):
    """Return a class as [text, path]; without a path where no name leads to it."""
    name, home = qualified(cls), home_of(cls)
    outer = ("", "__main__", BUILTINS.__name__)
    text = name if home in outer else "%s.%s" % (home, name)
    for path in ([[name]] if home in outer else []) + [[home, name]]:
        try:
            found = path_to(path)
        except Unknown:
            continue
        if found[0] is cls:
            return [text, found[1]]
    return [text, None]


def path_to(names):
    """Return what [dotted name] or [module, dotted name] means, and the path there.

    Raises:
        Unknown: It means nothing.
    """
    if len(names) == 1:
        first, _, rest = names[0].partition(".")
        value, path = resolve(first).value, [str(first)]
    else:
        module = entry(sys.modules, names[0])
        if not module:
            raise Unknown(names[0])
        value, path, rest = module[0], ["", ["module", names[0]]], names[1]
    for name in rest.split(".") if rest else ():
        value = attribute(value, str(name)).value
        path.append(["attribute", str(name)])
    return value, path


def defined(value):
    """Return [file, line, cell]: the file is empty for a cell, the cell None for a file."""
    inner = innermost(value)
    if is_a(inner, types.ModuleType):
        file = entry(dict_of_module(inner) or {}, "__file__")
        return [file[0], 0, None] if file and type(file[0]) is str else None
    if type(inner) is types.FunctionType:
        code = inner.__code__
        return place_of(code.co_filename, code.co_firstlineno)
    if not is_class(inner):
        return None
    first = entry(dict_of_any_class(inner), "__firstlineno__")  # since 3.13
    line = first[0] if first and type(first[0]) is int else 0
    for _, one in methods_of(inner):
        return place_of(one.__code__.co_filename, line)
    home = entry(sys.modules, home_of(inner))
    file = entry(dict_of_module(home[0]) or {}, "__file__") if home else ()
    return [file[0], line, None] if file and type(file[0]) is str else None


def methods_of(cls):
    """List the functions that are written down in a class."""
    home, own, found = home_of(cls), qualified(cls), []
    for name, value in sorted(entries(dict_of_any_class(cls)), key=lambda pair: pair[0]):
        inner = None if is_a(value, property) else bare(value)
        if type(inner) is not types.FunctionType:
            continue
        if inner.__module__ == home if IS_2 else inner.__qualname__ == "%s.%s" % (own, name):
            found.append((name, inner))
    return found


def place_of(file, line):
    cell = cell_of(file)
    return [file, line, None] if cell is None else [file, line, cell]


def cell_of(file):
    """Return the number of the cell that IPython calls by a file's name; None for a true file."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return None
    old = re.match(r"<ipython-input-(\d+)-", file)  # before IPython 8 and ipykernel 6
    if old:
        return int(old.group(1))
    compiler = getattr(module.InteractiveShell.instance(), "compile", None)
    numbers = getattr(compiler, "_filename_map", None)
    number = dict.get(numbers, file) if is_a(numbers, dict) else None
    return number if type(number) is int else None


def docs_of(value, kind):
    """Return [whose, text] of each docstring, in the words of an object_info_reply."""
    own = docstring(value)
    if is_class(value):
        maker = constructor(value)
        made = docstring(maker) if type(maker) is types.FunctionType else ""
        found = [["docstring", own], ["init_docstring", made]]
    elif kind == "instance":
        called = class_entry([class_of(value)], "__call__")
        found = [
            ["class_docstring", own],
            ["call_docstring", docstring(called[0]) if called else ""],
        ]
    else:
        found = [["docstring", own]]
    return [doc for doc in found if doc[1].strip()]


# -- links -----------------------------------------------------------------------------------


def links_of(value, told, budget):
    """Return {name: path} of names in signature and docstrings that lead to other objects."""
    names = WORDS.findall(told["signature"])
    for _, text in told["docs"]:
        text = text[:READ_FOR_LINKS]
        names += IN_TICKS.findall(text)
        for section in SEE_ALSO.findall(text):
            for line in SEEN_NAMES.findall(section):
                names += [name.strip() for name in line.split(",") if name.strip()]
    found = {}
    for name in names:
        if (
            name in CONSTANTS
            or name in found
            or len(found) >= MOST_LINKS
            or budget.is_spent(len(name) + 60)
        ):
            continue
        found[name] = near(str(name.strip(".")), value)
    return dict((name, path) for name, path in found.items() if path)


def near(name, value):
    """Return the path to what a name means where an object is written down; None for nothing."""
    for names in ways_to(name, value):
        try:
            found = path_to(names)
        except Unknown:
            continue
        return found[1] if found[0] is not value else None
    return None


def ways_to(name, value):
    """Yield what a name may mean: in its class, in its module and those around it, by itself."""
    home = home_of(value) or home_of(class_of(value))
    owner = value if is_class(value) else class_of(value)
    inside = name_of(value).rpartition(".")[0] or ("" if home_of(value) else qualified(owner))
    if is_a(value, types.ModuleType):
        home, inside = name_of(value), ""
    if is_class(value):
        inside = name_of(value)
    if inside and "<" not in inside:
        yield [home, "%s.%s" % (inside, name)]
    while home:
        if home != "__main__":
            yield [home, name]
        home = home.rpartition(".")[0]
    yield [name]
    module, _, rest = name.rpartition(".")
    while module:
        yield [module, rest]
        module, _, more = module.rpartition(".")
        rest = "%s.%s" % (more, rest)


OPERATIONS["inspection"] = inspection
