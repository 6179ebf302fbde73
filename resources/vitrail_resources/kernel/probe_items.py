"""How the probe tells a page of what is long: text, bytes, containers; sent when first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
"""

import base64
import struct

from vitrail_resources.kernel.python_probe import (
    IS_2,
    TEXTS,
    is_a,
    is_just,
)

# ---- sent from here on ----

# isort: split

PAGE_TEXT = 20000  # characters of a text in one answer
PAGE_BYTES = 4096
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


# -- rows of numbers ------------------------------------------------------------------------


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
