"""What the probe takes for a table, and how it reads one; sent when one is first looked at.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Tables are the libraries' own types and builtin ones, exactly these: what inherits from them is
somebody's code.

A table has `rows`, `columns` and `levels` (columns that name the rows); it is made anew for each
question, holds no copy, and reads only the rows that it is asked for.
"""

from vitrail_resources.kernel.probe_grid_cells import (
    LACKING,
    NONE,
    NULL,
    cell_from,
    cells_of_array,
    column_kind,
    heading,
)
from vitrail_resources.kernel.probe_paths import STEPS
from vitrail_resources.kernel.probe_variables import INTEGERS, class_of, module_of, types_of
from vitrail_resources.kernel.python_probe import (
    IS_2,
    TEXTS,
    Found,
    Unknown,
    class_name,
    entries,
    is_a,
    is_just,
)

# isort: split
# ---- sent from here on ----

import itertools

FIRST_RECORDS = 200  # that say which columns there are
FIRST_VALUES = 50  # that say what a column of builtin values holds
LACK = object()


class Changed(Exception):
    """What a view shows is not there any more, is something else, or is no table.

    `why` is [code, {name: value}], or nothing; who asked makes a sentence of it.
    """

    def __init__(self, state, code="", **values):
        Exception.__init__(self, code)
        self.state, self.why = state, [code, values] if code else ""


class Rows(object):
    """Some rows of a view: those from `first` to `last` of its order."""

    def __init__(self, first, last, order):
        self.first, self.last = first, last
        self.order = None if order is None else order[first:last]

    def of(self, values):
        """Return these of a list."""
        if self.order is None:
            return values[self.first : self.last]
        return [values[int(at)] for at in self.order]

    def places(self):
        """Return where they stand in the table."""
        if self.order is None:
            return range(self.first, self.last)
        return [int(at) for at in self.order]

    def key(self):
        """Return what indexes an array."""
        return slice(self.first, self.last) if self.order is None else self.order.astype("intp")


class Table(object):
    """What can be looked at.

    `mark` tells it from another object or shape; `about` is what it is; `column` is the name, kind
    and type of a column, and how code names it; `cells` and `labels` are what stands in some rows.
    """

    levels = 0

    def labels(self, rows, longest):
        return []


class PandasTable(Table):
    """A frame or a series of pandas."""

    def __init__(self, value, is_frame):
        self.value, self.is_frame = value, is_frame
        self.rows = len(value)
        self.columns = len(value.columns) if is_frame else 1
        self.is_plain = is_counting(value.index)
        self.levels = 0 if self.is_plain else value.index.nlevels
        self.types = None

    def mark(self):
        return [id(self.value), self.rows, self.columns]

    def about(self):
        kind = "frame" if self.is_frame else "series"
        names = [] if self.is_plain else [heading(one) for one in self.value.index.names]
        name = class_name(type(self.value))
        return {"kind": kind, "library": "pandas", "type": name, "levels": names}

    def series(self, at):
        return self.value.iloc[:, at] if self.is_frame else self.value

    def column(self, at):
        dtype = self.type_text(at)
        name = self.value.columns[at] if self.is_frame else self.value.name
        return [heading(name), column_kind(dtype), dtype, code_of(name)]

    def type_text(self, at):
        """Return the name of the type of a column; of somebody's own type its class."""
        dtype = self.type_of(at)
        return str(dtype) if is_known_type(dtype) else class_name(type(dtype))

    def type_of(self, at):
        if self.types is None:
            self.types = list(self.value.dtypes) if self.is_frame else [self.value.dtype]
        return self.types[at]

    def cells(self, at, rows, longest):
        if not is_known_type(self.type_of(at)):
            return [[class_name(type(self.type_of(at)))]] * len_of(rows)
        return cells_of_series(self.series(at).iloc[rows.key()], longest)

    def labels(self, rows, longest):
        if self.is_plain:
            return []
        part = self.value.index[rows.key()]
        levels = range(part.nlevels)
        parts = [part.get_level_values(at) for at in levels] if part.nlevels > 1 else [part]
        return [cells_of_series(one, longest) for one in parts]


