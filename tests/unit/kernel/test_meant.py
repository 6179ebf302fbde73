"""What a text means that was typed where a kernel is chosen."""

import sys
from pathlib import Path

import pytest

from vitrail.kernel.environments import Places
from vitrail.kernel.meant import is_place, meant_by
from vitrail.protocol.connection import ConnectionInfo, write_connection_file

CONNECTION = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, kernel_name="ir")


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    for name in ("kernel-one.json", "kernel-two.json"):
        write_connection_file(tmp_path / name, CONNECTION)
    return tmp_path


def places(directory: Path) -> Places:
    return Places(directory, directory, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python", False),
        ("1f2a-", False),
        ("kernel.json", True),
        ("kernel-1*", True),
        ("kernel-[12]", True),
        ("./venv", True),
        ("~", True),
    ],
)
def test_paths_names_of_files_and_globs_are_places(text: str, expected: bool) -> None:
    assert is_place(text) is expected


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [("two", "kernel-two.json", 0), ("kernel-one.json", "kernel-one.json", 0), ("kern*", None, 1)],
)
def test_a_part_a_name_and_a_glob_mean_a_connection_file(
    runtime: Path, text: str, name: str | None, others: int
) -> None:
    meant = meant_by(text, places(runtime), runtime)
    assert meant.file is not None
    assert name in (None, meant.file.name)
    assert meant.others == others
    assert meant.connection == CONNECTION


def test_a_word_that_is_no_file_is_no_mistake(runtime: Path) -> None:
    assert meant_by("haskell", places(runtime), runtime).problem == ""


def test_the_directory_of_an_environment_means_it(tmp_path: Path) -> None:
    meant = meant_by(sys.prefix, places(tmp_path), tmp_path)
    assert meant.environment is not None
    assert meant.environment.path == Path(sys.prefix)


@pytest.mark.parametrize("text", ["\0/", "~nobody-of-that-name/x", "/" + "x" * 5000, "[", "*/**"])
def test_odd_texts_mean_nothing_and_say_so(runtime: Path, text: str) -> None:
    meant = meant_by(text, places(runtime), runtime)
    assert (meant.file, meant.environment) == (None, None)
    assert meant.problem
