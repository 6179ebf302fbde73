import json

import pytest

from vitrail.headless.sections import cells_of, cells_of_notebook
from vitrail.protocol.errors import UsageError


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
