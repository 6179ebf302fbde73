"""How the probe draws arrays: reduced to the pixels that there are; sent when first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Numbers travel as little-endian float64 or bytes, in base64.
"""

import re
import sys

from vitrail_resources.kernel.probe_numbers import (
    PARTS_OF_COMPLEX,
    SCANNED,
    SECOND,
    nothing,
    numbers_of,
    plain_array,
    product,
    sparing,
    steps_of,
)
from vitrail_resources.kernel.probe_paths import axes_in
from vitrail_resources.kernel.probe_variables import types_of
from vitrail_resources.kernel.python_probe import Unknown, is_a

# ---- sent from here on ----

# isort: split
import base64

COUNTED = 1 << 18  # elements, for a histogram
BINS = 64
MOST_COLUMNS = 4096
MOST_CELLS = 640  # of a map, in either direction
MOST_BYTES = 1 << 20  # of a picture


def packed(values, kind="<f8"):
    """Write an array for its way."""
    numpy = sys.modules["numpy"]
    raw = numpy.ascontiguousarray(values, dtype=kind).tobytes()
    return base64.b64encode(raw).decode("ascii")


# -- what is told of them --------------------------------------------------------------------


def facts_of(numbers, levels, step):
    """Return [label, text] of what can be told by one look at the elements."""
    numpy = sys.modules["numpy"]
    facts, text = [], lambda number: number_text(number, numbers)
    if levels["finite"]:
        facts += [["min", text(levels["low"])], ["max", text(levels["high"])]]
        if numbers.dtype.kind in "iu" and not numbers.part and step == 1 and not levels["missing"]:
            exact = numbers.take(tuple(slice(None) for _ in numbers.shape))[0]
            facts = [["min", str(numpy.min(exact))], ["max", str(numpy.max(exact))]]
        if numbers.dtype.kind not in "M":
            facts += [["mean", text(levels["mean"])], ["std", text(levels["std"])]]
    for what in ("missing", "infinite"):
        count = str(levels[what] * step)
        if levels[what]:
            facts.append([what, count if step == 1 else ["about", {"number": count}]])
    return facts


def number_text(number, numbers):
    if numbers.unit:
        numpy = sys.modules["numpy"]
        whole = (
            numpy.array([round(number * SECOND)]).astype("i8").view(numbers.dtype.kind + "8[us]")
        )
        if numbers.dtype.kind == "m":
            return "%.6g s" % number
        text = str(whole[0]).replace("T", " ")
        return re.sub(r"( 00:00)?(:00)?[.]0+$", "", text)
    if numbers.dtype.kind == "b":
        return "%.4g" % number
    return (
        "%.6g" % number
        if numbers.dtype.kind not in "iu" or number != int(number)
        else "%d" % number
    )


def levels_of(values):
    """Return lowest and highest of the finite numbers, their mean, and how many are none."""
    numpy = sys.modules["numpy"]
    finite = numpy.isfinite(values)
    known = values if finite.all() else values[finite]
    missing = int(numpy.isnan(values).sum()) if known is not values else 0
    found = {"finite": int(known.size), "missing": missing}
    found["infinite"] = int(values.size - known.size - missing)
    if known.size:
        found.update(low=float(known.min()), high=float(known.max()))
        found.update(mean=float(known.mean()), std=float(known.std()))
    return found, known


