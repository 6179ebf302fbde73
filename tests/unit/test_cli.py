from pathlib import Path

import pytest

from vitrail import __version__
from vitrail.cli import parse
from vitrail.options import (
    CompletionOptions,
    DoctorOptions,
    KernelsOptions,
    RunOptions,
    WindowOptions,
)


def test_no_arguments_open_a_window_on_python() -> None:
    assert parse([]) == WindowOptions(kernel=None, existing=None, theme=None)


def test_existing_without_a_name_means_the_newest() -> None:
    assert parse(["--existing"]) == WindowOptions(existing="kernel-*.json")
    assert parse(["--existing", "k.json"]) == WindowOptions(existing="k.json")


def test_window_takes_what_qtconsole_takes() -> None:
    argv = ["--style", "monokai", "--config", "s.toml", "--kernel", "ir", "x.ipynb"]
    assert parse(argv) == WindowOptions(
        theme="monokai", config=Path("s.toml"), kernel="ir", file=Path("x.ipynb")
    )
    assert parse(["--single-instance"]) == WindowOptions(is_single=True)


def test_a_subject_to_speak_of_is_reason_enough_to_speak() -> None:
    assert parse(["--log-filter", "wire"]) == WindowOptions(is_debug=True, log_filter="wire")
    assert parse(["--debug"]) == WindowOptions(is_debug=True)


def test_file_without_a_suffix_may_be_called_almost_like_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").touch()
    assert parse(["runs"]) == WindowOptions(file=Path("runs"))
    assert parse(["runs.py"]) == WindowOptions(file=Path("runs.py"))


def test_kernels_are_listed_for_people_programs_and_shells() -> None:
    assert parse(["kernels"]) == KernelsOptions()
    assert parse(["kernels", "--json"]) == KernelsOptions(json=True)
    assert parse(["kernels", "--names"]) == KernelsOptions(names=True)
    assert parse(["completion", "zsh"]) == CompletionOptions(shell="zsh")


def test_run_takes_cells_and_targets() -> None:
    options = parse(["run", "-c", "1", "-c", "2", "--to", "a.ipynb", "--grab", "b.png"])
    assert options == RunOptions(code=("1", "2"), to=(Path("a.ipynb"), Path("b.png")))


def test_doctor_examines_the_machine_or_one_kernel() -> None:
    assert parse(["doctor"]) == DoctorOptions()
    assert parse(["doctor", "--kernel", "ir", "--json"]) == DoctorOptions(kernel="ir", json=True)
    assert parse(["doctor", "--existing"]) == DoctorOptions(existing="kernel-*.json")


def test_value_of_a_trait_is_json_or_text() -> None:
    options = parse(["run", "-c", "1", "--set", "A.b=[1, null]", "--set", "A.c=x=y", "--set=A.d="])
    assert isinstance(options, RunOptions)
    assert options.traits == (("A.b", [1, None]), ("A.c", "x=y"), ("A.d", ""))


def test_run_takes_a_file_and_a_timeout() -> None:
    options = parse(["run", "x.py", "--timeout", "2.5", "--kernel", "ir", "--theme", "dark"])
    assert options == RunOptions(file=Path("x.py"), timeout_s=2.5, kernel="ir", theme="dark")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["run"], "give either a FILE or -c CODE"),
        (["run", "x.py", "-c", "1"], "give either a FILE or -c CODE"),
        (["run", "-c", "1", "--to", "x.doc"], "must end in .ipynb, .html, .md"),
        (["run", "-c", "1", "--grab", "x.txt"], "must end in .png"),
        (["run", "-c", "1", "--set", "Shell.colors"], "is not Class.trait=VALUE"),
        (["run", "-c", "1", "--set", "colors=1"], "is not Class.trait=VALUE"),
        (["run", "-c", "1", "--timeout", "soon"], "not a number of seconds"),
        (["run", "-c", "1", "--timeout", "0"], "not a number of seconds"),
        (["run", "-c", "1", "--timeout", "nan"], "not a number of seconds"),
        (["--kernel", "a", "--existing", "b"], "not allowed with"),
        (["--unheard-of"], "unrecognized arguments"),
        (["--unheard-of"], "unrecognized arguments: --unheard-of (see"),
        (["--kernal", "ir"], "did you mean --kernel?"),
        (["--kernal=ir"], "did you mean --kernel?"),
        (["run", "x.py", "--timout", "3"], "did you mean --timeout?"),
        (["doctr"], "did you mean doctor?"),
        (["--theme", "pink"], "neither a theme nor a Pygments style"),
        (["--style", "monokia"], "monokai"),
        (["completion", "tcsh"], "invalid choice"),
        (["--log-filter", "all"], "invalid choice"),
        (["completion"], "required: shell"),
        (["kernels", "--jsn"], "did you mean --json?"),
    ],
)
def test_a_wrong_call_is_refused_in_one_line(
    argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(argv)
    told = capsys.readouterr().err
    assert exit_.value.code == 2
    assert sentence in told
    assert told.count("\n") == 1


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(["--version"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out == f"vitrail {__version__}\n"


@pytest.mark.parametrize("argv", [["--help"], ["run", "--help"]])
def test_the_help_fits_a_screen(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(argv)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 40
    assert all(len(line) <= 80 for line in lines)
