"""How the probe writes the values of a table; sent when a table is first looked at.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.

A cell is a text; a number for what is missing, its place in `MISSING`; or a list of one text, the
name of the type, for what only the user's code could show.
"""

import sys

from vitrail_resources.kernel.probe_variables import (
    INTEGERS,
    LONGEST_NUMBER,
    class_of,
    module_of,
    of_builtin,
    types_of,
)
from vitrail_resources.kernel.python_probe import (
    IS_2,
    PLAIN,
    TEXTS,
    class_name,
    dict_of_module,
    entry,
    is_a,
    is_just,
)

# ---- sent from here on ----

MISSING = ("None", "NaN", "NaT", "<NA>", "null", "")
NONE, NAN, NAT, NA, NULL, LACKING = range(6)
ELLIPSIS = b"\xe2\x80\xa6".decode("utf-8")
LONGEST_NAME = 120
ZONES = ("datetime", "zoneinfo", "pytz", "dateutil", "pandas")
WRITTEN = (
    ("datetime", ("datetime", "date", "time", "timedelta")),
    ("decimal", ("Decimal",)),
    ("uuid", ("UUID",)),
    ("fractions", ("Fraction",)),
    ("pandas", ("Timestamp", "Timedelta", "Period", "Interval")),
)
COLUMN_KINDS = (
    ("object", ("interval",)),
    ("integer", ("int", "uint")),
    ("number", ("float", "decimal", "longdouble")),
    ("complex", ("complex",)),
    ("boolean", ("bool",)),
    ("duration", ("timedelta", "duration")),
    ("time", ("datetime", "date", "time", "period")),
    ("category", ("category", "categorical", "enum")),
    ("text", ("str", "unicode", "<u", "utf8")),
    ("bytes", ("bytes", "|s", "binary")),
)


class Known(object):
    """The types whose values write themselves, and the signs for what is missing."""

    types, scalars, signs = (), (), ()

    def look(self):
        """Look again which libraries are there."""
        self.types = sum((types_of(home, names) for home, names in WRITTEN), ())
        self.scalars = types_of("numpy", ("generic",))
        home = dict_of_module(sys.modules["pandas"]) if "pandas" in sys.modules else {}
        found = [(entry(home or {}, name), code) for name, code in (("NaT", NAT), ("NA", NA))]
        self.signs = [(one[0], code) for one, code in found if one]


known = Known()


def cell_from(value, longest):
    """Return a cell of a value of any kind."""
    if value is None:
        return NONE
    if type(value) is float:
        return NAN if value != value else repr(value)
    if is_just(value, TEXTS):
        if IS_2 and type(value) is str:
            value = value[: longest + 1].decode("utf-8", "replace")
        return value if len(value) <= longest else value[: longest - 1] + ELLIPSIS
    if is_just(value, PLAIN + INTEGERS) and not is_just(value, (bytes,) + INTEGERS):
        return str(value)
    if is_just(value, INTEGERS) and value.bit_length() <= LONGEST_NUMBER:
        return str(value)
    for sign, code in known.signs:
        if value is sign:
            return code
    return written_cell(value, longest)


def written_cell(value, longest):
    """Return a cell of a value that the standard library or a known one writes."""
    name = class_name(class_of(value))
    is_scalar = bool(known.scalars) and is_a(value, *known.scalars)
    if is_just(value, known.types) or (is_scalar and module_of(type(value)) == "numpy"):
        zone = None if is_scalar else getattr(value, "tzinfo", None)
        if zone is not None and module_of(type(zone)).partition(".")[0] not in ZONES:
            return [name]
        if name == "Interval" and type(cell_from(value.left, longest)) is list:
            return [name]
        text = time_text(str(value)) if is_scalar else str(value)
        return NAT if text == "NaT" else NAN if text == "nan" else text[:longest]
    told = of_builtin(value)
    return [name] if told is None else told[3][:longest]


def time_text(text):
    """Shorten what numpy writes of a moment: no T, no zeros at the end of a fraction."""
    day, sign, rest = text.partition("T")
    if not sign or not rest[:1].isdigit():
        return text
    if "." in rest:
        rest = rest.rstrip("0").rstrip(".")
    return "%s %s" % (day, rest)


def cells_of_array(array, longest):
    """Return the cells of a one-dimensional array of numpy's own types."""
    kind = array.dtype.kind
    if kind == "f":
        if array.dtype.itemsize == 8:
            return [NAN if one != one else repr(one) for one in array.tolist()]
        return [NAN if one != one else str(one) for one in array]
    if kind in "iu":
        return [str(one) for one in array.tolist()]
    if kind in "bcmM":
        texts = [str(one) for one in array]
        return [NAT if one == "NaT" else time_text(one) for one in texts]
    if kind in "OSU":
        return [cell_from(one, longest) for one in array.tolist()]
    if kind == "V" and array.dtype.names is not None and not array.dtype.hasobject:
        return [str(one)[:longest] for one in array.tolist()]
    return [[str(array.dtype)]] * len(array)


def column_kind(text):
    """Name the kind of a column by the name of its type, in the words of the header."""
    lower = text.lower()
    for kind, beginnings in COLUMN_KINDS:
        if any(lower.startswith(each) for each in beginnings):
            return kind
    return "object"


def heading(value):
    """Return the name of a column or a level: as it is, or as it is written."""
    if value is None:
        return ""
    if type(value) is tuple:
        return ", ".join(heading(one) for one in value)[:LONGEST_NAME]
    cell = cell_from(value, LONGEST_NAME)
    return MISSING[cell] if type(cell) is int else "<%s>" % cell[0] if is_sign(cell) else cell


def is_sign(cell):
    return type(cell) is list
