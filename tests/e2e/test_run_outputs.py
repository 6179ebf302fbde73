"""`vitrail run`: whatever a cell puts out survives the way into text, notebook and picture."""

from typing import Any

import pytest

from support.pictures import colours
from support.program import Home

ALL = ("--to", "out.ipynb", "--to", "out.txt", "--grab", "out.png")

MAGENTA_FIGURE = """\
%matplotlib inline
import matplotlib.pyplot as plt
figure = plt.figure(figsize=(3, 2), facecolor='#ff00ff')
plt.plot([1, 3, 2])
plt.show()
"""

STRANGE = {
    "NUL": ("a\\0b", "a␀b"),
    "controls": ("a\\x07\\x01\\x7fb", "b"),
    "combining": ("e\\u0301 n\\u0303\\u0323", "e\u0301 n\u0303\u0323"),
    "right to left": (
        "\\u05e9\\u05dc\\u05d5\\u05dd \\u0645\\u0631\\u062d\\u0628\\u0627",
        "שלום مرحبا",
    ),
    "overrides": ("\\u202eabc\\u202c\\u2066d\\u2069", "\u202eabc\u202c\u2066d\u2069"),
    "emoji": (
        "\\U0001f9f5\\U0001f468\\u200d\\U0001f469\\u200d\\U0001f467\\ufe0f",
        "🧵👨\u200d👩\u200d👧\ufe0f",
    ),
    "lone low surrogate": ("a\\udc80b", "b"),
    "separators": ("a\\u2028b\\u2029c\\x85d", "d"),
    "unfinished escape": ("a\\x1b[38;5", "a"),
    "no text": ("", ""),
}
"""No lone high surrogate: ipykernel 7.4 has no UTF-8 for it. Its thread that sends outputs raises,
and may then sleep on what waits, so that each flush takes 10 s. What we do with one from other
kernels is in test_wire.py and test_lenient.py.
"""


def only_outputs(home: Home) -> list[Any]:
    """Return the outputs of the only cell."""
    [cell] = home.notebook().cells
    return list(cell.outputs)


def test_strange_text_comes_through_everything(home: Home) -> None:
    for literal, _ in STRANGE.values():
        lines = f"import sys; _ = sys.stdout.write('{literal}\\nend\\n')\n# %%\n"
        with (home.desk / "script.py").open("a") as script:
            script.write(lines)
    assert home.run("script.py", *ALL).status == 0
    text = (home.desk / "out.txt").read_text("utf-8")
    saved = ["".join(o.text for o in cell.outputs) for cell in home.notebook().cells]
    for (what, (_, shown)), output in zip(STRANGE.items(), saved, strict=True):
        assert shown in output, what
        assert output in text, what
    assert colours(home.desk / "out.png")


def test_strange_text_comes_through_results_and_errors(home: Home) -> None:
    code = (
        "class Strange:\n"
        "    def __repr__(self):\n"
        "        return 'r\\0\\udc80\\u202e\\x1b[31m'\n"
        "Strange()"
    )
    done = home.run("-c", code, "-c", "raise Exception('e\\0\\udc80\\u202e')", *ALL)
    assert done.status == 1
    assert [cell.execution_count for cell in home.notebook().cells] == [1, 2]


def test_code_that_is_not_unicode_is_run_and_saved(home: Home) -> None:
    home.desk.joinpath("script.py").write_bytes(b"print('caf\xe9')\n")
    done = home.run("script.py")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("vitrail run: script.py cannot be read: ")
    # What a shell passes on is not always UTF-8 either.
    done = home.run("-c", "print(ascii('\udce9'))", *ALL)
    assert (done.status, done.stderr) in [(0, ""), (1, "")]
    assert home.notebook().cells[0].source.startswith("print(ascii('")


def test_terminal_that_cannot_show_a_character_gets_an_escape(home: Home) -> None:
    done = home.run("-c", "print('a\\u2603b')", PYTHONIOENCODING="ascii")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.endswith("a\\u2603b\n")


def test_colours_stay_in_the_notebook(home: Home) -> None:
    done = home.run("-c", r"print('\x1b[31mred\x1b[0m plain \x1b[1;38;5;208mbold\x1b[m')", *ALL)
    assert done.status == 0
    [output] = only_outputs(home)
    before, _, after = output.text.partition("red")
    assert before == "\x1b[31m"
    assert after.startswith("\x1b[")
    assert "38;5;208" in after
    assert "\x1b" not in (home.desk / "out.txt").read_text("utf-8")


