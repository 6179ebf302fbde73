"""How the command line names an engine of a cluster."""

from pathlib import Path

import pytest

from vitrail.cli import parse
from vitrail.options import RunOptions, WindowOptions


def test_run_and_window_take_an_engine() -> None:
    assert parse(["run", "--cluster", "c.json", "--engine", "1", "-c", "1"]) == RunOptions(
        code=("1",), cluster=Path("c.json"), engine=1
    )
    assert parse(["--cluster", "c.json"]) == WindowOptions(cluster=Path("c.json"))


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--engine", "1"], "--engine needs --cluster FILE"),
        (["run", "--engine", "1", "-c", "1"], "--engine needs --cluster FILE"),
        (["--cluster", "c.json", "--engine", "-1"], "'-1' is not a number from 0"),
        (["--cluster", "c.json", "--engine", "one"], "'one' is not a number from 0"),
        (["--cluster", "c.json", "--kernel", "ir"], "not allowed with argument"),
        (["--cluster", "c.json", "--existing"], "not allowed with argument"),
    ],
)
def test_impossible_combinations_are_refused(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(argv)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err
