"""How the probe sorts and sifts the rows of a table; sent when a table is first looked at.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
The object stays as it is: what is made is a list of places, an array where there is numpy.
"""

import sys

from vitrail_resources.kernel.probe_grid_tables import (
    BuiltinTable,
    PandasTable,
    PolarsTable,
    Rows,
    is_known_type,
    is_of,
)
from vitrail_resources.kernel.probe_grid_vectors import (
    MOST_OBJECTS,
    CodedColumn,
    NumberColumn,
    ObjectColumn,
    Refused,
    moment_reader,
    moment_writer,
    number_read,
    truth_read,
    vector_of_array,
)
from vitrail_resources.kernel.python_probe import class_name

# ---- sent from here on ----

MOST_ROWS = 300000000
ABSENCES = ("missing", "present")


def arranged(table, sort, filters):
    """Return the places of the rows that pass all filters, in order; None for all as they are.

    A filter is [column, what, texts], a key of the order [column, whether it descends].

    Raises:
        Refused: It cannot be done, or would take too long.
    """
    if (sort or filters) and table.rows > MOST_ROWS:
        raise Refused("too-many-rows")
    places = None
    for column, what, texts in filters:
        vector = vector_of(table, column)
        passed = vector.absent() if what in ABSENCES else vector.passing(what, texts)
        if what == "present":
            passed = negated(passed)
        places = both(places, passed)
    for column, descends in reversed(sort):
        places = vector_of(table, column).sorted(places, descends)
    return places


def negated(passed):
    return [not one for one in passed] if type(passed) is list else ~passed


def both(places, passed):
    """Return those of some places that pass; None for places stands for all."""
    if type(passed) is not list:
        found = (
            sys.modules["numpy"].flatnonzero(passed) if places is None else places[passed[places]]
        )
        return found.astype("uint32")
    return [at for at in (range(len(passed)) if places is None else places) if passed[int(at)]]


def vector_of(table, at):
    """Return a column so that it can be sorted and sifted.

    Raises:
        Refused: Its values have no order.
    """
    try:
        vector = library_vector(table, at)
    except (Refused, MemoryError):
        raise
    except Exception:  # another version of the library than we know
        vector = None
    if vector is None:
        raise Refused("no-order")
    return vector


# -- libraries -------------------------------------------------------------------------------


def library_vector(table, at):
    """Return a column as a vector; None where its values have no order."""
    if type(table) is BuiltinTable:
        return ObjectColumn(list(table.values(at, Rows(0, table.rows, None))))
    if type(table) is PandasTable and not is_known_type(table.type_of(at)):
        return None
    series = table.series(at)
    if type(table) is PandasTable:
        return vector_of_pandas(series)
    if type(table) is PolarsTable:
        return vector_of_polars(series)
    return vector_of_array(series) if series.ndim == 1 else None


def vector_of_pandas(series):
    """Return a series of pandas as a vector; None where it has no order."""
    array, dtype = series.array, series.dtype
    name = class_name(type(array))
    if is_of(type(dtype), "numpy"):
        return vector_of_array(series.to_numpy())
    if name == "Categorical":
        return CodedColumn(array.codes, list(array.categories))
    missing = series.isna().to_numpy()
    if name == "DatetimeArray":
        about = array.unit, "M", array.tz
        return NumberColumn(array.asi8, missing, moment_reader(*about), moment_writer(*about))
    if name in ("IntegerArray", "FloatingArray", "BooleanArray"):
        kind = "bool" if name == "BooleanArray" else dtype.numpy_dtype
        values = series.to_numpy(dtype=kind, na_value=0)
        return NumberColumn(values, missing, truth_read if kind == "bool" else number_read)
    if name == "PeriodArray":
        return NumberColumn(
            array.asi8, missing, period_reader(dtype.freq), period_writer(dtype.freq)
        )
    if name in ("IntervalArray", "SparseArray"):
        return None
    return ObjectColumn(series.tolist())


def period_reader(frequency):
    def read(text):
        try:
            return sys.modules["pandas"].Period(text, freq=frequency).ordinal
        except Exception:
            raise Refused("no-period", text=text)

    return read


def period_writer(frequency):
    return lambda count: str(sys.modules["pandas"].Period(ordinal=int(count), freq=frequency))


def vector_of_polars(series):
    """Return a series of polars as a vector; None where it has no order."""
    kind = series.dtype
    missing = series.is_null().to_numpy()
    if kind.is_numeric():
        values = series.fill_null(0).to_numpy()
        if values.dtype.kind == "f":
            missing = missing | sys.modules["numpy"].isnan(values)
        return None if values.dtype.kind == "O" else NumberColumn(values, missing, number_read)
    name = str(kind).partition("(")[0]
    if name == "Boolean":
        return NumberColumn(series.fill_null(False).to_numpy(), missing, truth_read)
    if name in ("Date", "Datetime", "Duration"):
        unit = "D" if name == "Date" else kind.time_unit
        about = unit, "m" if name == "Duration" else "M", getattr(kind, "time_zone", None)
        values = series.to_physical().fill_null(0).to_numpy()
        return NumberColumn(values, missing, moment_reader(*about), moment_writer(*about))
    if name in ("String", "Utf8", "Categorical", "Enum"):
        texts = series.cast(sys.modules["polars"].String)
        found = texts.unique().drop_nulls().sort()
        if len(found) <= MOST_OBJECTS:
            codes = texts.rank("dense").fill_null(0).to_numpy().astype("int64") - 1
            return CodedColumn(codes, found.to_list())
    return None


# -- whether anything has changed ------------------------------------------------------------

FEW = 100000


def prints_of(table, columns):
    """Return what tells the values of columns from others, in a few milliseconds each.

    Arrays are added up; of objects some are looked at, and which ones they are.
    """
    return [print_of(table, at) for at in columns]


def print_of(table, at):
    kept = kept_values(table, at)
    kind = getattr(getattr(kept, "dtype", None), "kind", "O")
    if kind in "iufbmM" and kept.dtype.itemsize in (1, 2, 4, 8):
        bits = kept.view("u%d" % kept.dtype.itemsize)
        return [int(bits.sum()), int(bits[::3].sum()), len(kept)]
    step = max(1, len(kept) // FEW)
    return [hash(tuple(id(one) for one in kept[::step])), len(kept)]


def kept_values(table, at):
    if type(table) is BuiltinTable:
        return table.values(at, Rows(0, table.rows, None))
    if type(table) is PandasTable and not is_known_type(table.type_of(at)):
        return []
    series = table.series(at)
    if type(table) is PandasTable:
        codes = getattr(series.array, "codes", None)
        return series.to_numpy() if codes is None else codes
    return series.hash().to_numpy() if type(table) is PolarsTable else series
