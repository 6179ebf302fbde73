"""What the probe tells of a value in a row: type, size, bytes, preview; sent when first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run: values are shown by their real types, and of those only
builtin ones, arrays and frames show more than a name.
"""

import sys
import types

from vitrail_resources.kernel.python_probe import (
    IS_2,
    PLAIN,
    TEXTS,
    UNICODE,
    Found,
    class_name,
    classes_known,
    dict_of_module,
    entries,
    entry,
    is_a,
    is_class,
    is_just,
    kind_of,
    line_of,
    own_dict,
    shown,
    signature,
)

# ---- sent from here on ----

PREVIEW_ITEMS = 12
PREVIEW_LENGTH = 160
READ_ARRAY_LIMIT = 6


def told_of(value):
    """Return type, size, bytes and preview of a value."""
    tell = builtin_tellers.get(id(type(value)))
    if tell is not None:
        return tell(value)
    told = of_library(value)
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
    tell = builtin_tellers.get(id(type(value)))
    return None if tell is None else tell(value)


def told_of_text(value):
    head = value[:PREVIEW_LENGTH]
    text = repr(head.decode("latin-1") if type(head) is bytearray else head)
    return [type(value).__name__, str(len(value)), sys.getsizeof(value), cut(text)]


def told_of_plain(value):
    return [type(value).__name__, "", sys.getsizeof(value), repr(value)]


def told_of_integer(value):
    is_long = value.bit_length() > LONGEST_NUMBER
    text = "%d bits" % value.bit_length() if is_long else repr(value)
    return [type(value).__name__, "", sys.getsizeof(value), text]


def told_of_container(value):
    items = first(value)
    inner = ", ".join([shown(one, 1) for one in items])
    if len(value) > len(items):
        inner += ", ..."
    opening, closing = "[]" if type(value) is list else "()" if type(value) is tuple else "{}"
    text = cut(opening + inner + closing)
    return [type(value).__name__, str(len(value)), sys.getsizeof(value), text]


def told_of_dict(value):
    is_short = len(value) <= PREVIEW_ITEMS
    parts = []
    for pair in first(list(value.items()) if is_short else value):
        item = pair if is_short and type(pair) is tuple else (pair,)
        parts.append(": ".join([shown(one, 1) for one in item]))
    if len(value) > len(parts):
        parts.append("...")
    return ["dict", str(len(value)), sys.getsizeof(value), cut("{%s}" % ", ".join(parts))]


builtin_tellers = {
    id(dict): told_of_dict
}  # by the id of a type; a metaclass may have a hash of its own
builtin_tellers.update((id(kind), told_of_plain) for kind in PLAIN)
builtin_tellers.update((id(kind), told_of_integer) for kind in INTEGERS)
builtin_tellers.update((id(kind), told_of_text) for kind in TEXTS + (bytes, bytearray))
builtin_tellers.update((id(kind), told_of_container) for kind in CONTAINERS)


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
    known = classes_known.get((module, names))
    if known is None:
        home = sys.modules.get(module)
        held = dict_of_module(home) or {} if is_a(home, types.ModuleType) else {}
        found = [entry(held, name) for name in names]
        known = tuple(one[0] for one in found if one and is_class(one[0]))
        classes_known[module, names] = known
    return known


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
    inner = ", ".join(text_of(one) for one in array.flat[:count].tolist())
    return cut("[%s%s]" % (inner, ", ..." if array.size > count else ""))


def text_of(value):
    """Write what a library holds; Python 2 would have it in ASCII."""
    if IS_2 and type(value) is str:
        return value.decode("utf-8", "replace")
    return value if type(value) is UNICODE else str(value)


def of_shape(shape):
    return " x ".join(str(size) for size in shape) if shape else "()"


def of_pandas(value):
    if is_just(value, types_of("pandas", ("DataFrame",))):
        kinds = value.dtypes.tolist()
        size = bytes_of_frame(value, kinds)
        return ["DataFrame", of_shape(value.shape), size, of_columns(value.columns, kinds)]
    if is_just(value, types_of("pandas", ("Series",))):
        size = int(value.memory_usage(index=True, deep=False))
        head = value.iloc[:READ_ARRAY_LIMIT].tolist() if value.dtype != object else []
        inner = ", ".join(text_of(one) for one in head)
        return ["Series[%s]" % value.dtype, str(len(value)), size, cut("[%s]" % inner)]
    return None


def bytes_of_frame(value, kinds):
    """Return what `memory_usage` says, which takes 0.1 s to ask ten thousand columns."""
    if not all(is_a(kind, *types_of("numpy", ("dtype",))) for kind in kinds):
        return int(value.memory_usage(index=True, deep=False).sum())
    of_index = int(value.index.memory_usage(deep=False))
    return of_index + len(value) * sum(kind.itemsize for kind in kinds)


def of_columns(names, kinds):
    pairs = zip(list(names[:PREVIEW_ITEMS]), list(kinds[:PREVIEW_ITEMS]))
    parts = [
        "%s: %s" % (text_of(one) if is_just(one, TEXTS) else shown(one), kind)
        for one, kind in pairs
    ]
    return cut(", ".join(parts))


def of_polars(value):
    if is_just(value, types_of("polars", ("DataFrame",))):
        size = int(value.estimated_size())
        return ["DataFrame", of_shape(value.shape), size, of_columns(value.columns, value.dtypes)]
    if is_just(value, types_of("polars", ("Series",))):
        size = int(value.estimated_size())
        return ["Series[%s]" % value.dtype, str(len(value)), size, ""]
    return None
