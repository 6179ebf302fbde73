"""A notebook says which kernel it was written for; it is searched for that, not parsed."""

import json
from pathlib import Path
from typing import Any

import pytest

from vitrail.kernel.wanted import Wanted, kernel_named_in, wanted_kernel

SOURCE = 'x = {"kernelspec": {"name": "of the text"}}'


def notebook(tmp_path: Path, metadata: Any, **more: Any) -> Path:
    cell = {"cell_type": "code", "source": SOURCE, "metadata": {}, "outputs": []}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": metadata, **more}), "utf-8")
    return path


def test_the_name_stands_in_the_metadata_and_not_in_the_code(tmp_path: Path) -> None:
    path = notebook(tmp_path, {"kernelspec": {"name": "ir", "display_name": "R"}}, nbformat=4)
    assert kernel_named_in(path) == "ir"
    assert kernel_named_in(notebook(tmp_path, {})) == ""


@pytest.mark.parametrize("spec", ["ir", None, [], {"name": 5}, {}])
def test_what_is_no_kernelspec_names_none(tmp_path: Path, spec: Any) -> None:
    assert kernel_named_in(notebook(tmp_path, {"kernelspec": spec})) == ""


@pytest.mark.parametrize("content", [b"", b"\xff", b'"kernelspec"', b'"kernelspec": {', b"{}"])
def test_what_is_no_notebook_names_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    assert kernel_named_in(path) == ""
    assert kernel_named_in(tmp_path / "absent.ipynb") == ""


def test_what_the_user_names_comes_first(tmp_path: Path) -> None:
    path = notebook(tmp_path, {"kernelspec": {"name": "ir"}})
    assert wanted_kernel("bash", path) == Wanted("bash")
    assert wanted_kernel(None, None) == Wanted("python3")
    assert wanted_kernel(None, tmp_path / "a.py") == Wanted("python3")


def test_one_that_is_not_installed_is_told(tmp_path: Path) -> None:
    path = notebook(tmp_path, {"kernelspec": {"name": "../no such"}})
    name, remark = wanted_kernel(None, path)
    assert name == "python3"
    assert remark == (
        "a.ipynb was written for the kernel '../no such', which is not installed here;"
        " python3 was started instead."
    )