def histogram(known, levels, numbers, step):
    """Count finite numbers in bins of one width; whole numbers never share an edge with a bin."""
    numpy = sys.modules["numpy"]
    if not known.size:
        return None
    low, high = levels["low"], levels["high"]
    kind = numbers.dtype.kind
    if kind in "biu" and high - low < 2**53:
        wide = max(1, -(-int(high - low + 1) // BINS))
        bins = -(-int(high - low + 1) // wide)
        low, high = low - 0.5, low - 0.5 + wide * bins
    elif high - low <= 1e-12 * max(abs(low), abs(high)):
        bins, low, high = 1, low - 0.5, high + 0.5
    else:
        bins = min(BINS, max(8, int(known.size**0.5)))
    fewer = max(1, known.size // COUNTED)
    scaled = (known.ravel()[::fewer] - low) * (bins / (high - low))
    places = numpy.clip(scaled.astype("i8"), 0, bins - 1)
    counts = numpy.bincount(places, minlength=bins)
    told = {"low": low, "high": high, "counts": [int(one) for one in counts]}
    told["step"] = step * fewer
    return told


# -- pictures of them ------------------------------------------------------------------------


def span(asked, length):
    """Return a range of indices that was asked for, as far as there are any."""
    if not asked:
        return 0, length
    start = min(max(0, int(asked[0])), max(0, length - 1))
    return start, min(max(start + 1, int(asked[1])), length)


def curve(numbers, look):
    """Return a row: its elements where the pixels suffice, else lowest, highest, mean."""
    numpy = sys.modules["numpy"]
    start, stop = span(look.get("x"), numbers.shape[0])
    step = sparing([stop - start])[0]
    values = numbers.floats((slice(start, stop, step),))
    values[~numpy.isfinite(values)] = numpy.nan
    columns = min(max(16, int(look.get("width", 600))), MOST_COLUMNS)
    told = {"kind": "curve", "start": start, "stop": stop, "length": numbers.shape[0]}
    told.update(step=step, unit=numbers.unit, low="", high="")
    if len(values) <= 2 * columns:
        return dict(told, mean=packed(values))
    edges = numpy.arange(columns) * len(values) // columns
    low, high = (one.reduceat(values, edges) for one in (numpy.fmin, numpy.fmax))
    return dict(told, low=packed(low), high=packed(high), mean=packed(means(values, [edges])))


def means(values, edges):
    """Return the means of the blocks between edges, along each axis; NaN where nothing is known."""
    numpy = sys.modules["numpy"]
    known = ~numpy.isnan(values)
    sums, counts = numpy.where(known, values, 0.0), known.astype("f8")
    for axis, of_axis in enumerate(edges):
        sums = numpy.add.reduceat(sums, of_axis, axis)
        counts = numpy.add.reduceat(counts, of_axis, axis)
    counts[counts == 0] = numpy.nan
    return sums / counts


def heat_map(numbers, look, levels):
    """Return a plane as places between lowest and highest number, 0 to 254; 255 for none."""
    numpy = sys.modules["numpy"]
    rows, columns = span(look.get("y"), numbers.shape[0]), span(look.get("x"), numbers.shape[1])
    sizes = rows[1] - rows[0], columns[1] - columns[0]
    steps = sparing(sizes)
    chosen = slice(rows[0], rows[1], steps[0]), slice(columns[0], columns[1], steps[1])
    values = numbers.floats(chosen)
    values[~numpy.isfinite(values)] = numpy.nan
    room = int(look.get("height", 400)), int(look.get("width", 400))
    edges = []
    for size, most in zip(values.shape, room):
        kept = min(size, max(16, most), MOST_CELLS)
        edges.append(numpy.arange(kept) * size // max(1, kept))
    if values.size and (len(edges[0]), len(edges[1])) != values.shape:
        values = means(values, edges)
    low, high = levels.get("low", 0.0), levels.get("high", 0.0)
    scaled = (values - low) * (254.0 / (high - low)) if high > low else values * 0.0 + 127.0
    empty = numpy.isnan(scaled)
    scaled = numpy.clip(numpy.where(empty, 255.0, scaled), 0, 255)
    told = {"kind": "map", "shape": list(numbers.shape), "rows": rows, "columns": columns}
    told.update(size=list(values.shape), low=low, high=high, unit=numbers.unit)
    return dict(told, cells=packed(numpy.rint(scaled), "u1"), step=product(steps))


def pixels(values, look):
    """Return a picture of an array height x width x 3 or 4, of bytes or of shares of one."""
    numpy = sys.modules["numpy"]
    rows, columns = span(look.get("y"), values.shape[0]), span(look.get("x"), values.shape[1])
    channels = values.shape[2]
    sizes = rows[1] - rows[0], columns[1] - columns[0]
    room = int(look.get("height", 400)), int(look.get("width", 400))
    by = [max(1, size // max(16, most)) for size, most in zip(sizes, room)]
    by = [max(by)] * 2
    while (sizes[0] // by[0]) * (sizes[1] // by[1]) * channels > MOST_BYTES:
        by = [by[0] + 1] * 2
    # as many of each block as may be looked at
    inner = max(1, int((SCANNED / max(1.0, product(sizes) * channels / by[0] ** 2)) ** 0.5))
    step = max(1, by[0] // inner)
    part = values[rows[0] : rows[1] : step, columns[0] : columns[1] : step]
    part = as_shades(numpy.array(part), values.dtype)
    if by[0] // step > 1:
        edges = [numpy.arange(0, size, by[0] // step) for size in part.shape[:2]]
        part = means(part.astype("f8"), edges)
    told = {"kind": "picture", "shape": list(values.shape[:2]), "rows": rows, "columns": columns}
    told.update(size=list(part.shape[:2]), channels=channels)
    return dict(told, cells=packed(numpy.rint(part), "u1"))


def as_shades(values, dtype):
    """Return numbers as shades from 0 to 255: what stands for none is black."""
    numpy = sys.modules["numpy"]
    if dtype.kind == "f":
        return numpy.clip(numpy.nan_to_num(values.astype("f8")), 0, 1) * 255
    if dtype.kind == "b":
        return values * 255.0
    return values if dtype.itemsize == 1 else values / 257.0


def is_picture(values):
    """Tell whether an array looks like height x width x red, green, blue."""
    if values.ndim != 3 or values.shape[2] not in (3, 4) or min(values.shape[:2]) < 8:
        return False
    if values.dtype.kind == "u":
        return values.dtype.itemsize <= 2
    if values.dtype.kind != "f":
        return False
    steps = steps_of(values.shape[:2], 4096)
    some = values[:: steps[0], :: steps[1]]
    return bool((some >= 0).all() and (some <= 1).all())


# -- the operation's share -------------------------------------------------------------------


def of_array(value, look):
    """Tell of an array or a column of numbers; None where it is none."""
    array = plain_array(value)
    fields = array and array[0].dtype.names
    parts = list(fields or ())
    if array and array[0].dtype.kind == "c":
        parts = PARTS_OF_COMPLEX
    part = look.get("part") if look.get("part") in parts else parts[0] if parts else ""
    numbers = numbers_of(value, part)
    if numbers is None or not numbers.shape:
        return None
    numpy = sys.modules["numpy"]
    with numpy.errstate(all="ignore"):
        told = drawn(numbers, array, look)
    return dict(told, parts=parts, part=part)


def drawn(numbers, array, look):
    """Return facts, histogram and picture of numbers."""
    steps = sparing(numbers.shape)
    step = product(steps)
    levels, known = levels_of(numbers.floats(tuple(slice(None, None, each) for each in steps)))
    told = {"facts": facts_of(numbers, levels, step), "step": step, "ways": [], "way": ""}
    told["shape"] = list(numbers.shape)
    told["histogram"] = histogram(known, levels, numbers, step)
    if 0 in numbers.shape:
        return dict(told, body=nothing("empty"))
    if array and is_picture(array[0]):
        told["ways"] = ["picture", "slices"]
        told["way"] = look.get("way") if look.get("way") in told["ways"] else "picture"
        if told["way"] == "picture":
            return dict(told, body=pixels(array[0], look))
    if len(numbers.shape) == 1:
        return dict(told, body=curve(numbers, look))
    told["axes"], told["at"] = axes_in(numbers.shape, look)
    plane = numbers.at(told["at"], told["axes"])
    return dict(told, body=heat_map(plane, look, levels))


def element_of(value, at, part):
    """Write one element as numpy does."""
    array = plain_array(value)
    numbers = numbers_of(value, part) if array is None else None
    if array is not None:
        if array[0].dtype.hasobject:
            raise Unknown("an object")
        found = array[0][tuple(at)]
        masked = array[1] is not None and array[1][tuple(at)]
        found = "masked" if not array[0].dtype.names and masked else found
        if is_a(found, types_of("numpy", ("ndarray",))[0]):
            return ", ".join(str(one) for one in found.ravel()[:8].tolist())
        return str(found)
    if numbers is None:
        raise Unknown("no numbers")
    chosen, missing = numbers.take((slice(at[0], at[0] + 1),))
    return "missing" if missing is not None and missing[0] else str(chosen[0])
