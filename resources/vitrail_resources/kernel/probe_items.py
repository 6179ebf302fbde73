"""How the probe tells a page of what is long: text, bytes, containers; sent when first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
"""

import base64
import struct

from vitrail_resources.kernel.probe_variables import class_of, cut, told_of, types_of
from vitrail_resources.kernel.python_probe import (
    IS_2,
    PLAIN,
    TEXTS,
    class_entry,
    class_name,
    entries,
    is_a,
    is_class,
    is_just,
    kind_line,
    shown,
    stored,
)

# ---- sent from here on ----

# isort: split
from itertools import islice

PAGE_TEXT = 20000  # characters of a text in one answer
PAGE_BYTES = 4096
PAGE_ITEMS = 200
WHOLE_TEXT = 10000000  # characters in which lines are counted
MOST_SUMMED = 20000  # items of a list of which a curve is made


# -- text and bytes --------------------------------------------------------------------------


def of_written(value, look):
    """Tell of a page of a text, or of bytes."""
    if is_just(value, (bytes, bytearray)) and not (IS_2 and type(value) is str and is_ascii(value)):
        start = offset_in(look, len(value), PAGE_BYTES)
        body = base64.b64encode(bytes(value[start : start + PAGE_BYTES])).decode("ascii")
        told = {"kind": "hex", "offset": start, "total": len(value), "page": PAGE_BYTES}
        return {"body": dict(told, content=body)}
    if not is_just(value, TEXTS):
        return None
    start = offset_in(look, len(value), PAGE_TEXT)
    told = {"kind": "text", "offset": start, "total": len(value), "page": PAGE_TEXT}
    facts = []
    if len(value) <= WHOLE_TEXT:
        facts.append(["lines", str(value.count("\n") + bool(value) - value.endswith("\n"))])
    return {"facts": facts, "body": dict(told, content=value[start : start + PAGE_TEXT])}


def is_ascii(value):
    return all(9 <= ord(one) < 127 for one in value[:PAGE_TEXT])


def offset_in(look, total, page):
    """Return where the page begins that an asked offset lies in."""
    asked = max(0, min(int(look.get("offset", 0)), total - 1))
    return asked // page * page if total else 0


# -- what holds others -----------------------------------------------------------------------


def of_held(value, look):
    """Tell of a page of a container's items, read by the methods of the builtin types."""
    names = names_of_tuple(value)
    for kind in (list, tuple, dict, set, frozenset):
        if not is_a(value, kind):
            continue
        total = kind.__len__(value)
        start = offset_in(look, total, PAGE_ITEMS)
        pairs = page_of(value, kind, start)
        rows = []
        for at, (key, one) in enumerate(pairs, start):
            label = names[at] if names and at < len(names) else label_of(kind, key, at)
            rows.append([label] + told_of(one) + ["item", at, key_code(kind, key, at)])
        told = {"kind": "items", "rows": rows, "offset": start, "total": total, "page": PAGE_ITEMS}
        summary = summary_of(value) if kind in (list, tuple) else None
        return {"facts": kinds_within(pairs, total), "body": dict(told, curve=summary)}
    return None


def page_of(value, kind, start):
    """Return keys and values of a page; keys are None but in a dict."""
    for _ in range(3):
        try:
            if kind in (list, tuple):
                return [
                    (None, one) for one in kind.__getitem__(value, slice(start, start + PAGE_ITEMS))
                ]
            if kind is dict:
                each = dict.iteritems(value) if IS_2 else iter(dict.items(value))
                return list(islice(each, start, start + PAGE_ITEMS))
            return [(None, one) for one in islice(kind.__iter__(value), start, start + PAGE_ITEMS)]
        except RuntimeError:  # another thread changes it
            continue
    return []


def label_of(kind, key, at):
    if kind is dict:
        return cut(shown(key))
    return str(at) if kind in (list, tuple) else ""


def key_code(kind, key, at):
    """Return how the user would write the way to an item; empty where that cannot be said."""
    if kind in (list, tuple):
        return "[%d]" % at
    return "[%r]" % (key,) if kind is dict and is_just(key, PLAIN) and len(repr(key)) < 80 else ""


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
    return [["of", text + (" (seen)" if total > len(pairs) else "")]]


def summary_of(value):
    """Return a row of numbers as a curve, where a list holds nothing else; None where it does."""
    kind = list if is_a(value, list) else tuple
    total = kind.__len__(value)
    if total < 2:
        return None
    step = -(-total // MOST_SUMMED)
    some = kind.__getitem__(value, slice(0, total, step))
    if not all(is_just(one, (int, float)) for one in some):
        return None
    try:
        raw = struct.pack("<%dd" % len(some), *[finite(float(one)) for one in some])
    except OverflowError:  # whole numbers without end
        return None
    told = {"kind": "curve", "start": 0, "stop": total, "length": total, "step": step}
    text = base64.b64encode(raw).decode("ascii")
    return dict(told, unit="", low="", high="", mean=text)


def finite(number):
    return number if number - number == 0 else float("nan")


def of_record(value, look):
    """Tell of the fields of a dataclass or the member of an enumeration, as they are stored."""
    declared = class_entry(kind_line(value), "__dataclass_fields__")
    if declared and type(declared[0]) is dict and not is_class(value):
        names = [name for name, _ in entries(declared[0])]
    elif is_a(value, *types_of("enum", ("Enum",))) and not is_class(value):
        names = ["_name_", "_value_"]
    else:
        return None
    rows = []
    for name in names:
        found = stored(value, name)
        told = told_of(found[0]) if found else ["", "", None, "is not stored"]
        rows.append([name.strip("_") if name[:1] == "_" and name[-1:] == "_" else name] + told)
        rows[-1] += ["attribute", name, "." + name] if found else ["", 0, ""]
    return {"facts": [], "body": items_body(rows)}


def items_body(rows):
    return {
        "kind": "items",
        "rows": rows,
        "offset": 0,
        "total": len(rows),
        "page": max(1, len(rows)),
        "curve": None,
    }
