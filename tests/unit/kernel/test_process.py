"""How ends are told."""

import pytest

from vitrail.kernel.process import describe_exit


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (None, "no exit code"),
        (0, "exit code 0"),
        (3, "exit code 3"),
        (-9, "killed by SIGKILL"),
        (-40, "killed by signal 40"),
    ],
)
def test_exit_is_told(code: int | None, told: str) -> None:
    assert describe_exit(code) == told
