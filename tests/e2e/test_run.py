"""`vitrail run`: what goes in, and what comes out of it."""

import subprocess
import sys
from pathlib import Path

from support.patience import PATIENCE_S
from support.pictures import colours
from support.program import Home

IPYTHON_CELLS = """\
x = 6

# %% a name, and a magic below
%precision 2
x * 7

# %%
x / 7
"""


def test_notebook_holds_input_and_result(home: Home) -> None:
    done = home.run("-c", "6*7", "--to", "out.ipynb")
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    notebook = home.notebook()
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.language_info.name == "python"
    [cell] = notebook.cells
    assert (cell.source, cell.execution_count) == ("6*7", 1)
    [output] = cell.outputs
    assert (output.output_type, output.execution_count) == ("execute_result", 1)
    assert output.data == {"text/plain": "42"}


def test_command_of_the_installation_is_the_program(home: Home) -> None:
    command = [str(Path(sys.executable).with_name("vitrail")), "run", "-c", "6*7"]
    done = subprocess.run(
        command,
        env=home.variables,
        cwd=home.desk,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "In [1]: 6*7\nOut[1]: 42\n", "")


def test_without_a_target_the_transcript_goes_to_stdout(home: Home) -> None:
    done = home.run("-c", "x = 6\nx", "-c", "print('é ☃ 🧵')", "-c", "x * 7")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == (
        "In [1]: x = 6\n"
        "   ...: x\n"
        "Out[1]: 6\n"
        "\n"
        "In [2]: print('é ☃ 🧵')\n"
        "é ☃ 🧵\n"
        "\n"
        "In [3]: x * 7\n"
        "Out[3]: 42\n"
    )


def test_script_is_cut_at_its_sections(home: Home) -> None:
    home.write("script.py", IPYTHON_CELLS)
    assert home.run("script.py", "--to", "out.ipynb").status == 0
    cells = home.notebook().cells
    assert [cell.source for cell in cells] == ["x = 6", "%precision 2\nx * 7", "x / 7"]
    assert [cell.execution_count for cell in cells] == [1, 2, 3]
    assert cells[2].outputs[0].data["text/plain"] == "0.86"


def test_code_cells_of_a_notebook_are_run(home: Home) -> None:
    assert home.run("-c", "x = 'first'", "-c", "x", "--to", "in.ipynb").status == 0
    text = (home.desk / "in.ipynb").read_text("utf-8").replace("first", "second")
    home.write("in.ipynb", text)
    assert home.run("in.ipynb", "--to", "out.ipynb").status == 0
    notebook = home.notebook()
    assert [cell.source for cell in notebook.cells] == ["x = 'second'", "x"]
    assert notebook.cells[1].outputs[0].data["text/plain"] == "'second'"


def test_stdin_is_read(home: Home) -> None:
    done = home.run("-", stdin="y = 'é'\n# %%\ny\n".encode())
    assert (done.status, done.stdout) == (0, "In [1]: y = 'é'\n\nIn [2]: y\nOut[2]: 'é'\n")


def test_every_target_is_written(home: Home) -> None:
    targets = ("--to", "out.txt", "--to", "out.ipynb", "--to", "out.PNG", "--grab", "grab.png")
    done = home.run("-c", "6*7", *targets)
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    assert (home.desk / "out.txt").read_text("utf-8") == "In [1]: 6*7\nOut[1]: 42\n"
    assert home.notebook().cells[0].outputs[0].data == {"text/plain": "42"}
    assert len(colours(home.desk / "out.PNG")) > 10  # prompts, code and anti-aliased edges
    assert (home.desk / "out.PNG").read_bytes() == (home.desk / "grab.png").read_bytes()


def test_picture_is_painted_in_the_theme_that_is_asked_for(home: Home) -> None:
    for theme in ("light", "dark"):
        home.run("-c", "6*7", "--grab", f"{theme}.png", "--theme", theme)
    light, dark = (colours(home.desk / f"{name}.png") for name in ("light", "dark"))
    assert light.most_common(1)[0][0] > dark.most_common(1)[0][0]


def test_target_is_replaced(home: Home) -> None:
    home.write("out.txt", "of old" * 1000)
    assert home.run("-c", "6*7", "--to", "out.txt").status == 0
    assert (home.desk / "out.txt").read_text("utf-8") == "In [1]: 6*7\nOut[1]: 42\n"


def test_cells_run_in_the_directory_of_the_caller(home: Home) -> None:
    done = home.run("-c", "import os; print(os.getcwd())")
    assert done.stdout.splitlines()[-1] == str(home.desk)


def test_empty_cells_are_left_out(home: Home) -> None:
    done = home.run("-c", "", "-c", " \n", "-c", "6*7")
    assert (done.status, done.stdout) == (0, "In [1]: 6*7\nOut[1]: 42\n")
    home.write("empty.py", "# %%\n\n# %%\n")
    assert home.run("empty.py", "--to", "out.ipynb").status == 0
    assert home.notebook().cells == []


def test_script_of_windows_is_read(home: Home) -> None:
    (home.desk / "script.py").write_bytes(b"\xef\xbb\xbfx = 6\r\n# %%\r\nx * 7\r\n")
    done = home.run("script.py")
    assert (done.status, done.stdout) == (0, "In [1]: x = 6\n\nIn [2]: x * 7\nOut[2]: 42\n")
