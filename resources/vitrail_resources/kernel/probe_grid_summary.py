"""What the probe tells of the values of one column as a whole; sent when it is first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.

Arrays are gone through in pieces as far as the time allows, for what is missing, least, most, mean
and deviation. Where it ends first, and for distinct values, those that are frequent and the
histogram of a long column, rows at equal distances are looked at, and `sampled` says how many.
"""

import sys

from vitrail_resources.kernel.probe_grid import guarded, view_of
from vitrail_resources.kernel.probe_grid_order import vector_of
from vitrail_resources.kernel.probe_grid_tables import BuiltinTable, PandasTable, Rows
from vitrail_resources.kernel.probe_grid_vectors import (
    CodedColumn,
    NumberColumn,
    ObjectColumn,
    Refused,
)
from vitrail_resources.kernel.python_probe import OPERATIONS, clock

# ---- sent from here on ----

PIECE = 500000
SAMPLE = 200000
OBJECT_SAMPLE = 40000
SUMMARY_BINS = 32
MOST_TOP = 8
FEW_DISTINCT = 1000


def grid_summary(question, budget):
    """Tell of the values of a column, of the rows that pass the filters.

    `facts` are pairs of a word and a text, or a code as in `Changed`; `histogram` is [counts,
    least, most] with the ends as texts, `range` the same ends as numbers; `top` are pairs of a text
    and how often it is there.
    """
    view, table = view_of(question)
    told = {"state": "open", "rows": view.size, "missing": 0, "sampled": 0, "facts": []}
    told.update(histogram=None, range=None, top=[], distinct=None)
    try:
        vector = vector_of(table, question["column"])
    except Refused as error:
        values = sample_of(table, question["column"], view)
        if values is None:
            return dict(told, missing=None, facts=[["", error.why]])
        of_objects(ObjectColumn(values), told)
        return dict(told, missing=None, sampled=len(values))
    if type(vector) is NumberColumn:
        of_numbers(vector, view.order, budget, told)
    elif type(vector) is CodedColumn:
        of_codes(vector, view.order, told)
    else:
        places = range(table.rows) if view.order is None else view.order
        step = max(1, len(places) // OBJECT_SAMPLE)
        some = [vector.values[int(at)] for at in places[::step]]
        of_objects(ObjectColumn(some), told)
        if step > 1:
            told.update(missing=None, sampled=len(some))
    return told


def sample_of(table, at, view):
    """Return some values of a column that is too long to look at all; None for one that is not."""
    if view.size <= OBJECT_SAMPLE:
        return None
    step = view.size // OBJECT_SAMPLE
    if type(table) is BuiltinTable:
        return table.values(at, Rows(0, view.size, view.order))[::step]
    key = slice(0, view.size, step) if view.order is None else view.order[::step].astype("intp")
    series = table.series(at)
    return (series.iloc[key] if type(table) is PandasTable else series[key]).tolist()


def of_numbers(vector, order, budget, told):
    np, count = sys.modules["numpy"], told["rows"]
    step = max(1, count // SAMPLE)
    every = slice(None, None, step)
    some = vector.values[every] if order is None else vector.values[order[every]]
    if vector.missing is not None:
        some = some[~(vector.missing[every] if order is None else vector.missing[order[every]])]
    found = gone_through(vector, order, budget)
    if found is None:
        found = [told_of_piece(some)]
        told["missing"], told["sampled"] = None, len(some)
    else:
        told["missing"] = count - sum(piece[0] for piece in found)
    found = [piece for piece in found if piece[0]]
    if not found or not len(some):
        return
    facts_of_numbers(vector, found, told)
    if some.dtype.kind == "f":
        some = some[np.isfinite(some)]
    if step > 1:
        told["sampled"] = len(some)
    values, counts = np.unique(some, return_counts=True)
    told["distinct"] = len(values)
    if (len(values) <= FEW_DISTINCT and some.dtype.kind != "f") or len(values) <= MOST_TOP:
        places = (-counts).argsort(kind="stable")[:MOST_TOP]
        told["top"] = [[vector.write(values[at]), int(counts[at])] for at in places]
    if some.dtype.kind != "b" and len(values) > 1:
        least, most = values[0], values[-1]
        if some.dtype.kind != "f":
            some, least, most = some.astype("f8"), float(least), float(most)
        counts = np.histogram(some, bins=min(SUMMARY_BINS, len(values)), range=(least, most))[0]
        ends = [vector.write(values[0]), vector.write(values[-1])]
        told["histogram"] = [[int(one) for one in counts]] + ends
        told["range"] = [float(least), float(most)]


def gone_through(vector, order, budget):
    """Return what is told of each piece of an array; None where the time did not suffice."""
    found, first, count = [], 0, len(vector.values) if order is None else len(order)
    while first < count:  # Python 2 would make a list of the range
        key = slice(first, first + PIECE) if order is None else order[first : first + PIECE]
        part = vector.values[key]
        if vector.missing is not None:
            part = part[~vector.missing[key]]
        found.append(told_of_piece(part))
        first += PIECE
        if clock() > budget.ends:
            return None
    return found


def told_of_piece(part):
    """Return how many there are, the least, the most, the mean, the sum of squares around it."""
    if not len(part):
        return [0, None, None, 0.0, 0.0]
    mean = float(part.mean())
    spread = float(((part - mean) ** 2).sum()) if part.dtype.kind in "iuf" else 0.0
    return [len(part), part.min(), part.max(), mean, spread]


def facts_of_numbers(vector, found, told):
    least, most = min(piece[1] for piece in found), max(piece[2] for piece in found)
    count = sum(piece[0] for piece in found)
    mean = sum(piece[0] * piece[3] for piece in found) / count
    around = sum(piece[4] + piece[0] * (piece[3] - mean) ** 2 for piece in found)
    facts = [["Least", vector.write(least)], ["Most", vector.write(most)]]
    if vector.is_measured:
        facts.append(["Mean", repr(mean)])
        if count > 1:
            facts.append(["Deviation", repr((around / (count - 1)) ** 0.5)])
    told["facts"] = facts


def of_codes(vector, order, told):
    np = sys.modules["numpy"]
    codes = vector.codes if order is None else vector.codes[order]
    counts = np.bincount(codes.astype("int64") + 1, minlength=len(vector.categories.values) + 1)
    told["missing"], counts = int(counts[0]), counts[1:]
    told["distinct"] = int((counts > 0).sum())
    places = (-counts).argsort(kind="stable")[:MOST_TOP]
    texts = [sort_key_text(vector.categories.keys[at]) for at in places]
    told["top"] = [[text, int(counts[at])] for text, at in zip(texts, places) if counts[at]]


def of_objects(vector, told):
    counts = {}
    for key in vector.keys:
        if key[0] == 9:
            told["missing"] += 1
        else:
            counts[key] = counts.get(key, 0) + 1
    told["distinct"] = len(counts)
    frequent = sorted(counts, key=lambda key: -counts[key])[:MOST_TOP]
    told["top"] = [[sort_key_text(key), counts[key]] for key in frequent]
    texts = [key[1] for key in counts if key[0] == 1]
    if texts and len(texts) == len(counts):
        sizes = [len(text) for text in texts]
        told["facts"] = [["Shortest", ["characters", {"count": min(sizes)}]]]
        told["facts"].append(["Longest", ["characters", {"count": max(sizes)}]])
    numbers = [key[1] for key in counts if key[0] == 0]
    if numbers and len(numbers) == len(counts):
        told["facts"] = [["Least", str(min(numbers))], ["Most", str(max(numbers))]]
        total = sum(counts.values())
        mean = sum(float(key[1]) * counts[key] for key in counts) / total
        told["facts"].append(["Mean", repr(mean)])


def sort_key_text(key):
    group, value = key
    text = "<%s>" % value if group == 8 else value if group else str(value)
    return text[:LONGEST_TOP]


LONGEST_TOP = 80
OPERATIONS["grid_summary"] = guarded(grid_summary)
