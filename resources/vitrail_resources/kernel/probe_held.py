"""How the probe tells what a value holds, and which of that can be opened in turn.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
Items are read by the methods of the builtin types, attributes off dictionaries; nothing of the
user's is run. A row is [label, type, size, bytes, preview, step, at, code, opens, identity]: step
and at lead there, code is what the user would write for that, opens says that it holds something.
"""

from vitrail_resources.kernel.probe_items import offset_in, summary_of
from vitrail_resources.kernel.probe_numbers import nothing
from vitrail_resources.kernel.probe_paths import STEPS, locate
from vitrail_resources.kernel.probe_pictures import is_pillow
from vitrail_resources.kernel.probe_variables import (
    class_of,
    cut,
    of_library,
    told_of,
    types_of,
)
from vitrail_resources.kernel.python_probe import (
    IS_2,
    LOOK_AT_CLOCK,
    OPERATIONS,
    PLAIN,
    TEXTS,
    UNICODE,
    Unknown,
    class_entry,
    class_name,
    clock,
    entries,
    has_method,
    is_a,
    is_class,
    is_computed,
    is_just,
    kind_line,
    kind_of,
    own_dict,
    shown,
    stored,
)

# ---- sent from here on ----

# isort: split
import ast
import keyword
from itertools import islice

PAGE_ITEMS = 200
PAGE_COLUMNS = 100
LONGEST_CODE = 80
HOLDERS = (list, tuple, dict, set, frozenset)
NO_BODIES = ("function", "method", "class", "module")


def held(question, budget):
    """Tell of what a path leads to what it holds: `most` rows, from `after` on."""
    found = locate(question["path"])
    if found.is_member and is_computed(found.value):
        raise Unknown("it is computed")
    after, most = max(0, question.get("after", 0)), question.get("most", PAGE_ITEMS)
    rows, total = rows_of(found.value, after, most)
    kept = []
    for row in rows:
        if budget.is_spent(len(row[0]) + len(row[4]) + 100) and kept:
            break
        kept.append(row)
    return {"rows": kept, "offset": after, "total": total, "identity": id(found.value) % 2**53}


def rows_of(value, after, most):
    """Return some rows of what a value holds, and how many there are."""
    kind = container_of(value)
    if kind is not None:
        return item_rows(value, kind, pairs_from(value, kind, after, most), after), kind.__len__(
            value
        )
    if is_frame(value):
        return column_rows(value, after, most), int(value.shape[1])
    if not opens(value):
        return [], 0
    rows = record_rows(value)
    rows = entry_rows(value) if rows is None else rows
    return rows[after : after + most], len(rows)


def opens(value):
    """Tell whether a value holds what rows could be made of."""
    kind = container_of(value)
    if kind is not None:
        return kind.__len__(value) > 0
    if is_just(value, PLAIN + TEXTS + (bytes, bytearray)):
        return False
    if is_frame(value):
        return value.shape[1] > 0
    if is_class(value) or kind_of(value) in NO_BODIES or yields(value):
        return False
    if not own_dict(value) and fields_of(value) is None:
        return False
    return of_library(value) is None and not is_pillow(value)


def held_row(label, one, step, at, code):
    told = told_of(one)
    told[3] = told[3] or cut(", ".join(names_of_tuple(one)))
    return [label] + told + [step, at, code, opens(one), id(one) % 2**53]


# -- containers ------------------------------------------------------------------------------


def container_of(value):
    """Return the builtin type of a container; None for what is none."""
    for kind in HOLDERS:
        if is_a(value, kind):
            return kind
    return None


def of_held(value, look):
    """Tell of a page of a container's items."""
    kind = container_of(value)
    if kind is None:
        return None
    total = kind.__len__(value)
    start = offset_in(look, total, PAGE_ITEMS)
    pairs = pairs_from(value, kind, start, PAGE_ITEMS)
    rows = item_rows(value, kind, pairs, start)
    told = {"kind": "items", "rows": rows, "offset": start, "total": total, "page": PAGE_ITEMS}
    summary = summary_of(value) if kind in (list, tuple) else None
    told.update(curve=summary, keyed=kind is dict)
    return {"facts": kinds_within(pairs, total), "body": told}