def is_counting(index):
    """Tell whether an index says no more than the places of the rows."""
    if not is_of(type(index), "pandas"):
        return True  # somebody's code
    if class_name(type(index)) != "RangeIndex":
        return False
    first = index[:2].tolist()  # before pandas 0.25 it had no `start` and `step`
    return first == [0, 1][: len(first)] and index.name is None


def cells_of_series(part, longest):
    """Return the cells of a piece of a series or an index."""
    dtype = part.dtype
    if module_of(type(dtype)).startswith("numpy") and dtype.kind not in "mM":
        return cells_of_array(part.to_numpy(), longest)
    if dtype.name.startswith("datetime64[") and getattr(dtype, "tz", None) is None:
        return cells_of_array(part.to_numpy(), longest)
    return [cell_from(one, longest) for one in part.tolist()]


def is_known_type(dtype):
    return is_of(type(dtype), "numpy") or is_of(type(dtype), "pandas")


def is_of(cls, library):
    return module_of(cls).partition(".")[0] == library


def code_of(name):
    """Return how code names a column; empty where no code could."""
    if is_just(name, TEXTS) or is_just(name, INTEGERS) or is_just(name, (bool, float, type(None))):
        return repr(name)
    if type(name) is tuple:
        inner = [code_of(one) for one in name]
        return "(%s%s)" % (", ".join(inner), "," * (len(inner) == 1)) if all(inner) else ""
    if is_a(name, *(types_of("numpy", ("integer",)) or (Exception,))):
        return str(name) if is_of(type(name), "numpy") else ""
    return ""


class PolarsTable(Table):
    """A frame or a series of polars."""

    def __init__(self, value, is_frame):
        self.value, self.is_frame = value, is_frame
        self.rows = len(value)
        self.columns = value.width if is_frame else 1

    def mark(self):
        return [id(self.value), self.rows, self.columns]

    def about(self):
        kind = "frame" if self.is_frame else "series"
        name = class_name(type(self.value))
        return {"kind": kind, "library": "polars", "type": name, "levels": []}

    def series(self, at):
        return self.value.to_series(at) if self.is_frame else self.value

    def column(self, at):
        one = self.series(at)
        return [heading(one.name), column_kind(str(one.dtype)), str(one.dtype), repr(one.name)]

    def cells(self, at, rows, longest):
        one = self.series(at)
        part = one[rows.key()] if rows.order is not None else one.slice(rows.first, len_of(rows))
        cells = [cell_from(each, longest) for each in part.to_list()]
        return [NULL if type(each) is int and each == NONE else each for each in cells]


def len_of(rows):
    return rows.last - rows.first


class ArrayTable(Table):
    """An array of numpy with one or two axes; one of records has their fields as columns."""

    def __init__(self, value):
        self.value = value
        self.fields = value.dtype.names if value.ndim == 1 else None
        self.rows = int(value.shape[0])
        self.columns = len(self.fields) if self.fields else 1 if value.ndim == 1 else value.shape[1]
        self.columns = int(self.columns)

    def mark(self):
        value = self.value
        place = value.__array_interface__["data"][0]
        return [place, value.shape, value.strides, str(value.dtype)]

    def about(self):
        name = class_name(type(self.value))
        return {"kind": "array", "library": "numpy", "type": name, "levels": []}

    def series(self, at):
        if self.fields:
            return self.value[self.fields[at]]
        return self.value if self.value.ndim == 1 else self.value[:, at]

    def column(self, at):
        dtype = self.value.dtype[at] if self.fields else self.value.dtype
        name = self.fields[at] if self.fields else "" if self.value.ndim == 1 else str(at)
        return [heading(name), column_kind(dtype.name), str(dtype), repr(name)]

    def cells(self, at, rows, longest):
        part = self.series(at)[rows.key()]
        if part.ndim > 1:  # a field that is an array itself
            return [[str(part.dtype)]] * len(part)
        return cells_of_array(part, longest)


