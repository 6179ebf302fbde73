"""A notebook runs on the kernel that it was written for, in a window and without one."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from support.desktop import Desktop
from support.program import Home, until

ARGV = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def write_notebook(home: Home, kernel: str) -> Path:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "source": "import os; print(os.environ.get('ROLE'))",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    metadata = {"kernelspec": {"name": kernel, "display_name": kernel}}
    notebook = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return home.write("analysis.ipynb", json.dumps(notebook))


def test_run_uses_the_notebooks_kernel(home: Home) -> None:
    home.add_kernel("analyst", ARGV, env={"ROLE": "of the analyst"})
    write_notebook(home, "analyst")
    done = home.run("analysis.ipynb")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.endswith("of the analyst\n")
    done = home.run("analysis.ipynb", "--kernel", "python3")
    assert done.stdout.endswith("None\n")


def test_run_says_when_that_kernel_is_not_here(home: Home) -> None:
    write_notebook(home, "nowhere")
    done = home.run("analysis.ipynb")
    assert (done.status, done.stdout.splitlines()[-1]) == (0, "None")
    assert "analysis.ipynb was written for the kernel 'nowhere'" in done.stderr


def test_run_writes_a_pdf(home: Home) -> None:
    done = home.run("-c", "print('on paper')", "--to", "out.pdf")
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    content = (home.desk / "out.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")


@pytest.mark.xvfb
def test_the_window_launches_the_notebooks_kernel(home: Home, desktop: Desktop) -> None:
    home.add_kernel("analyst", ARGV, env={"ROLE": "of the analyst"})
    write_notebook(home, "analyst")
    with desktop.open(home, "analysis.ipynb") as program:
        until(lambda: "Analyst" in desktop.title(program))
        desktop.press("ctrl+q")
        assert program.finish().status == 0
