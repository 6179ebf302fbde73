"""How the probe reads the numbers of arrays and columns; sent when they are first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Types are exactly those of numpy, pandas and polars; of a subclass nothing is read. At most
`SCANNED` elements are looked at for one answer, of more `FEWER`, evenly spread.
"""

import sys

from vitrail_resources.kernel.probe_variables import module_of, types_of
from vitrail_resources.kernel.python_probe import is_a, is_just

# ---- sent from here on ----

SCANNED = 1 << 20  # elements that are looked at one by one
FEWER = 1 << 18  # of those that are more
PARTS_OF_COMPLEX = ["magnitude", "phase", "real", "imaginary"]
NUMERIC = "biufcmM"
SECOND = 1000000.0  # in microseconds


def nothing(code):
    """Return the body of what cannot be drawn; the code says why."""
    return {"kind": "none", "reason": [code, {}]}


class Numbers(object):
    """Elements of an array or a column, taken a selection at a time.

    `take(slices)` returns an ndarray of the selection, and which of it is missing, or None.
    """

    def __init__(self, dtype, shape, take, part=""):
        self.dtype, self.shape, self.take, self.part = dtype, tuple(shape), take, part
        self.unit = {"M": "moment", "m": "duration"}.get(dtype.kind, "")

    def floats(self, slices):
        """Return a selection as float64 of its own, what is missing as NaN."""
        numpy = sys.modules["numpy"]
        chosen, missing = self.take(slices)
        if self.dtype.kind == "c":
            part = PARTS_OF_COMPLEX.index(self.part)
            chosen = (numpy.abs, numpy.angle, numpy.real, numpy.imag)[part](chosen)
        if self.unit:
            empty = numpy.isnat(chosen)
            unit = "%s8[us]" % self.dtype.kind
            values = chosen.astype(unit).view("i8") / SECOND
            values[empty] = numpy.nan
        else:
            values = numpy.array(chosen, dtype="f8")
        if missing is not None:
            values[missing] = numpy.nan
        return values

    def at(self, fixed, axes):
        """Return the row or plane in which all other axes stay at an index."""
        rest = [axis for axis in range(len(self.shape)) if axis not in axes]

        def take(slices):
            numpy = sys.modules["numpy"]
            where = [slice(None)] * len(self.shape)
            for axis in rest:
                where[axis] = fixed[axis]
            for axis, chosen in zip(axes, slices):
                where[axis] = chosen
            values, missing = self.take(tuple(where))
            turned = list(axes) != sorted(axes)
            if turned:
                values = numpy.transpose(values)
                missing = None if missing is None else numpy.transpose(missing)
            return values, missing

        return Numbers(self.dtype, [self.shape[axis] for axis in axes], take, self.part)


def steps_of(shape, most):
    """Return the steps by which at most so many elements of a shape are looked at."""
    left, steps = list(shape), [1] * len(shape)
    while product(left) > most:
        axis = left.index(max(left))
        steps[axis] *= 2
        left[axis] = -(-shape[axis] // steps[axis])
    return steps


def product(sizes):
    result = 1
    for size in sizes:
        result *= int(size)
    return result


def sparing(shape):
    """Return the steps by which a shape is looked at: by one, unless that takes long."""
    return [1] * len(shape) if product(shape) <= SCANNED else steps_of(shape, FEWER)


# -- which arrays ----------------------------------------------------------------------------


def numbers_of(value, part):
    """Return the elements of an array or a column as numbers; None where they are none."""
    array = plain_array(value)
    if array is not None:
        values, mask = array
        if values.dtype.names:
            if part not in values.dtype.names:
                return None
            values, mask = values[part], mask if mask is None else mask[part]
        if values.dtype.kind not in NUMERIC:
            return None
        return Numbers(values.dtype, values.shape, taking(values, mask), part)
    return column(value)


def plain_array(value):
    """Return (ndarray, mask or None) of numpy's own arrays, else None."""
    if is_just(value, types_of("numpy", ("ndarray",))):
        return value, None
    if is_just(value, types_of("numpy", ("memmap",))):
        return value.view(types_of("numpy", ("ndarray",))[0]), None
    masked = types_of("numpy.ma", ("MaskedArray",))
    if is_just(value, masked):
        values, mask = value.data, value.mask
        if is_just(values, types_of("numpy", ("ndarray",))):
            return values, mask if getattr(mask, "ndim", 0) == values.ndim else None
    return None


def taking(values, mask):
    return lambda slices: (values[slices], None if mask is None else mask[slices])


def column(value):
    """Return the numbers of a pandas or polars Series; None where they are none."""
    numpy = sys.modules.get("numpy")
    if is_just(value, types_of("pandas", ("Series",))):
        kind = value.dtype
        if is_just(kind, ()) or not is_a(kind, numpy.dtype):
            return nullable(value)
        if kind.kind not in NUMERIC:
            return None
        return Numbers(kind, value.shape, taking(value.to_numpy(), None))
    if is_just(value, types_of("polars", ("Series",))):
        if not (
            value.dtype.is_numeric() or value.dtype.is_temporal() or str(value.dtype) == "Boolean"
        ):
            return None
        probe = value.slice(0, 0).to_numpy()
        return (
            Numbers(probe.dtype, (len(value),), slicing(value))
            if probe.dtype.kind in NUMERIC
            else None
        )
    return None


def slicing(value):
    """Return how a polars Series is taken from."""

    def take(slices):
        numpy = sys.modules["numpy"]
        start, stop, step = slices[0].indices(len(value))
        chosen = value.slice(start, max(0, stop - start)).gather_every(step)
        missing = chosen.is_null().to_numpy()
        values = chosen.to_numpy()
        if values.dtype.kind == "O":  # booleans beside missing ones
            values = numpy.array([bool(one) for one in chosen.to_list()])
        return values, missing if missing.any() else None

    return take


def nullable(value):
    """Return the numbers of a pandas column whose type is pandas' own."""
    numpy, kind = sys.modules["numpy"], value.dtype
    if module_of(type(kind)).split(".")[0] != "pandas":
        return None
    inner = getattr(kind, "numpy_dtype", None)
    if not is_a(inner, numpy.dtype) or inner.kind not in "biuf":
        return None

    def take(slices):
        chosen = value.iloc[slices[0]]
        return chosen.to_numpy(dtype="f8", na_value=numpy.nan), None

    return Numbers(inner, value.shape, take)