def pairs_from(value, kind, start, most):
    """Return keys and values of some items; keys are None but in a dict."""
    for _ in range(3):
        try:
            if kind in (list, tuple):
                return [(None, one) for one in kind.__getitem__(value, slice(start, start + most))]
            if kind is dict:
                each = dict.iteritems(value) if IS_2 else iter(dict.items(value))
                return list(islice(each, start, start + most))
            return [(None, one) for one in islice(kind.__iter__(value), start, start + most)]
        except RuntimeError:  # another thread changes it
            continue
    return []


def item_rows(value, kind, pairs, start):
    names, rows = names_of_tuple(value), []
    for at, (key, one) in enumerate(pairs, start):
        if at < len(names):
            rows.append(held_row(names[at], one, "item", at, field_code(names[at], at)))
        else:
            label, code = label_of(kind, key, at), key_code(kind, key, at)
            rows.append(held_row(label, one, "item", at, code))
    return rows


def label_of(kind, key, at):
    if kind is dict:
        return cut(shown(key))
    return str(at) if kind in (list, tuple) else "{%d}" % at


def key_code(kind, key, at):
    """Return how the user would write the way to an item; empty where that cannot be said."""
    if kind in (list, tuple):
        return "[%d]" % at
    if kind is dict and is_just(key, PLAIN) and len(repr(key)) < LONGEST_CODE:
        return "[%r]" % (key,)
    return ""


def field_code(name, at):
    return "[%d]" % at if keyword.iskeyword(name) else "." + name


def names_of_tuple(value):
    """Return the names of a named tuple's items."""
    if not is_a(value, tuple) or type(value) is tuple:
        return ()
    found = class_entry(kind_line(value), "_fields")
    named = found[0] if found and type(found[0]) is tuple else ()
    return named if all(type(one) is str for one in named) else ()


def kinds_within(pairs, total):
    """Say of which types the items are, as far as they were seen."""
    counts = {}
    for _, one in pairs:
        name = class_name(class_of(one))
        counts[name] = counts.get(name, 0) + 1
    if not counts:
        return []
    often = sorted(counts, key=lambda name: (-counts[name], name))[:3]
    text = ", ".join(often) + (", ..." if len(counts) > 3 else "")
    return [["of", ["seen", {"types": text}] if total > len(pairs) else text]]


# -- looking for a key -----------------------------------------------------------------------


def seek(question, budget):
    """Tell the place of the next key, from `first` on, that is written as a text says.

    Where `whole` is false it is enough that the text stands in it, in letters of any size. `place`
    is None where there was none as far as was looked; `next` is where to look on, None at the end.
    """
    found = locate(question["path"])
    if found.is_member and is_computed(found.value):
        raise Unknown("it is computed")
    first, keys = question["first"], keys_from(found.value, question["first"])
    is_meant = matcher(question["text"], question.get("whole", False))
    place = first
    try:
        for place, key in enumerate(keys, first):
            if is_meant(key):
                return {"place": place, "next": None}
            if place % LOOK_AT_CLOCK == 0 and clock() > budget.ends:
                return {"place": None, "next": place + 1}
    except RuntimeError:  # another thread changes it
        return {"place": None, "next": place + 1}
    return {"place": None, "next": None}


def keys_from(value, first):
    """Return the keys of a dict, or the names of a frame's columns, from a place on."""
    if is_frame(value):
        return islice(list(value.columns), first, None)
    if not is_a(value, dict):
        raise Unknown("no keys")
    return islice(dict.__iter__(value), first, None)


