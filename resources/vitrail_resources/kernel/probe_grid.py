"""What the probe tells of tables, a page at a time; sent when one is first looked at.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.

A view is a table and an order of its rows. It holds no object of the user's, but the path to it,
and what tells another object from it; the table is looked up anew for each question.
"""

from vitrail_resources.kernel.probe_grid_cells import known
from vitrail_resources.kernel.probe_grid_order import arranged, prints_of
from vitrail_resources.kernel.probe_grid_tables import Changed, Rows, slice_of, table_of
from vitrail_resources.kernel.probe_grid_vectors import Refused
from vitrail_resources.kernel.probe_paths import axes_in, locate
from vitrail_resources.kernel.probe_variables import types_of
from vitrail_resources.kernel.python_probe import OPERATIONS, Unknown, clock, is_computed, is_just

# isort: split
# ---- sent from here on ----

import collections

LONGEST_CELL, SHORTEST_CELL = 300, 24
MOST_VIEWS = 24
FOUND_ROWS = 2000  # that are looked at between two looks at the clock
MOST_PAGE_CELLS = 40000
views = collections.OrderedDict()


class View(object):
    """A table that is looked at, and the order of its rows; `order` None is their own."""

    def __init__(self, path, look, table):
        self.path, self.look, self.mark, self.order = path, look, table.mark(), None
        self.size, self.wanted, self.prints = table.rows, [[], []], []


def guarded(operation):
    """Return an operation that tells what stands in its way as an answer."""

    def told(question, budget):
        known.look()
        try:
            return operation(question, budget)
        except Changed as error:
            return {"state": error.state, "why": error.why}

    return told


def grid_open(question, budget):
    """Look at a table, or anew at one; tell its shape and its columns, as the budget allows.

    Who asks names the view. `again` says that the same object was looked at under that name.
    `sort` and `filters` are as in `arranged`; where that cannot be, `refused` says why. An order
    that was made before stays while the columns it was made of hold what they held. Of an array
    with more than two axes a plane is looked at: `slice` has `axes` and `at` as in `plane_of`, and
    so has the answer, with the `shape` of the whole.
    """
    view = views.pop(question["view"], None)
    look = question.get("slice") or {}
    table, plane = table_at(question["path"], look)
    again = view is not None and view.path == question["path"] and view.mark == table.mark()
    views[question["view"]] = view if again else View(question["path"], look, table)
    views[question["view"]].look = look
    while len(views) > MOST_VIEWS:
        views.popitem(False)
    refused = arrange(views[question["view"]], table, question)
    told = dict(table.about(), state="open", rows=table.rows, columns=table.columns, again=again)
    told.update(plane, shown=views[question["view"]].size, refused=refused)
    told["names"] = names_from(table, 0, budget)
    return told


def arrange(view, table, question):
    """Give a view the order that is asked for; say why it cannot have it, or nothing."""
    sort = [one for one in question.get("sort", ()) if one[0] < table.columns]
    filters = [one for one in question.get("filters", ()) if one[0] < table.columns]
    wanted, why = [sort, filters], ""
    if not sort and not filters:
        view.order, view.size, view.wanted = None, table.rows, wanted
        return why
    try:
        columns = sorted({one[0] for one in sort + filters})
        prints = prints_of(table, columns)
        if view.wanted != wanted or view.prints != prints:
            view.order = arranged(table, sort, filters)
            view.wanted, view.prints = wanted, prints
    except Refused as error:
        view.order, view.wanted, why = None, [[], []], error.why
    view.size = table.rows if view.order is None else len(view.order)
    return why


def grid_columns(question, budget):
    """Tell of further columns, those from `after` on."""
    _, table = view_of(question)
    return {"state": "open", "names": names_from(table, question["after"], budget)}


def names_from(table, after, budget):
    told = []
    for at in range(after, table.columns):
        column = table.column(at)
        told.append(column)
        if budget.is_spent(len(column[0]) + len(column[2]) + 20) or clock() > budget.ends:
            break
    return told


