"""What the probe tells of what an object holds; sent when it is first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run: attributes are read off dictionaries and slots, items by
the methods of the builtin containers. What only code could tell is listed with a mark.
"""

import types

from vitrail_resources.kernel.probe_paths import locate
from vitrail_resources.kernel.probe_variables import (
    INTEGERS,
    LONGEST_NUMBER,
    class_of,
    cut,
    told_of,
    types_of,
)
from vitrail_resources.kernel.python_probe import (
    ABSENT,
    C_FUNCTIONS,
    IS_2,
    OPERATIONS,
    PLAIN,
    TEXTS,
    Found,
    Getter,
    Method,
    Slot,
    Unknown,
    class_name,
    dict_of_any_class,
    docstring,
    entries,
    has_method,
    is_a,
    is_class,
    is_computed,
    is_data,
    is_just,
    kind_line,
    kind_of,
    line_of,
    makes_up,
    own_dict,
    rank,
    signature,
    unwrapped,
)

# ---- sent from here on ----

GROUPS = ("item", "data", "property", "method", "class", "module", "inherited", "dunder")
GROUP_OF_KIND = {"instance": "data", "function": "method"}
SORTED_MOST = 5000  # names; more stay in the order in which they were made
PAGE = 200
LONGEST_KEY = 200
ATOMS = PLAIN + INTEGERS + TEXTS + (bytes, bytearray)
ARRAY, ARRAY_FACTS = ("ndarray",), ("shape", "dtype", "ndim", "size", "itemsize", "nbytes")
FUNCTIONS = (types.FunctionType, Method) + C_FUNCTIONS
FIELDS_OF_TUPLES = types_of("_collections", ("_tuplegetter",))


def members(question, budget):
    """Tell what an object holds: how much is in each group, and the rows of those asked for.

    A row is [step, at, text, name, kind, type, size, preview, origin, mark, expands, identity].
    Step and at lead there from the object, text is what the user would write for that, empty
    where nothing could be. Origin is the class that says so, empty for what the object holds
    itself. The mark says what only running code could tell: "run", or "iterate" and "consume" for
    items; "empty" is a slot without a value.

    Fields: `groups` whose rows are wanted, from `after` on, `most` of them; `match` is in the name.
    """
    found = locate(question["path"])
    if found.is_member and is_computed(found.value):
        raise Unknown("it is computed")
    value, match = found.value, question.get("match", "").lower()
    after, most = question.get("after", 0), question.get("most", PAGE)
    held, told, is_complete = grouped(value, match), [], True
    for group in GROUPS:
        if group == "item":
            total, listed = items_of(value, after, most, match)
        else:
            total, listed = len(held[group]), held[group][after : after + most]
        rows = []
        for one in listed if group in question.get("groups", ()) else ():
            row = item_row(*one) if group == "item" else attribute_row(value, *one)
            if budget.is_spent(len(row[3]) + len(row[7]) + 100) and rows:
                is_complete = False
                break
            rows.append(row)
        if total:
            told.append([group, total, rows])
    answer = {"groups": told, "type": class_name(class_of(value)), "made_up": makes_up(value)}
    return dict(answer, identity=identity_of((value,)), complete=is_complete)


# -- attributes ------------------------------------------------------------------------------


def grouped(value, match):
    """List (name, entry, owner) by group; the owner is a class, None for the object itself."""
    held, is_in_module = dict((group, []) for group in GROUPS), is_a(value, types.ModuleType)
    for name, one, owner, is_inherited in collected(value):
        if not match or match in name.lower():
            group = group_of(name, one, owner, is_inherited, is_in_module)
            held[group].append((name, one, owner))
    for listed in held.values():
        if len(listed) <= SORTED_MOST:
            listed.sort(key=lambda each: (rank(each[0]), each[0].lower(), each[0]))
    return held


def collected(value):
    """List (name, entry, owner, whether that is a base class); each name once, as it is found."""
    classes = classes_of(value)
    said = {}
    for at, cls in enumerate(classes):
        for name, one in entries(dict_of_any_class(cls)):
            if name not in said:
                said[name] = (one, cls, at > 0)
    found = []
    for name, one in entries(own_dict(value)):
        if name not in said or not is_data(said[name][0]):
            said.pop(name, None)
            found.append((name, one, None, False))
    return found + [(name,) + said[name] for name in said]


def classes_of(value):
    if is_a(value, types.ModuleType):
        return []
    return line_of(value) if is_class(value) else kind_line(value)


def group_of(name, one, owner, is_inherited, is_in_module):
    if name[:2] == "__" and name[-2:] == "__":
        return "dunder"
    if is_just(one, (Slot,) + FIELDS_OF_TUPLES) and owner is not None:
        return "data"  # the state of the object, whichever class made room for it
    if is_inherited:
        return "inherited"
    kind = kind_of(one, owner is not None)
    if kind == "function" and owner is None and not (is_in_module or is_just(one, FUNCTIONS)):
        return "data"  # an object that can be called
    return GROUP_OF_KIND.get(kind, kind)


def attribute_row(holder, name, one, owner):
    """Tell of an attribute: its value where that is written down, else how to come by it."""
    origin, shown_name = "" if owner is None else class_name(owner), name_as_text(name)
    known = (one,) if owner is None else read(holder, one, name)
    if known and known[0] is ABSENT:
        told, kind, mark, known = ["", "", None, ""], "instance", "empty", ()
    elif known:
        told, kind, mark = told_of(known[0]), kind_of(known[0]), ""
    elif is_computed(one):
        told, kind, mark = of_computed(one), "property", "" if is_inert(holder, one) else "run"
    else:
        found = unwrapped(one, holder, is_class(holder))
        kind = kind_of(one, True)
        told = of_method(one, found) if kind == "method" else told_of(one)
        mark, known = "", () if kind == "method" else (one,)
    tail = [origin, mark, bool(known) and expands(known[0]), identity_of(known)]
    head = ["attribute", shown_name, "." + shown_name, shown_name, kind]
    return head + [told[0], told[1], told[3]] + tail


