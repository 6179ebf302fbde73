"""How the probe finds an object that no name stands for; sent when it is first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
As there, nothing of the user's is run: items are read by the methods of the builtin containers,
whatever a class that inherits from them says.
"""

import sys

from vitrail_resources.kernel.probe_variables import class_of, told_of, types_of
from vitrail_resources.kernel.python_probe import (
    IS_2,
    OPERATIONS,
    Found,
    Unknown,
    attribute,
    entry,
    is_a,
    is_computed,
    is_just,
    kind_of,
    resolve,
    unknown,
)

# ---- sent from here on ----


def glance(question, budget):
    """Tell of what a path leads to what the list of variables tells, without its name."""
    found = locate(question["path"])
    if found.is_member and is_computed(found.value):
        raise Unknown("it is computed")
    value = found.value
    return {"row": [kind_of(value, found.is_member)] + told_of(value) + [id(value) % 2**53]}


def locate(path):
    """Return what a path leads to.

    A path is [name, step, ...], a step is [kind, at]; `STEPS` names the kinds. `at` is the name
    of an attribute, or the place of an item in the order of its container, from 0. With an empty
    name the first step says what there is: a module that is loaded.

    Raises:
        Unknown: There is nothing, or only the user's code could tell.
    """
    found = resolve(path[0]) if path[0] else Found(None)
    for kind, at in path[1:]:
        if found.is_member and is_computed(found.value):
            raise Unknown("%s is computed" % at)
        if kind not in STEPS:
            raise Unknown(kind)
        found = STEPS[kind](found.value, at)
    return found


def item(value, at):
    """Return the item at a place of a builtin container."""
    if at < 0:
        raise Unknown(at)
    for kind in (list, tuple):
        if is_a(value, kind):
            if at >= kind.__len__(value):
                raise Unknown(at)
            return Found(kind.__getitem__(value, at))
    if is_a(value, dict):
        return one_of(dict.itervalues(value) if IS_2 else dict.values(value), at)
    for kind in (set, frozenset):
        if is_a(value, kind):
            return one_of(kind.__iter__(value), at)
    raise Unknown("no items")


def one_of(values, at):
    for place, found in enumerate(values):
        if place == at:
            return Found(found)
    raise Unknown(at)


def loaded(value, name):
    """Return a module, whatever the user calls it."""
    module = entry(sys.modules, str(name))
    return Found(module[0]) if module else unknown(name)


def class_step(value, at):
    return Found(class_of(value))


def column_step(value, at):
    """Return a column of a frame of pandas or polars; of the subclass of one nothing."""
    if at < 0 or not is_just(
        value, types_of("pandas", ("DataFrame",)) + types_of("polars", ("DataFrame",))
    ):
        raise Unknown("no columns")
    if at >= value.shape[1]:
        raise Unknown(at)
    return Found(value.iloc[:, at] if hasattr(value, "iloc") else value.to_series(at))


def axes_in(shape, look):
    """Return the two axes that are shown, and where the others stay."""
    count = len(shape)
    axes = look.get("axes") or [count - 2, count - 1]
    if len(axes) != 2 or axes[0] == axes[1] or not all(0 <= axis < count for axis in axes):
        axes = [count - 2, count - 1]
    asked = look.get("at") or []
    at = [asked[axis] if axis < len(asked) else 0 for axis in range(count)]
    return axes, [min(max(0, int(where)), shape[axis] - 1) for axis, where in enumerate(at)]


STEPS = globals().setdefault("STEPS", {})  # other parts add to it, and this may be sent again
STEPS.update({"attribute": attribute, "item": item, "column": column_step})
STEPS.update({"module": loaded, "class": class_step})
OPERATIONS["glance"] = glance
