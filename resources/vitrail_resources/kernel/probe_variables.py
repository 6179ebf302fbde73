"""What the probe tells of the user's variables; sent when they are first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run: values are shown by their real types, and of those only
builtin ones, arrays and frames show more than a name.
"""

import re
import sys
import types

from vitrail_resources.kernel.python_probe import (
    IS_2,
    OPERATIONS,
    PLAIN,
    TEXTS,
    UNICODE,
    Found,
    class_name,
    clock,
    dict_of_module,
    entries,
    entry,
    is_a,
    is_class,
    is_just,
    kind_of,
    line_of,
    namespaces,
    own_dict,
    shown,
    signature,
)

# ---- sent from here on ----

NOT_THE_USERS = ("In", "Out", "get_ipython", "exit", "quit", "open", "_dh", "_ih", "_oh")
is_of_ipython = re.compile(r"_+$|_i+$|_i?\d+$|__.*__$|_exit_code$").match
DETAILED_SHARE = 0.5  # of the time that an answer may take
PREVIEW_ITEMS = 12
PREVIEW_LENGTH = 160
READ_ARRAY_LIMIT = 6


def variables(question, budget):
    """List the user's variables, in the order in which they were made.

    A row is [name, kind, type, size, bytes, preview, identity]: size is what `len` or `shape`
    says, as text; bytes is None where nobody knows without running code. When half of the time is
    over, rows are brief: their preview is None, size and bytes are not told; `previews` tells
    them. `after` variables are passed over; where `complete` is false there are more than the
    budget allows.
    """
    began, rows, at = clock(), [], 0
    detailed_until = began + (budget.ends - began) * DETAILED_SHARE
    for name, value in users():
        at += 1
        if at <= question.get("after", 0):
            continue
        row = row_of(name, value) if clock() < detailed_until else brief_row(name, value)
        if budget.is_spent(len(name) + len(row[5] or "") + 60) and rows:
            return {"variables": rows, "complete": False}
        rows.append(row)
    return {"variables": rows, "complete": True}


def previews(question, budget):
    """Tell the whole rows of variables, those that are still there."""
    wanted, space = set(question["names"]), namespaces()[0]
    rows = []
    for name, value in entries(space):
        if name in wanted:
            row = row_of(name, value)
            if budget.is_spent(len(name) + len(row[5]) + 60) and rows:
                break
            rows.append(row)
    return {"variables": rows}


def users():
    """Yield the names and values that are the user's own."""
    hidden = hidden_names()
    for name, value in entries(namespaces()[0]):
        if name in NOT_THE_USERS or hidden.get(name, hidden) is value:
            continue
        if name[:1] != "_" or not is_of_ipython(name):
            yield name, value


def row_of(name, value):
    return [name, kind_of(value)] + told_of(value) + [id(value) % 2**53]


def brief_row(name, value):
    kind = class_name(class_of(value))
    return [name, kind_of(value), kind, "", None, None, id(value) % 2**53]