def name_as_text(name):
    return name.decode("utf-8", "replace") if IS_2 else name


def read(holder, one, name):
    """Return (value,) of what a class says without code of anybody's; ABSENT for an empty slot."""
    if is_class(holder):
        return ()
    if type(one) is Slot:
        try:
            return (one.__get__(holder),)
        except AttributeError:
            return (ABSENT,)
    if is_just(one, FIELDS_OF_TUPLES):
        return (type(one).__get__(one, holder),)
    if type(one) is Getter and name in ARRAY_FACTS and is_just(holder, types_of("numpy", ARRAY)):
        return (one.__get__(holder),)
    return ()


def is_inert(holder, one):
    """Tell whether getting it gives the recipe itself: that of a class, got from the class."""
    return is_class(holder) and (is_just(one, (Slot, Getter)) or type(one) is property)


def of_computed(one):
    """Tell of a property what its code says of itself."""
    getter = property.__dict__["fget"].__get__(one) if is_a(one, property) else None
    result = ""
    if type(getter) is types.FunctionType:
        result = signature(Found(getter, 1)).partition(" -> ")[2]
    said = docstring(one if getter is None else getter).strip().split("\n")[0]
    parts = ["-> " + result] if result else []
    return [class_name(type(one)), "", None, cut("  ".join(parts + ([said] if said else [])))]


def of_method(one, found):
    kind = "classmethod" if is_a(one, classmethod) else "staticmethod"
    if not is_a(one, classmethod, staticmethod):
        kind = "method"
    return [kind, "", None, cut(signature(found))]


def expands(value):
    """Tell whether there is something worth looking at within an object."""
    if is_just(value, ATOMS + FUNCTIONS) or is_a(value, *types_of("numpy", ("generic",))):
        return False
    for kind in (list, tuple, dict, set, frozenset):
        if type(value) is kind:
            return kind.__len__(value) > 0
    return True


def identity_of(known):
    return id(known[0]) % 2**53 if known else 0


# -- items -----------------------------------------------------------------------------------


def items_of(value, after, most, match):
    """Return how many items there are, and (place, text, name, item) of some.

    Iterators are not touched: they have one row, which offers to run them.

    Raises:
        Unknown: The container is changed meanwhile.
    """
    for kind in (list, tuple):
        if is_a(value, kind):
            part = kind.__getitem__(value, slice(after, after + most))
            rows = [(at, "[%d]" % at, "[%d]" % at, one) for at, one in enumerate(part, after)]
            return (0, []) if match else (kind.__len__(value), rows)
    if is_a(value, dict):
        return pairs_of(value, after, most, match)
    for kind in (set, frozenset):
        if is_a(value, kind):
            part = list(sliced(kind.__iter__(value), after, most))
            rows = [(at, "", "{%d}" % at, one) for at, one in enumerate(part, after)]
            return (0, []) if match else (kind.__len__(value), rows)
    if is_just(value, ATOMS) or not has_method(value, "__iter__") or match or after:
        return 0, []
    is_iterator = has_method(value, "next" if IS_2 else "__next__")
    return 1, [(-1, "", "consume" if is_iterator else "iterate", ABSENT)]


def sliced(iterator, after, most):
    from itertools import islice

    try:
        for one in islice(iterator, after, after + most):
            yield one
    except RuntimeError:
        raise Unknown("it changes")


def pairs_of(table, after, most, match):
    """Return how many pairs of a dictionary there are, and some, by their places in it."""
    pairs = dict.iteritems(table) if IS_2 else iter(dict.items(table))
    if not match:
        total, some = dict.__len__(table), enumerate(sliced(pairs, after, most), after)
    else:
        placed = enumerate(sliced(pairs, 0, dict.__len__(table)))
        fitting = [each for each in placed if match in key_text(each[1][0]).lower()]
        total, some = len(fitting), fitting[after : after + most]
    rows = []
    for at, (key, one) in some:
        written = literal(key)
        rows.append((at, "[%s]" % written if written else "", key_text(key), one))
    return total, rows


def key_text(key):
    return literal(key) or "<%s>" % class_name(class_of(key))


def literal(key):
    """Write a key as code, empty where that would take more than literals."""
    if is_just(key, INTEGERS) and key.bit_length() > LONGEST_NUMBER:
        return ""
    if is_just(key, PLAIN + INTEGERS):
        text = repr(key)
        is_written = not is_just(key, (float, complex)) or ("inf" not in text and "nan" not in text)
        return text if is_written and len(text) <= LONGEST_KEY else ""
    if type(key) is tuple and key and len(key) <= 8:
        parts = [literal(one) for one in key]
        written = ", ".join(parts) + ("," if len(parts) == 1 else "")
        return "(%s)" % written if all(parts) else ""
    return ""


def item_row(at, text, name, one):
    """Tell of an item; of what has to be iterated that it has to."""
    if one is ABSENT:
        return ["items", 0, "", "", "items", "", "", "", "", name, False, 0]
    told, kind = told_of(one), kind_of(one)
    head = ["item", at, text, name, kind, told[0], told[1], told[3], "", ""]
    return head + [expands(one), id(one) % 2**53]


OPERATIONS["members"] = members
