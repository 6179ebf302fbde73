"""A column as the probe sorts and sifts it; sent when a table is first looked at.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Missing values come last in both directions, equal ones keep their order. Values of classes that
only the user's code could compare are never compared: they stand behind the others, by their
type's name.
"""

import re
import sys

from vitrail_resources.kernel.probe_grid_cells import cell_from, is_sign, time_text
from vitrail_resources.kernel.probe_grid_tables import LACK
from vitrail_resources.kernel.probe_variables import INTEGERS, class_of, text_of
from vitrail_resources.kernel.python_probe import TEXTS, class_name, is_just

# ---- sent from here on ----

MOST_OBJECTS = 3000000
LONGEST_SEARCHED = 2000  # characters of a text in which a regular expression is looked for
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class Refused(Exception):
    """Rows cannot be arranged like this; `why` says the reason, as in `Changed`."""

    def __init__(self, code, **values):
        Exception.__init__(self)
        self.why = [code, values]


# -- numbers, and what is kept as numbers ----------------------------------------------------


class NumberColumn(object):
    """An array of numbers; `read` makes one of what somebody typed, `write` a text of one.

    They are measured where they are numbers to the user as well, and not moments.
    """

    def __init__(self, values, missing, read, write=None):
        self.values, self.missing, self.read = values, missing, read
        self.write, self.is_measured = write or str, write is None and values.dtype.kind != "b"

    def absent(self):
        if self.missing is None:
            return sys.modules["numpy"].zeros(len(self.values), dtype=bool)
        return self.missing

    def sorted(self, places, descends):
        np = sys.modules["numpy"]
        part = self.values if places is None else self.values[places]
        missing = self.missing if places is None or self.missing is None else self.missing[places]
        if missing is not None and missing.any():
            there = np.flatnonzero(~missing)
            found = np.concatenate((there[ranked(part[there], descends)], np.flatnonzero(missing)))
        else:
            found = ranked(part, descends)
        return (found if places is None else places[found]).astype("uint32")

    def passing(self, what, texts):
        if what not in COMPARISONS + ("between", "in"):
            raise Refused("texts-only")
        np, values, wanted = sys.modules["numpy"], self.values, [self.read(one) for one in texts]
        if what == "between":
            passed = (values >= wanted[0]) & (values <= wanted[1])
        elif what == "in":
            passed = np.zeros(len(values), dtype=bool)
            for one in wanted:
                passed |= values == one
        else:
            passed = compared(what, values, wanted[0])
        if what == "!=" or self.missing is None:
            return passed
        return passed & ~self.missing


def ranked(values, descends):
    """Return the places of values in order; equal ones keep theirs."""
    values = closer(values)
    if not descends:
        return values.argsort(kind="stable")
    return (len(values) - 1) - values[::-1].argsort(kind="stable")[::-1]


def closer(values):
    """Return whole numbers that lie close together in two bytes, which are sorted in no time."""
    if values.dtype.kind not in "iu" or values.dtype.itemsize <= 2 or not len(values):
        return values
    least, most = int(values.min()), int(values.max())
    return (values - least).astype("uint16") if most - least < 65536 else values


def compared(what, values, wanted):
    if what == "=":
        return values == wanted
    if what == "!=":
        return values != wanted
    if what[0] == "<":
        return values <= wanted if what == "<=" else values < wanted
    return values >= wanted if what == ">=" else values > wanted


def number_read(text):
    bare = text.strip().replace("_", "")
    for kind in (int, float):
        try:
            return kind(bare)
        except ValueError:
            pass
    raise Refused("no-number", text=text)


def truth_read(text):
    word = text.strip().lower()
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise Refused("no-truth", text=text)


def moment_reader(unit, kind, zone=None):
    """Return what makes a count of units of a text; `kind` is M for moments, m for lengths."""

    def read(text):
        np, pandas = sys.modules["numpy"], sys.modules.get("pandas")
        try:
            if zone is not None:
                moment = pandas.Timestamp(text).tz_localize(zone).tz_convert("UTC")
                found = moment.tz_localize(None).to_datetime64()
            elif pandas is not None and kind == "m":
                found = pandas.Timedelta(text).to_timedelta64()
            else:
                found = np.datetime64(text.strip()) if kind == "M" else np.timedelta64(int(text))
            return int(found.astype("%s8[%s]" % (kind, unit)).astype("i8"))
        except Exception:
            raise Refused("no-moment", text=text)

    return read


