"""Python environments, read from trees built here: none of them could run."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vitrail.kernel.discovery import KernelSpec
from vitrail.kernel.environments import (
    Environment,
    Maker,
    Places,
    environment_at,
    find_environments,
    kernel_json,
    unlisted,
)

Find = Callable[..., dict[str, Environment]]


def build(path: Path, *, python: str = "3.12", config: str | None = None, **files: str) -> Path:
    """Build what an installation of Python consists of, as far as we look at it."""
    packages = path / f"lib/python{python}/site-packages"
    packages.mkdir(parents=True)
    (path / "bin").mkdir()
    (path / "bin/python").write_text("#!/bin/false\n")
    if config is not None:
        (path / "pyvenv.cfg").write_text(config)
    for package in files:
        (packages / package).mkdir()
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def find(home: Path) -> Find:
    """Return a function that finds by the path below home."""

    def found(directory: Path | None = None, **variables: str) -> dict[str, Environment]:
        places = Places(directory or home / "elsewhere", home, variables)
        return {str(each.path.relative_to(home)): each for each in find_environments(places)}

    return found


def test_nothing_is_found_where_nothing_is(find: Find) -> None:
    assert find() == {}


def test_a_projects_environment_is_found_from_below_it(home: Path, find: Find) -> None:
    build(home / "project/.venv", config="version = 3.12.4\n", pip="")
    (home / "project/src/deep").mkdir(parents=True)
    [(path, environment)] = find(home / "project/src/deep").items()
    assert path == "project/.venv"
    assert environment.display_name == "Python 3.12.4 (.venv of project)"
    assert environment.maker is Maker.VENV
    assert not environment.has_ipykernel
    python = str(home / "project/.venv/bin/python")
    assert environment.install == (python, "-m", "pip", "install", "ipykernel")


def test_ipykernel_is_seen_without_running_anything(home: Path, find: Find) -> None:
    build(home / ".venv", config="version = 3.12.4\n", ipykernel="")
    assert find(home)[".venv"].has_ipykernel


@pytest.mark.parametrize("uses", ["true", "false"])
def test_what_the_system_has_counts_where_the_environment_uses_it(
    home: Path, find: Find, uses: str
) -> None:
    base = build(home / "base", ipykernel="")
    config = f"home = {base / 'bin'}\ninclude-system-site-packages = {uses}\nversion = 3.12.4\n"
    build(home / ".venv", config=config)
    assert find(home)[".venv"].has_ipykernel is (uses == "true")


def test_an_environment_without_pip_is_helped_from_outside(home: Path, find: Find) -> None:
    build(home / ".venv", config="version = 3.12.4\n")
    assert find(home)[".venv"].install[:4] == (
        sys.executable,
        "-m",
        "pip",
        "--python",
    )


def test_uv_tells_by_its_name_in_the_configuration(home: Path, find: Find) -> None:
    build(home / ".venv", config="uv = 0.8.3\nversion_info = 3.13.1\n")
    environment = find(home)[".venv"]
    assert (environment.maker, environment.version) == (Maker.UV, "3.13.1")
    assert environment.install_command.startswith("uv pip install --python ")


def test_conda_is_found_by_its_list_and_by_its_mark(home: Path, find: Find) -> None:
    for name, version in (("miniforge3", "3.12.8"), ("miniforge3/envs/lab", "3.11.9")):
        prefix = build(home / name, python=version.rpartition(".")[0])
        (prefix / "conda-meta").mkdir()
        (prefix / f"conda-meta/python-{version}-h1_0.json").write_text("{}")
    far = build(home / "far/lab2")
    (far / "conda-meta").mkdir()
    (home / ".conda").mkdir()
    (home / ".conda/environments.txt").write_text(f"{far}\nno path\n{home / 'gone'}\n")
    found = find()
    assert {path: (each.name, each.version) for path, each in found.items()} == {
        "far/lab2": ("base", "3.12"),
        "miniforge3": ("base", "3.12.8"),
        "miniforge3/envs/lab": ("lab", "3.11.9"),
    }
    lab = found["miniforge3/envs/lab"]
    assert lab.install == ("conda", "install", "--prefix", str(lab.path), "ipykernel")


def test_each_tools_own_place_is_looked_at(home: Path, find: Find) -> None:
    version = "version = 3.12.4\n"
    build(home / ".pyenv/versions/3.10.13", python="3.10")
    build(home / ".local/share/uv/python/cpython-3.13.2-linux-x86_64-gnu", python="3.13")
    build(home / ".cache/pypoetry/virtualenvs/tool-x1-py3.12", config=version)
    build(home / ".local/share/pipx/venvs/black", config=version)
    build(home / ".virtualenvs/old", config=version)
    found = {each.maker: each for each in find().values()}
    assert [found[maker].version for maker in (Maker.PYENV, Maker.UV)] == ["3.10.13", "3.13.2"]
    assert found[Maker.PIPX].install == ("pipx", "inject", "black", "ipykernel")
    assert found[Maker.POETRY].name == "tool-x1-py3.12"
    assert found[Maker.VENV].name == "old"


def test_the_active_one_is_first_and_named_once(home: Path, find: Find) -> None:
    build(home / "a/.venv", config="version = 3.12.4\n")
    active = build(home / "b/.venv", config="version = 3.12.4\n")
    (home / "a/venv").symlink_to(active)
    found = find(home / "a", VIRTUAL_ENV=str(active))
    assert list(found) == ["b/.venv", "a/.venv"]
    assert found["b/.venv"].is_active
    assert not found["a/.venv"].is_active


def test_what_only_looks_like_one_is_left_out(home: Path, find: Find) -> None:
    (home / ".venv").mkdir()
    (home / ".venv/pyvenv.cfg").write_text("version = 3.12\n")  # without an interpreter
    broken = build(home / "venv", config="version = 3.12\n")
    (broken / "bin/python").unlink()
    (broken / "bin/python").symlink_to(home / "uninstalled")
    (home / "env/bin").mkdir(parents=True)
    (home / "env/bin/python").write_text("")  # a directory of programs
    (home / ".env").write_text("SECRET=1")  # a file of variables
    (home / ".conda").symlink_to(home / ".conda")
    assert find(home) == {}


def test_a_configuration_that_nobody_can_read_tells_nothing(home: Path, find: Find) -> None:
    build(
        home / ".venv", config="version = x\nhome\n\0\udcff\n=".encode("utf-8", "replace").decode()
    )
    assert find(home)[".venv"].version == "3.12"  # its library's


def test_only_environments_that_no_kernelspec_names_are_unlisted(home: Path, find: Find) -> None:
    for name in (".venv", "venv"):
        build(home / name, config="version = 3.12.4\n", ipykernel="")
    found = tuple(find(home).values())
    program = str(home / "venv/bin/python3")
    spec = KernelSpec("mine", "Mine", "python", program=program)
    other = KernelSpec("python3", "Python 3", "python", program="python")
    assert [each.path.name for each in unlisted(found, [spec, other])] == [".venv"]


def test_what_ipykernel_left_says_how_it_is_launched(home: Path) -> None:
    path = build(home / ".venv", config="version = 3.12.4\n", ipykernel="")
    left = path / "share/jupyter/kernels/python3/kernel.json"
    left.parent.mkdir(parents=True)
    argv = ["python", "-Xnew", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    fields = {"argv": argv, "env": {"A": "1"}, "metadata": {"supported_encryption": "curve"}}
    left.write_text(json.dumps(fields))
    environment = environment_at(path, Places(home, home, {}))
    assert environment is not None
    told = kernel_json(environment)
    assert told["argv"] == [str(path / "bin/python"), *argv[1:]]
    assert told["metadata"] == {"supported_encryption": "curve"}
    assert told["env"] == {
        "A": "1",
        "PATH": f"{path / 'bin'}:${{PATH}}",
        "VIRTUAL_ENV": str(path),
    }


@pytest.mark.parametrize("text", [None, "", "[]", '{"argv": 1}', '{"argv": []}'])
def test_without_it_the_usual_command_does(home: Path, text: str | None) -> None:
    path = build(home / ".venv", config="version = 3.12.4\n", ipykernel="")
    if text is not None:
        left = path / "share/jupyter/kernels/python3/kernel.json"
        left.parent.mkdir(parents=True)
        left.write_text(text)
    environment = environment_at(path, Places(home, home, {}))
    assert environment is not None
    assert kernel_json(environment)["argv"] == [
        str(path / "bin/python"),
        *("-m", "ipykernel_launcher", "-f", "{connection_file}"),
    ]
