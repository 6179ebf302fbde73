"""Finding kernelspecs and connection files."""

import json
import os
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from vitrail.kernel.discovery import (
    KernelSpec,
    find_connection_file,
    kernelspecs,
    runtime_dir,
    spec_manager,
    unknown_kernel,
)
from vitrail.protocol.errors import UsageError


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for age, name in enumerate(("kernel-abc.json", "kernel-abd.json", "notes.txt")):
        (tmp_path / name).write_text("{}")
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    return tmp_path


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("kernel-abd.json", "kernel-abd.json"),
        ("notes.txt", "notes.txt"),
        ("abd", "kernel-abd.json"),
        ("ab", "kernel-abc.json"),  # read last
        ("*abd*", "kernel-abd.json"),
        ("kernel-ab[d].json", "kernel-abd.json"),
        ("", "kernel-abc.json"),
        ("abd.json", "kernel-abd.json"),
    ],
)
def test_target_is_a_name_a_part_or_a_glob(directory: Path, target: str, found: str) -> None:
    assert find_connection_file(target, directory=directory) == directory / found


def test_among_several_the_one_that_was_read_last_is_meant(directory: Path) -> None:
    """As IPython since 2013: a kernel that somebody attached to counts as recent."""
    os.utime(directory / "kernel-abd.json", (2000, 10))
    assert find_connection_file("ab", directory=directory).name == "kernel-abd.json"
    os.utime(directory / "kernel-abc.json", (2000, 20))
    assert find_connection_file("ab", directory=directory).name == "kernel-abc.json"


def test_a_file_that_vanishes_meanwhile_is_no_error(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.kernel.discovery._matching", lambda where, _: [where / "gone"])
    assert find_connection_file("ab", directory=directory).name == "gone"


def test_target_may_be_a_path(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(directory)
    expected = directory / "kernel-abc.json"
    assert find_connection_file(str(expected)) == expected
    assert find_connection_file("kernel-abc.json") == expected


@pytest.mark.parametrize(
    "target",
    ["xyz", "/no/such/file.json", "*xyz*", "[", "notes", "~nobody-of-that-name/x", "x" * 5000],
)
def test_nothing_found_is_told_with_what_there_is(directory: Path, target: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_connection_file(target, directory=directory)
    assert repr(target) in str(caught.value)
    assert "kernel-abc.json, kernel-abd.json" in str(caught.value)


def test_empty_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is none at all"):
        find_connection_file("x", directory=tmp_path / "none")


def test_runtime_directory_is_jupyters() -> None:
    assert runtime_dir() == Path(os.environ["JUPYTER_RUNTIME_DIR"])


def test_kernelspecs_are_listed_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = tmp_path / "kernels" / "abacus"
    directory.mkdir(parents=True)
    spec = {"argv": ["abacus"], "display_name": "Abacus 5", "language": "beads"}
    (directory / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    found = kernelspecs()
    assert found[0] == KernelSpec(
        name="abacus",
        display_name="Abacus 5",
        language="beads",
        resource_dir=directory,
        program="abacus",
        problem=(
            "The kernelspec 'abacus' cannot be used: its program 'abacus' was not found or is "
            "not executable."
        ),
    )
    assert "python3" in [spec.name for spec in found]


@pytest.mark.parametrize(
    ("pictures", "icon"),
    [
        ((), None),
        (("logo-32x32.png", "logo-64x64.png"), "logo-64x64.png"),
        (("logo-64x64.png", "logo-svg.svg"), "logo-svg.svg"),
    ],
)
def test_the_best_picture_of_a_kernel_is_its_icon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: tuple[str, ...], icon: str | None
) -> None:
    directory = tmp_path / "kernels" / "abacus"
    directory.mkdir(parents=True)
    (directory / "kernel.json").write_text('{"argv": ["sh"], "display_name": "", "language": ""}')
    for name in pictures:
        (directory / name).touch()
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    spec = kernelspecs()[0]
    assert spec.icon == (directory / icon if icon else None)
    assert (spec.display_name, spec.problem) == ("abacus", "")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"argv": 1}', '{"argv": [], "metadata": {"kernel_provisioner": 1}}']
)
def test_a_broken_kernelspec_is_listed_with_its_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    directory = tmp_path / "kernels" / "abacus"
    directory.mkdir(parents=True)
    (directory / "kernel.json").write_text(text)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    spec = kernelspecs()[0]
    assert (spec.name, spec.display_name) == ("abacus", "abacus")
    assert spec.problem.startswith("The kernelspec 'abacus' cannot be used: ")


def test_a_program_is_looked_for_where_the_kernelspec_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "kernels" / "abacus"
    directory.mkdir(parents=True)
    program = tmp_path / "programs" / "abacus"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    spec = {"argv": ["abacus"], "env": {"PATH": f"{program.parent}:${{PATH}}"}}
    (directory / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert kernelspecs()[0].problem == ""


def test_unknown_kernel_without_a_near_name() -> None:
    assert unknown_kernel("q", ["python3"]) == ("There is no kernel named 'q'. Installed: python3.")
    assert unknown_kernel("q", []).endswith("No kernel is installed.")


@pytest.mark.parametrize("variable", [{}, {"IPYTHONDIR": "~/elsewhere"}])
def test_kernels_are_looked_for_where_jupyter_client_looks(
    monkeypatch: pytest.MonkeyPatch, variable: dict[str, str]
) -> None:
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    for name, value in variable.items():
        monkeypatch.setenv(name, str(Path(value).expanduser()))
    assert spec_manager().kernel_dirs == KernelSpecManager().kernel_dirs