class BuiltinTable(Table):
    """A list, a tuple or a dict of values; a list of dicts or of rows of one length."""

    def __init__(self, value, names, kind):
        self.value, self.names, self.kind = value, names, kind
        self.rows = len(value)
        self.columns = len(names)
        self.levels = 1 if kind == "dict" else 0
        self.head = Rows(0, min(self.rows, FIRST_VALUES), None)
        self.read = None, []

    def mark(self):
        return [id(self.value), self.rows, self.names]

    def about(self):
        levels = ["key"] if self.kind == "dict" else []
        name = class_name(type(self.value))
        return {"kind": self.kind, "library": "", "type": name, "levels": levels}

    def column(self, at):
        name = self.names[at]
        kind, text = kind_of_values(self.values(at, self.head))
        return [heading(name), kind, text, repr(name)]

    def values(self, at, rows):
        """Return the values of a column."""
        if self.read[0] is not rows:
            self.read = rows, self.read_rows(rows)
        found = self.read[1]
        if self.kind == "records":
            return [one.get(self.names[at], LACK) for one in found]
        if self.kind == "rows":
            return [one[at] if is_row(one) and at < len(one) else LACK for one in found]
        return found

    def read_rows(self, rows):
        if self.kind == "dict":
            return [pair[1] for pair in self.pairs(rows)]
        part = list(rows.of(self.value))
        if self.kind == "records":
            return [dict(entries(one)) if type(one) is dict else {} for one in part]
        return part

    def cells(self, at, rows, longest):
        values = self.values(at, rows)
        return [LACKING if one is LACK else cell_from(one, longest) for one in values]

    def pairs(self, rows):
        if rows.order is not None:
            return rows.of(list(dict.items(self.value)))
        source = dict.iteritems(self.value) if IS_2 else dict.items(self.value)
        return list(itertools.islice(iter(source), rows.first, rows.last))

    def labels(self, rows, longest):
        if self.kind != "dict":
            return []
        return [[cell_from(pair[0], longest) for pair in self.pairs(rows)]]


def is_row(value):
    return is_just(value, (list, tuple))


def kind_of_values(values):
    """Return the kind and the type of the values of a column, by the first ones."""
    names = []
    for one in values:
        name = "" if one is None or one is LACK else class_name(class_of(one))
        if name and name not in names:
            names.append(name)
    if len(names) != 1:
        return "object", "mixed" if names else ""
    kinds = {"str": "text", "unicode": "text", "bytes": "bytes", "long": "integer"}
    return kinds.get(names[0]) or column_kind(names[0]), names[0]


def table_of(value):
    """Return a table that shows a value.

    Raises:
        Changed: None does.
    """
    for make in (pandas_table, polars_table, array_table, builtin_table):
        table = make(value)
        if table is not None:
            return table
    raise Changed("refused", "no-table", type=class_name(class_of(value)))


def pandas_table(value):
    if is_just(value, types_of("pandas", ("DataFrame",))):
        return PandasTable(value, True)
    return PandasTable(value, False) if is_just(value, types_of("pandas", ("Series",))) else None


def polars_table(value):
    if is_just(value, types_of("polars", ("LazyFrame",))):
        raise Changed("refused", "lazy")
    if is_just(value, types_of("polars", ("DataFrame",))):
        return PolarsTable(value, True)
    return PolarsTable(value, False) if is_just(value, types_of("polars", ("Series",))) else None


def array_table(value):
    if not is_just(value, types_of("numpy", ("ndarray",))):
        return None
    if value.ndim == 0:
        raise Changed("refused", "single-value")
    return ArrayTable(value)  # of more than two axes a plane was taken before


def builtin_table(value):
    if type(value) is dict:
        return BuiltinTable(value, [""], "dict")
    if not is_row(value):
        return None
    head = list(value[:FIRST_RECORDS])
    if head and all(type(one) is dict for one in head):
        names = []
        for one in head:
            before = set(names)
            names += [name for name, _ in entries(one) if name not in before]
        if names:
            return BuiltinTable(value, names, "records")
    if head and all(is_row(one) and len(one) == len(head[0]) and len(one) for one in head):
        return BuiltinTable(value, list(range(len(head[0]))), "rows")
    return BuiltinTable(value, [""], "list")


def slice_of(value, at):
    """Return a part of an array: `at` has the place on each axis, None for all of it."""
    if not is_just(value, types_of("numpy", ("ndarray",))) or len(at) != value.ndim:
        raise Unknown("no such axes")
    if any(one is not None and not 0 <= one < value.shape[axis] for axis, one in enumerate(at)):
        raise Unknown("no such place")
    return Found(value[tuple(slice(None) if one is None else one for one in at)])


STEPS["slice"] = slice_of