def hidden_names():
    """Return what IPython put into the namespace itself."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return {}
    kept = getattr(module.InteractiveShell.instance(), "user_ns_hidden", None)
    if is_a(kept, dict):
        return dict(entries(kept))
    space = namespaces()[0]  # before IPython 3 a set of names
    return dict((name, dict.get(space, name)) for name in kept or () if type(name) is str)


def told_of(value):
    """Return type, size, bytes and preview of a value."""
    for tell in (of_library, of_builtin):
        told = tell(value)
        if told is not None:
            return told
    if is_a(value, types.ModuleType):
        return ["module", "", None, of_module(value)]
    if is_class(value):
        names = [class_name(base) for base in line_of(value)[1:] if base is not object]
        return [class_name(type(value)), "", None, "(%s)" % ", ".join(names) if names else ""]
    return [class_name(class_of(value)), size_of(value), None, cut(of_callable(value))]


def class_of(value):
    return value.__class__ if IS_2 and type(value) is types.InstanceType else type(value)


def cut(text):
    return text if len(text) <= PREVIEW_LENGTH else text[: PREVIEW_LENGTH - 3] + "..."


def of_callable(value):
    if kind_of(value) == "function":
        return signature(Found(value))
    held = [name for name, _ in entries(own_dict(value)) if name[:1] != "_"]
    return ", ".join(held[:PREVIEW_ITEMS]) + (", ..." if len(held) > PREVIEW_ITEMS else "")


def of_module(value):
    version = entry(dict_of_module(value) or {}, "__version__")
    return version[0] if version and type(version[0]) is str else ""


# -- builtin types, exactly these ------------------------------------------------------------

INTEGERS = (int, type(1 << 100))  # two of Python 2
LONGEST_NUMBER = 512  # bits; `repr` takes quadratic time
CONTAINERS = (list, tuple, set, frozenset)


def of_builtin(value):
    name = class_name(type(value))
    if is_just(value, TEXTS + (bytes, bytearray)):
        head = value[:PREVIEW_LENGTH]
        text = repr(head.decode("latin-1") if type(head) is bytearray else head)
        return [name, str(len(value)), sys.getsizeof(value), cut(text)]
    if is_just(value, PLAIN + INTEGERS):
        long_number = is_just(value, INTEGERS) and value.bit_length() > LONGEST_NUMBER
        text = "%d bits" % value.bit_length() if long_number else repr(value)
        return [name, "", sys.getsizeof(value), text]
    if is_just(value, CONTAINERS):
        items = first(value)
        inner = ", ".join(shown(one, 1) for one in items)
        if len(value) > len(items):
            inner += ", ..."
        opening, closing = "[]" if type(value) is list else "()" if type(value) is tuple else "{}"
        return [name, str(len(value)), sys.getsizeof(value), cut(opening + inner + closing)]
    if type(value) is dict:
        pairs = first(list(value.items()) if len(value) <= PREVIEW_ITEMS else value)
        parts = []
        for pair in pairs:
            item = pair if type(pair) is tuple and len(value) <= PREVIEW_ITEMS else (pair,)
            parts.append(": ".join(shown(one, 1) for one in item))
        if len(value) > len(parts):
            parts.append("...")
        return [name, str(len(value)), sys.getsizeof(value), cut("{%s}" % ", ".join(parts))]
    return None


def first(values):
    """Return the first items of a builtin container, which another thread may change."""
    found = []
    try:
        for one in values:
            found.append(one)
            if len(found) == PREVIEW_ITEMS:
                break
    except RuntimeError:
        pass
    return found


def size_of(value):
    """Return the length of what inherits from a builtin container; its own `__len__` is not run."""
    for kind in (dict, list, tuple, set, frozenset, str, UNICODE, bytes):
        if is_a(value, kind):
            return str(kind.__len__(value))
    return ""


# -- libraries, their own types alone --------------------------------------------------------


def of_library(value):
    """Tell of arrays and frames; a subclass is somebody's code, and shows its name alone."""
    for tell in (of_numpy, of_pandas, of_polars):
        try:
            told = tell(value)
        except Exception:  # another version than we know
            told = None
        if told is not None:
            return told
    return None


def types_of(module, names):
    """Return classes of a module that was imported already; () if it was not."""
    home = sys.modules.get(module)
    if home is None:
        return ()
    found = [entry(dict_of_module(home) or {}, name) for name in names]
    return tuple(one[0] for one in found if one and is_class(one[0]))


def of_numpy(value):
    arrays, scalars = types_of("numpy", ("ndarray",)), types_of("numpy", ("generic",))
    if is_just(value, arrays):
        kind = str(value.dtype) if value.dtype.names is None else "structured"
        return ["ndarray[%s]" % kind, of_shape(value.shape), int(value.nbytes), of_items(value)]
    if scalars and is_a(value, *scalars) and module_of(type(value)) == "numpy":
        return [class_name(type(value)), "", int(value.nbytes), cut(str(value))]
    return None


def module_of(cls):
    module = type.__dict__["__module__"].__get__(cls)
    return module if type(module) is str else ""


def of_items(array):
    """Show the first items; objects are somebody's, and are not touched."""
    if array.dtype.hasobject or array.dtype.names is not None:
        return ""
    count = min(array.size, READ_ARRAY_LIMIT)
    inner = ", ".join(str(one) for one in array.flat[:count].tolist())
    return cut("[%s%s]" % (inner, ", ..." if array.size > count else ""))


def of_shape(shape):
    return " x ".join(str(size) for size in shape) if shape else "()"


def of_pandas(value):
    if is_just(value, types_of("pandas", ("DataFrame",))):
        size = int(value.memory_usage(index=True, deep=False).sum())
        return ["DataFrame", of_shape(value.shape), size, of_columns(value.columns, value.dtypes)]
    if is_just(value, types_of("pandas", ("Series",))):
        size = int(value.memory_usage(index=True, deep=False))
        head = value.iloc[:READ_ARRAY_LIMIT].tolist() if value.dtype != object else []
        inner = ", ".join(str(one) for one in head)
        return ["Series[%s]" % value.dtype, str(len(value)), size, cut("[%s]" % inner)]
    return None


def of_columns(names, kinds):
    pairs = zip(list(names[:PREVIEW_ITEMS]), list(kinds[:PREVIEW_ITEMS]))
    parts = ["%s: %s" % (one if is_just(one, TEXTS) else shown(one), kind) for one, kind in pairs]
    return cut(", ".join(parts))


def of_polars(value):
    if is_just(value, types_of("polars", ("DataFrame",))):
        size = int(value.estimated_size())
        return ["DataFrame", of_shape(value.shape), size, of_columns(value.columns, value.dtypes)]
    if is_just(value, types_of("polars", ("Series",))):
        size = int(value.estimated_size())
        return ["Series[%s]" % value.dtype, str(len(value)), size, ""]
    return None


OPERATIONS.update(variables=variables, previews=previews)
