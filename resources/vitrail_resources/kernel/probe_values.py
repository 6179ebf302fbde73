"""What the probe tells of a value for its picture; sent when it is first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run, but for the operation `show`, which the user asks for by a
click: it has the object write itself as the kernel's console would.
"""

import base64
import sys
import types

from vitrail_resources.kernel.probe_arrays import element_of, of_array, plain_array, product
from vitrail_resources.kernel.probe_held import (
    PAGE_COLUMNS,
    columns_of,
    of_held,
    of_object,
    of_record,
)
from vitrail_resources.kernel.probe_items import of_written, offset_in
from vitrail_resources.kernel.probe_numbers import nothing
from vitrail_resources.kernel.probe_paths import locate
from vitrail_resources.kernel.probe_pictures import is_pillow, of_image, pixel_of
from vitrail_resources.kernel.probe_scalars import is_path, of_scalar, state_of
from vitrail_resources.kernel.probe_variables import (
    of_library,
    told_of,
    types_of,
)
from vitrail_resources.kernel.python_probe import (
    IS_2,
    OPERATIONS,
    Unknown,
    has_method,
    is_a,
    is_class,
    is_computed,
    is_just,
    kind_of,
)

# ---- sent from here on ----

REPRS = ("_repr_html_", "_repr_png_", "_repr_svg_", "_repr_latex_", "_repr_markdown_")
REPRS += ("_repr_mimebundle_", "_repr_jpeg_", "_repr_json_")


def picture(question, budget):
    """Tell what a path leads to: type, facts, and a body that can be drawn.

    `look` says how it is looked at: width and height in pixels, ranges `x` and `y` of indices,
    `axes` and indices `at` of what has several dimensions, a `part`, a `way`, an `offset`.
    """
    found = locate(question["path"])
    if found.is_member and is_computed(found.value):
        raise Unknown("it is computed")
    value, look = found.value, question.get("look") or {}
    row = told_of(value)
    told = {"type": row[0], "size": row[1], "memory": row[2], "facts": [], "preview": row[3]}
    told.update(kind=kind_of(value, found.is_member), identity=id(value) % 2**53)
    told["is_rich"] = is_rich(value) and not types_known(value)
    for tell in (
        of_array,
        of_image,
        of_table,
        of_scalar,
        of_written,
        of_held,
        of_record,
        of_object,
    ):
        known = tell(value, look)
        if known is not None:
            told.update(known)
            break
    told["facts"] = basic_facts(value, told) + told["facts"]
    return told


def element(question, budget):
    """Write the element at an index in full."""
    value = locate(question["path"]).value
    for tell in (pixel_of, element_of):
        told = tell(value, question["at"], question.get("part", ""))
        if told is not None:
            return {"text": told[:400]}
    raise Unknown("no elements")


def show_rich(question, budget):
    """Have an object write itself in every way that the kernel's console knows."""
    value = locate(question["path"]).value
    if is_path(value):
        return {"said": state_of(value)}
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        raise Unknown("there is no IPython")
    made = module.InteractiveShell.instance().display_formatter.format(value)
    data, metadata = made if type(made) is tuple else (made, {})
    told = {}
    for mime in sorted(data, key=lambda mime: len(data[mime])):
        one = data[mime]
        if type(one) is bytes and not (IS_2 and mime.startswith("text/")):
            one = base64.b64encode(one).decode("ascii")
        if budget.is_spent(len(one)):
            break
        told[mime] = one
    return {"data": told, "metadata": dict((k, v) for k, v in metadata.items() if k in told)}


def is_rich(value):
    """Tell whether an object has a say in how the console shows it, besides its text."""
    if is_class(value) or is_a(value, types.ModuleType):
        return False
    if any(has_method(value, name) for name in REPRS):
        return True
    return is_a(value, *types_of("matplotlib.figure", ("Figure",)))


def types_known(value):
    """Tell whether a value is of a library whose values are drawn, or have a page of their own."""
    return of_library(value) is not None or is_pillow(value)


def basic_facts(value, told):
    """Return what is true of any value of its type."""
    facts, shape, array = [], told.get("shape"), plain_array(value)
    if shape is not None:
        facts.append(["shape", " x ".join(str(size) for size in shape) or "()"])
        if len(shape) > 1:
            facts.append(["elements", str(product(shape))])
    elif told["size"]:
        facts.append(["length", told["size"]])
    if array is not None and str(array[0].dtype) not in told["type"]:
        facts.append(["dtype", str(array[0].dtype)])
    memory = told["memory"] if array is None else int(array[0].nbytes)
    return facts if memory is None else facts + [["memory", memory]]


# -- the rest --------------------------------------------------------------------------------


def of_table(value, look):
    """Tell of frames, and of arrays whose elements are no numbers: they are looked at as a grid."""
    frames = types_of("pandas", ("DataFrame", "Series")) + types_of(
        "polars", ("DataFrame", "Series")
    )
    arrays = types_of("numpy", ("ndarray", "memmap")) + types_of("numpy.ma", ("MaskedArray",))
    if not is_just(value, frames + arrays) or value.shape == ():
        return None
    told = {"shape": [int(size) for size in value.shape], "ways": [], "way": ""}
    if is_just(value, frames) and len(value.shape) == 2:
        return dict(told, body=columns_of(value, offset_in(look, value.shape[1], PAGE_COLUMNS)))
    return dict(told, body=nothing("no-numbers"))


OPERATIONS.update(picture=picture, element=element, show=show_rich)