def grid_page(question, budget):
    """Tell the cells of some rows, from `first` on, in some columns: a list for each column."""
    view, table = view_of(question)
    columns = [at for at in question["columns"] if 0 <= at < table.columns]
    count = min(question["count"], MOST_PAGE_CELLS // max(1, len(columns) + table.levels))
    first = max(0, min(question["first"], view.size))
    last = min(view.size, first + count)
    rows = Rows(first, last, view.order)
    each = budget.bytes_left // max(1, (len(columns) + table.levels) * (last - first))
    longest = max(SHORTEST_CELL, min(question.get("longest", LONGEST_CELL), each))
    labels = table.labels(rows, longest)
    if view.order is not None and not table.levels:
        labels = [[str(place) for place in rows.places()]]
    return {
        "state": "open",
        "first": first,
        "labels": labels,
        "cells": [table.cells(at, rows, longest) for at in columns],
    }


def grid_find(question, budget):
    """Tell the next row, from `first` on, in whose cell of a column a text is found.

    `row` is None where there was none as far as was looked; `next` is where to look on, None at
    the end. With `step` -1 rows are looked at upwards.
    """
    view, table = view_of(question)
    wanted, step = question["text"].lower(), question.get("step", 1)
    first = question["first"]
    while 0 <= first < view.size:
        start = first if step > 0 else max(0, first - FOUND_ROWS + 1)
        rows = Rows(
            start, min(view.size, start + FOUND_ROWS if step > 0 else first + 1), view.order
        )
        cells = table.cells(question["column"], rows, LONGEST_CELL)
        places = range(len(cells)) if step > 0 else range(len(cells) - 1, -1, -1)
        for place in places:
            if type(cells[place]) is not int and wanted in plain_text(cells[place]).lower():
                return {"state": "open", "row": start + place, "next": None}
        first = start + len(cells) if step > 0 else start - 1
        if clock() > budget.ends:
            break
    return {"state": "open", "row": None, "next": first if 0 <= first < view.size else None}


def plain_text(cell):
    return cell[0] if type(cell) is list else cell


def grid_close(question, budget):
    """Forget a view."""
    views.pop(question["view"], None)
    return {"state": "closed"}


def view_of(question):
    """Return a view and its table.

    Raises:
        Changed: It was forgotten, or its table is no longer the same.
    """
    view = views.pop(question["view"], None)
    if view is None:
        raise Changed("forgotten")
    views[question["view"]] = view  # the last one to be forgotten
    table, _ = table_at(view.path, view.look)
    if table.mark() != view.mark:
        raise Changed("changed")
    return view, table


def table_at(path, look):
    """Return the table that is found there, and what is to be told of the plane that it is."""
    try:
        found = locate(path)
    except Unknown:
        raise Changed("gone")
    if found.is_member and is_computed(found.value):
        raise Changed("refused", "computed")
    value, plane = plane_of(found.value, look)
    return table_of(value), plane


def plane_of(value, look):
    """Return a plane of an array, or of another value all of it; and what is to be told of that.

    The first axis of `look["axes"]` goes down, the second one right; `look["at"]` has the places
    on the others.
    """
    if not is_just(value, types_of("numpy", ("ndarray",))) or value.ndim < 3:
        return value, {}
    if 0 in value.shape:
        raise Changed("refused", "empty-array", shape=" x ".join(map(str, value.shape)))
    axes, at = axes_in(value.shape, look)
    part = slice_of(value, [None if axis in axes else one for axis, one in enumerate(at)]).value
    told = {"shape": [int(size) for size in value.shape], "axes": axes, "at": at}
    return part.T if axes[0] > axes[1] else part, told


for made in (grid_open, grid_columns, grid_page, grid_find, grid_close):
    OPERATIONS[made.__name__] = guarded(made)