def matcher(text, whole):
    """Return what tells whether a key is the one that is meant."""
    literal = literal_of(text)
    if not whole:
        text = text.lower()
    spelt = {UNICODE: text}
    spelt.setdefault(str, text.encode("utf-8") if IS_2 else text)

    def is_meant(key):
        if is_just(key, TEXTS):
            wanted = spelt[type(key)]
            return key in (wanted,) + literal if whole else wanted in key.lower()
        if whole:
            return any(type(key) is type(one) and key == one for one in literal)
        return is_just(key, PLAIN) and text in repr(key).lower()

    return is_meant


def literal_of(text):
    """Return (value,) of the number, text or constant that is typed; () for what is none."""
    try:
        found = ast.literal_eval(text[:LONGEST_CODE])
    except (ValueError, SyntaxError, MemoryError, RuntimeError):
        return ()
    return (found,) if is_just(found, PLAIN) else ()


# -- what has attributes and columns ---------------------------------------------------------


def of_record(value, look):
    """Tell of the fields of a dataclass or the member of an enumeration, as they are stored."""
    rows = record_rows(value)
    return None if rows is None else {"facts": [], "body": items_body(rows)}


def record_rows(value):
    """Return a row for each field; None for what has none."""
    names, rows = fields_of(value), []
    for name in names or ():
        found = stored(value, name)
        label = name.strip("_") if name[:1] == "_" and name[-1:] == "_" else name
        if found:
            rows.append(held_row(label, found[0], "attribute", name, "." + name))
        else:
            rows.append([label, "", "", None, "", "", 0, "", False, 0])
    return None if names is None else rows


def fields_of(value):
    """Return the names of a record's fields, in order; None for what is no record."""
    if is_class(value):
        return None
    declared = class_entry(kind_line(value), "__dataclass_fields__")
    if declared and type(declared[0]) is dict:
        return [name for name, _ in entries(declared[0])]
    return ["_name_", "_value_"] if is_a(value, *types_of("enum", ("Enum",))) else None


def of_object(value, look):
    """Tell of what an object holds, or where else to look."""
    kind = kind_of(value)
    if kind in NO_BODIES:
        return {"body": nothing("a-" + kind)}
    if yields(value):
        return {"body": nothing("iterator")}
    rows = entry_rows(value)
    if rows:
        return {"body": items_body(rows)}
    return {"body": nothing("holds-nothing")}


def yields(value):
    return has_method(value, "__next__") or has_method(value, "next")


def entry_rows(value):
    listed = islice(entries(own_dict(value)), PAGE_ITEMS)
    return [held_row(name, one, "attribute", name, "." + name) for name, one in listed]


def is_frame(value):
    """Tell whether a value is a frame, exactly of pandas or polars."""
    return is_just(value, types_of("pandas", ("DataFrame",)) + types_of("polars", ("DataFrame",)))


def columns_of(frame, start):
    """Return a page of a frame's columns: what each is, and the way to it."""
    rows = column_rows(frame, start, PAGE_COLUMNS)
    told = {"kind": "items", "rows": rows, "offset": start, "total": int(frame.shape[1])}
    return dict(told, page=PAGE_COLUMNS, curve=None, keyed=True)


def column_rows(frame, start, most):
    names, rows = list(frame.columns), []
    texts = [name for name in names if is_just(name, TEXTS)]
    once = set(texts) if len(set(texts)) == len(texts) else ()
    for at in range(start, min(start + most, len(names))):
        name, one = names[at], STEPS["column"](frame, at).value
        is_text = is_just(name, TEXTS)
        code = "[%r]" % (name,) if is_text and name in once else ".iloc[:, %d]" % at
        rows.append(held_row(name if is_text else shown(name), one, "column", at, code))
    return rows


def items_body(rows):
    return {
        "kind": "items",
        "rows": rows,
        "offset": 0,
        "total": len(rows),
        "page": max(1, len(rows)),
        "curve": None,
    }


OPERATIONS.update(held=held, seek=seek)