def test_traceback_keeps_its_colours_and_names(home: Home) -> None:
    done = home.run("-c", "1/0", *ALL)
    assert done.status == 1
    [output] = only_outputs(home)
    assert (output.output_type, output.ename) == ("error", "ZeroDivisionError")
    assert output.evalue == "division by zero"
    assert "\x1b[" in "\n".join(output.traceback)
    assert "ZeroDivisionError: division by zero" in (home.desk / "out.txt").read_text("utf-8")


def test_streams_are_told_apart(home: Home) -> None:
    code = "import sys; print('to out', flush=True); print('to err', file=sys.stderr, flush=True)"
    assert home.run("-c", code, *ALL).status == 0
    found = {output.name: output.text for output in only_outputs(home)}
    assert found == {"stdout": "to out\n", "stderr": "to err\n"}


def test_update_reaches_a_display_of_an_earlier_cell(home: Home) -> None:
    first = "from IPython.display import display\nhandle = display('old', display_id=True)"
    assert home.run("-c", first, "-c", "handle.update('new')", *ALL).status == 0
    shown, updating = home.notebook().cells
    assert [output.data["text/plain"] for output in shown.outputs] == ["'new'"]
    assert updating.outputs == []
    assert "old" not in (home.desk / "out.txt").read_text("utf-8").replace("display('old'", "")


@pytest.mark.parametrize(("wait", "left"), [(False, "3\n"), (True, "3\n")])
def test_cleared_output_is_gone(home: Home, wait: bool, left: str) -> None:
    code = (
        "from IPython.display import clear_output\n"
        f"for i in range(4):\n    clear_output(wait={wait})\n    print(i, flush=True)"
    )
    assert home.run("-c", code, *ALL).status == 0
    assert [output.text for output in only_outputs(home)] == [left]


def test_progress_line_is_saved_as_it_looked_last(home: Home) -> None:
    code = "for i in range(101):\n    print(f'\\r{i} %', end='', flush=True)"
    assert home.run("-c", code, *ALL).status == 0
    [output] = only_outputs(home)
    assert output.text == "100 %"


def test_figure_is_in_the_notebook_and_in_the_picture(home: Home) -> None:
    done = home.run("-c", MAGENTA_FIGURE, *ALL)
    assert done.status == 0, done.stderr
    [figure] = [output for output in only_outputs(home) if output.output_type == "display_data"]
    assert figure.data["image/png"].startswith("iVBORw0KGgo")
    assert colours(home.desk / "out.png")[0xFF00FF] > 10_000


def test_mime_bundle_with_wrong_values_is_saved(home: Home) -> None:
    """A custom renderer may send anything; nbformat wants text, JSON only under +json."""
    code = (
        "from IPython.display import display\n"
        "display({'text/plain': 'here', 'text/html': 5, 'image/png': {}, 'text/x': None,\n"
        "         'application/json': 'text', 'text/latex': ['a', 'b'], 'image/svg+xml': [1]},\n"
        "        raw=True, metadata={'image/png': 7, 'isolated': [1]})"
    )
    done = home.run("-c", code, *ALL)
    assert (done.status, done.stderr) == (0, "")
    [output] = only_outputs(home)
    assert output.data["text/plain"] == "here"


def test_ten_megabytes_of_lines_are_all_there(home: Home) -> None:
    done = home.run("-c", "for i in range(131072): print(f'{i:079}')", *ALL)
    assert done.status == 0, done.stderr
    [output] = only_outputs(home)
    assert len(output.text) == 131072 * 80
    assert output.text.endswith("131071\n")
    assert "shows the first" in done.stderr  # what a PNG can hold
    assert (home.desk / "out.txt").read_text("utf-8").count("\n") == 131072 + 1


def test_ten_megabytes_in_one_line_are_all_there(home: Home) -> None:
    done = home.run("-c", "print('x' * 10_000_000)", "-c", "'y' * 1_000_000", *ALL)
    assert done.status == 0, done.stderr
    line, result = home.notebook().cells
    assert line.outputs[0].text == "x" * 10_000_000 + "\n"
    assert result.outputs[0].data["text/plain"] == repr("y" * 1_000_000)


def test_question_fails_in_the_cell_that_asks(home: Home) -> None:
    done = home.run("-c", "input('name? ')", "--to", "out.ipynb")
    assert done.status == 1
    [output] = only_outputs(home)
    assert output.ename == "StdinNotImplementedError"


def test_cell_that_raises_is_the_last(home: Home) -> None:
    done = home.run("-c", "x = 1", "-c", "1/0", "-c", "x = 2", "--to", "out.ipynb")
    assert (done.status, done.stderr) == (1, "")
    cells = home.notebook().cells
    assert [cell.execution_count for cell in cells] == [1, 2, None]
    assert cells[2].outputs == []
