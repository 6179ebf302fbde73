"""How the probe draws the pictures of Pillow; sent when they are first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
A picture is of `PIL.Image.Image` or of a class of Pillow's own plug-ins. A file that was opened
and not yet read stays unread: reading it would change the user's object.
"""

import base64
import sys

from vitrail_resources.kernel.probe_arrays import MOST_BYTES, of_array, span
from vitrail_resources.kernel.probe_numbers import nothing
from vitrail_resources.kernel.probe_variables import module_of, types_of
from vitrail_resources.kernel.python_probe import Unknown, entry, is_a, own_dict

# ---- sent from here on ----

DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")  # more shades than a screen has


def is_pillow(value):
    """Tell whether a value is a picture of Pillow's own making."""
    if not is_a(value, *types_of("PIL.Image", ("Image",))):
        return False
    home = module_of(type(value))
    return home.startswith("PIL.") and any(
        type(value) is one for one in types_of(home, (type(value).__name__,))
    )


def of_image(value, look):
    """Tell of a picture: what it is, and the part that is looked at, in the pixels there are."""
    if not is_pillow(value):
        return None
    width, height = value.size
    facts = [["size", "%d x %d" % (width, height)], ["mode", value.mode]]
    if value.format:
        facts.append(["format", value.format])
    if not is_loaded(value):
        return {"facts": facts, "is_rich": True, "body": nothing("not-read-yet")}
    if not width or not height:
        return {"facts": facts, "body": nothing("empty")}
    numpy = sys.modules.get("numpy")
    if numpy is not None and value.mode in DEEP:
        told = of_array(numpy.asarray(value), look)
        return dict(told, facts=facts + told["facts"], shape=None)
    return {"facts": facts, "body": shrunk(value, look)}


def is_loaded(value):
    held = entry(own_dict(value), "_im") or entry(own_dict(value), "im")
    return bool(held) and held[0] is not None


def shrunk(value, look):
    columns, rows = span(look.get("x"), value.size[0]), span(look.get("y"), value.size[1])
    room = max(16, int(look.get("width", 400))), max(16, int(look.get("height", 400)))
    size = columns[1] - columns[0], rows[1] - rows[0]
    by = max(1, size[0] // room[0], size[1] // room[1])
    while (size[0] // by) * (size[1] // by) * 4 > MOST_BYTES:
        by += 1
    made = max(1, size[0] // by), max(1, size[1] // by)
    part = value.crop((columns[0], rows[0], columns[1], rows[1]))
    if by > 1:
        part = part.convert("RGBA").resize(made, 4)  # BOX
    told = {"kind": "picture", "shape": [value.size[1], value.size[0]], "rows": rows}
    cells = base64.b64encode(part.convert("RGBA").tobytes()).decode("ascii")
    return dict(told, columns=columns, size=[part.size[1], part.size[0]], channels=4, cells=cells)


def pixel_of(value, at, part):
    """Write the pixel at a row and a column."""
    if not is_pillow(value):
        return None
    if not is_loaded(value):
        raise Unknown("its file has not been read yet")
    return str(value.getpixel((at[1], at[0])))
