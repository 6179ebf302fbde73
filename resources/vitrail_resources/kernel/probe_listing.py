"""What the probe tells of the user's variables; sent when they are first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.

Who asks again is told only what has changed since. What it takes to know that is kept: which
object a name stood for, and a hash of what was told of it. Numbers and short texts, which cannot
change, are kept themselves, so that nothing else comes to be at their place in memory; no other
object of the user's is.
"""

import re
import sys

from vitrail_resources.kernel.probe_variables import class_of, told_of
from vitrail_resources.kernel.python_probe import (
    ABSENT,
    OPERATIONS,
    PLAIN,
    class_name,
    clock,
    entries,
    is_a,
    kind_of,
    namespaces,
)

# isort: split
# ---- sent from here on ----

import collections

NOT_THE_USERS = {"In", "Out", "get_ipython", "exit", "quit", "open", "_dh", "_ih", "_oh"}
is_of_ipython = re.compile(r"_+$|_i+$|_i?\d+$|__.*__$|_exit_code$").match
IN_FULL, IN_ALL = 0.5, 0.7  # shares of the time of an answer; the rest is for its writing
MOST_LISTENERS = 8
KEPT_BYTES = 300
ROW_BYTES = 60
MEMORY, PREVIEW = 4, 5  # places in a row
plain_types = frozenset(id(kind) for kind in PLAIN)
listeners = collections.OrderedDict()


class Listener(object):
    """What somebody was told.

    `told` has for each name what it stood for, if that is kept, its identity, and a hash of its
    row; None while the row was brief.
    """

    def __init__(self):
        self.stamp, self.told, self.looked = 0, {}, 0

    def note(self, name, value, row):
        mark = None if row[PREVIEW] is None else hash(tuple(row))
        keeps = id(type(value)) in plain_types and mark is not None and row[MEMORY] <= KEPT_BYTES
        self.told[name] = (value if keeps else ABSENT, id(value), mark)


def variables(question, budget):
    """List those of the user's variables that are not as the listener was told.

    A row is [name, kind, type, size, bytes, preview, identity]: size is what `len` or `shape`
    says, as text; bytes is None where nobody knows without running code. When half of the time is
    over, rows are brief: their preview is None, size and bytes are not told; `previews` tells
    them, or this when it is asked again.

    `listener` is a name that who asks has chosen, `since` the `stamp` of the last answer that
    came. If that is not the last one that was given, or there is none, `whole` is true: all that
    was told before is void. `gone` are names that are no more; `unseen` those that stand for what
    they did, and into which there was no time to look. Where `complete` is false there are
    variables that were never told, for want of time or bytes.
    """
    began, listener = clock(), listener_of(question)
    whole = not listener.told
    in_full, budget.ends = [began + (budget.ends - began) * part for part in (IN_FULL, IN_ALL)]
    space = users()
    gone = [name for name in listener.told if name not in space]
    for name in gone:
        del listener.told[name]
    new, known = parted(space, listener.told)
    rows, is_complete = [], True
    for name, value in new:
        row = row_of(name, value) if clock() < in_full else brief_row(name, value)
        if budget.is_spent(size_of_row(row)) and rows:
            is_complete = False
            break
        rows.append(row)
        listener.note(name, value, row)
    if is_complete:
        unseen = look_again(listener, rows, known, budget)
    else:
        unseen = [name for name, _ in known]
    listener.stamp += 1
    told = {"variables": rows, "complete": is_complete, "whole": whole, "stamp": listener.stamp}
    told.update(gone=gone, unseen=unseen)
    return told


def listener_of(question):
    """Return who asks, anew if the last answer did not arrive."""
    name = question.get("listener", "")
    listener = listeners.pop(name, None)
    if listener is None or listener.stamp != question.get("since", 0):
        listener = Listener()
    listeners[name] = listener
    while len(listeners) > MOST_LISTENERS:
        listeners.popitem(False)
    return listener


def parted(space, told):
    """Return which variables are new, and which were told before but may have changed since."""
    new, known = [], []
    for pair in space.items():
        name, value = pair
        before = told.get(name)
        if before is None or before[1] != id(value):
            new.append(pair)
        elif before[2] is None or before[0] is not value:
            known.append(pair)
    return new, known


def look_again(listener, rows, pairs, budget):
    """Add the rows that are others now; return the names for which there was no time.

    The next time those come first.
    """
    start = listener.looked % len(pairs) if pairs else 0
    pairs = pairs[start:] + pairs[:start]
    for at, (name, value) in enumerate(pairs):
        if clock() > budget.ends or budget.bytes_left < 0:
            listener.looked = start + at
            return [name for name, _ in pairs[at:]]
        row = row_of(name, value)
        if listener.told[name][2] != hash(tuple(row)):
            rows.append(row)
            listener.note(name, value, row)
            budget.is_spent(size_of_row(row))
    return []


def previews(question, budget):
    """Tell the whole rows of variables, those that are still there."""
    wanted, space = set(question["names"]), namespaces()[0]
    rows = []
    for name, value in entries(space):
        if name in wanted:
            row = row_of(name, value)
            if budget.is_spent(size_of_row(row)) and rows:
                break
            rows.append(row)
    return {"variables": rows}


def variables_close(question, budget):
    """Forget what somebody was told."""
    listeners.pop(question["listener"], None)
    return {"closed": True}


def users():
    """Return the names and values that are the user's own."""
    hidden, found = hidden_names(), {}
    for name, value in entries(namespaces()[0]):
        if name in NOT_THE_USERS or hidden.get(name, hidden) is value:
            continue
        if name[:1] != "_" or not is_of_ipython(name):
            found[name] = value
    return found


def row_of(name, value):
    return [name, kind_of(value)] + told_of(value) + [id(value) % 2**53]


def brief_row(name, value):
    kind = class_name(class_of(value))
    return [name, kind_of(value), kind, "", None, None, id(value) % 2**53]


def size_of_row(row):
    return len(row[0]) + len(row[PREVIEW] or "") + ROW_BYTES


def hidden_names():
    """Return what IPython put into the namespace itself."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return {}
    kept = getattr(module.InteractiveShell.instance(), "user_ns_hidden", None)
    if is_a(kept, dict):
        return dict(entries(kept))
    space = namespaces()[0]  # before IPython 3 a set of names
    return dict((name, dict.get(space, name)) for name in kept or () if type(name) is str)


OPERATIONS.update(variables=variables, previews=previews, variables_close=variables_close)