def moment_writer(unit, kind, zone=None):
    """Return what writes a count of units as a moment, or as a length."""

    def write(count):
        np, pandas = sys.modules["numpy"], sys.modules.get("pandas")
        if zone is not None and pandas is not None:
            moment = pandas.Timestamp(np.datetime64(int(count), unit)).tz_localize("UTC")
            return str(moment.tz_convert(zone))
        if kind == "M":
            return time_text(str(np.datetime64(int(count), unit)))
        length = np.timedelta64(int(count), unit)
        return str(length if pandas is None else pandas.Timedelta(length))

    return write


def vector_of_array(array):
    """Return a one-dimensional array of numpy as a vector; None where it has no order."""
    np, kind = sys.modules["numpy"], array.dtype.kind
    if kind == "f":
        return NumberColumn(array, np.isnan(array), number_read)
    if kind in "iu":
        return NumberColumn(array, None, number_read)
    if kind == "b":
        return NumberColumn(array, None, truth_read)
    if kind in "mM":
        about = np.datetime_data(array.dtype)[0], kind
        read, write = moment_reader(*about), moment_writer(*about)
        return NumberColumn(array.view("i8"), np.isnat(array), read, write)
    if kind in "OSU":
        return ObjectColumn(array.tolist())
    return None


# -- objects ---------------------------------------------------------------------------------


class ObjectColumn(object):
    """Values of any kind; those of builtin types are compared, and with their like alone."""

    def __init__(self, values):
        if len(values) > MOST_OBJECTS:
            raise Refused("too-many-objects")
        self.values, self.made = values, None

    @property
    def keys(self):
        if self.made is None:
            self.made = [key_of(one) for one in self.values]
        return self.made

    def absent(self):
        return [key[0] == 9 for key in self.keys]

    def sorted(self, places, descends):
        keys = self.keys
        chosen = [int(at) for at in (range(len(keys)) if places is None else places)]
        there = [at for at in chosen if keys[at][0] != 9]
        there.sort(key=keys.__getitem__, reverse=descends)
        return as_places(there + [at for at in chosen if keys[at][0] == 9])

    def passing(self, what, texts):
        passes = test_of(what, texts)
        return as_mask([passes(key) for key in self.keys])


def as_places(places):
    numpy = sys.modules.get("numpy")
    return places if numpy is None else numpy.array(places, dtype="uint32")


def as_mask(passed):
    numpy = sys.modules.get("numpy")
    return passed if numpy is None else numpy.array(passed, dtype=bool)


def key_of(value):
    """Return (group, value) of what can be compared with others of its group."""
    if is_just(value, TEXTS):
        return (1, text_of(value))
    if value is LACK:
        return (9, 0)
    if is_just(value, (bool, float) + INTEGERS):
        return (9, 0) if value != value else (0, value)
    cell = cell_from(value, LONGEST_SEARCHED)
    if type(cell) is int:
        return (9, 0)
    return (8, class_name(class_of(value))) if is_sign(cell) else (2, cell)


def test_of(what, texts):
    """Return what tells of a key whether its value passes."""
    if what in ("contains", "matches"):
        return searcher(what, texts[0])
    numbers = []
    for text in texts:
        try:
            numbers.append(number_read(text))
        except Refused:
            numbers.append(None)

    def passes(key):
        group, value = key
        wanted = numbers if group == 0 else texts
        if group > 2:
            return what == "!="
        if what == "in":
            return any(one is not None and value == one for one in wanted)
        if wanted[0] is None or wanted[-1] is None:
            return what == "!="
        if what == "between":
            return wanted[0] <= value <= wanted[1]
        return bool(compared(what, value, wanted[0]))

    return passes


def searcher(what, text):
    try:
        found = re.compile(text if what == "matches" else re.escape(text), re.I | re.U).search
    except re.error as error:
        raise Refused("bad-pattern", text=text, error=str(error))
    return lambda key: key[0] in (1, 2) and found(key[1][:LONGEST_SEARCHED]) is not None


class CodedColumn(object):
    """Values that are few and kept as numbers; a test looks at each of them once."""

    def __init__(self, codes, categories):
        self.codes, self.categories = codes, ObjectColumn(categories)

    def absent(self):
        return self.codes < 0

    def sorted(self, places, descends):
        return NumberColumn(self.codes, self.absent(), number_read).sorted(places, descends)

    def passing(self, what, texts):
        passed = self.categories.passing(what, texts)
        behind = sys.modules["numpy"].append(passed, what == "!=").astype(bool)
        return behind[self.codes]  # a missing one has the code -1
