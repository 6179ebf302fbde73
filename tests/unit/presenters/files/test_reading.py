import json

import pytest

from support.transcripts import INFO, session
from vitrail.presenters.files.notebook import notebook_pieces
from vitrail.presenters.files.notebook_reading import cells_of_notebook, read_notebook
from vitrail.presenters.files.script_reading import cells_of
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.cells import Cell, CellStatus, Notice


def test_a_script_is_cut_at_its_markers() -> None:
    source = "# %% one\na = 1\n\n# %%\nb = 2\n  #%% three\nc"
    assert cells_of(source) == ("a = 1", "b = 2", "c")


def test_a_script_without_markers_is_one_cell() -> None:
    assert cells_of("a = 1\nb = 2\n") == ("a = 1\nb = 2",)


def test_cells_that_hold_nothing_are_left_out() -> None:
    assert cells_of("# %%\n\n# %%\n   \n") == ()
    assert cells_of("") == ()


def test_indentation_of_a_cells_first_line_is_kept() -> None:
    assert cells_of("# %%\n    indented") == ("    indented",)


def test_a_notebook_gives_its_code_cells() -> None:
    cells = [
        {"cell_type": "markdown", "source": "# t"},
        {"cell_type": "code", "source": ["a\n", "b"]},
        {"cell_type": "code", "source": "c"},
        {"cell_type": "code", "source": ""},
    ]
    assert cells_of_notebook(json.dumps({"cells": cells}), "n.ipynb") == ("a\nb", "c")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 5}', '{"cells": [{}]}', "\x00"])
def test_what_is_no_notebook_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match=r"n\.ipynb is not a notebook"):
        cells_of_notebook(text, "n.ipynb")


def test_a_notebook_that_was_saved_and_opened_is_saved_the_same() -> None:
    kernel = KernelName("python3", "Python 3")
    first = "".join(notebook_pieces(ExportSource(session().entries, INFO, kernel)))
    opened = read_notebook(first, "n.ipynb")
    assert "".join(notebook_pieces(ExportSource(opened.entries, INFO, kernel))) == first


def test_cells_come_back_with_their_outputs_and_how_they_ended() -> None:
    text = "".join(notebook_pieces(ExportSource(session().entries, INFO)))
    cells = [entry for entry in read_notebook(text, "n").entries if isinstance(entry, Cell)]
    told = [(cell.count, cell.status, len(cell.outputs)) for cell in cells]
    done, failed, aborted = CellStatus.DONE, CellStatus.FAILED, CellStatus.ABORTED
    assert told == [
        (1, done, 0),
        (2, done, 2),
        (3, done, 1),
        (4, done, 1),
        (5, done, 3),
        (6, failed, 1),
        (None, aborted, 0),
        (8, done, 0),
    ]
    assert (cells[0].started_at, cells[0].finished_at) == (1.0, 1.5)


def test_a_notebook_of_2013_is_opened() -> None:
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Title"},
                    {
                        "cell_type": "code",
                        "collapsed": False,
                        "input": ["6*7\n", "8"],
                        "language": "python",
                        "metadata": {},
                        "outputs": [
                            {
                                "output_type": "pyout",
                                "prompt_number": 3,
                                "text": ["42"],
                                "metadata": {},
                            },
                            {"output_type": "stream", "stream": "stderr", "text": "careful"},
                        ],
                        "prompt_number": 3,
                    },
                ],
            }
        ],
    }
    text = json.dumps(old)
    assert cells_of_notebook(text, "n") == ("6*7\n8",)
    title, cell = read_notebook(text, "n").entries
    assert isinstance(title, Notice)
    assert title.text == "# Title"
    assert isinstance(cell, Cell)
    assert (cell.count, len(cell.outputs)) == (3, 2)


@pytest.mark.parametrize(
    "output",
    [
        5,
        {},
        {"output_type": "levitate"},
        {"output_type": "stream"},
        {"output_type": "stream", "text": 5},
        {"output_type": "error", "traceback": 5},
        {"output_type": "display_data", "data": [], "metadata": 7},
        {"output_type": "execute_result", "data": {"image/png": 5}, "execution_count": "x"},
    ],
)
def test_an_output_that_is_not_as_it_should_be_costs_nothing_else(output: object) -> None:
    cell = {"cell_type": "code", "source": "x", "outputs": [output], "metadata": 5, "id": 5}
    transcript = read_notebook(json.dumps({"cells": [cell, cell]}), "n")
    assert len(transcript.entries) == 2
    assert "".join(notebook_pieces(ExportSource(transcript.entries, INFO)))


@pytest.mark.parametrize("text", ['{"worksheets": [], "nbformat": 1}', "[" * 100_000])
def test_what_nobody_can_read_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match=r"n\.ipynb is not a notebook"):
        read_notebook(text, "n.ipynb")
