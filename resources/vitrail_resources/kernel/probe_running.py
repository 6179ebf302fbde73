"""How the probe runs what the user clicked: a property, a descriptor, an iterator.

Only what stands below the line goes into the kernel, into the namespace of the probe itself. Here
alone code of the user's runs. It is asked for on the main shell, so that it runs where the
user's cells run, between two of them, and an interrupt reaches it.
"""

import sys

from vitrail_resources.kernel.probe_members import expands
from vitrail_resources.kernel.probe_paths import STEPS, locate
from vitrail_resources.kernel.probe_variables import cut, told_of
from vitrail_resources.kernel.python_probe import (
    OPERATIONS,
    TEXTS,
    Found,
    Unknown,
    class_name,
    clock,
    is_just,
    kind_of,
    shown,
)

# ---- sent from here on ----

KEPT_MOST = 32
TAKEN_MOST = 50
# Another client may send this part again, and what it has kept for us has to stay.
kept = globals().setdefault("kept", {})
given = globals().setdefault("given", [0])  # the last number


def run(question, budget):
    """Get an attribute as the user's code would, or take items; keep what comes of it.

    The result is known by its number to the step "kept". An error is an answer, be it an
    interrupt or the end of the program.
    """
    owner, (step, at) = locate(question["path"][:-1]).value, question["path"][-1]
    began = clock()
    try:
        value = take(owner) if step == "items" else getattr(owner, str(at))
    except BaseException as error:
        return {"raised": of_error(error), "took_ms": since(began)}
    told = told_of(value)
    row = [kind_of(value), told[0], told[1], told[3], expands(value), id(value) % 2**53]
    return {"number": keep(value), "row": row, "took_ms": since(began)}


def since(began):
    return round(1000 * (clock() - began), 2)


def take(owner):
    return [one for _, one in zip(range(TAKEN_MOST), iter(owner))]  # takes no more than it tells


def keep(value):
    """Keep a value under a new number, and let the oldest go when there are many."""
    given[0] = number = given[0] + 1
    kept[number] = value
    for old in sorted(kept)[:-KEPT_MOST]:
        kept.pop(old, None)
    return number


def of_error(error):
    """Tell an error's type, what it was given, and where it came from; its `str` is not run."""
    args = BaseException.__dict__["args"].__get__(error)
    is_text = len(args) == 1 and is_just(args[0], TEXTS)
    text = args[0] if is_text else ", ".join(shown(one, 1) for one in args)
    code, line, trace = None, 0, sys.exc_info()[2]
    while trace is not None:
        code, line, trace = trace.tb_frame.f_code, trace.tb_lineno, trace.tb_next
    is_ours = code is None or code.co_filename == "<vitrail probe>"
    where = "" if is_ours else "line %d in %s" % (line, code.co_name)
    return [class_name(type(error)), cut(text), where]


def forget(question, budget):
    """Let go what was kept under numbers."""
    for number in question["numbers"]:
        kept.pop(number, None)
    return {"kept": len(kept)}


def of_kept(value, number):
    if number not in kept:
        raise Unknown("no longer kept")
    return Found(kept[number])


STEPS["kept"] = of_kept
OPERATIONS.update(run=run, forget=forget)
