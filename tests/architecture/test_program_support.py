"""What the tests say when a program does not end."""

import re

import pytest

from support.program import private_home


def test_a_program_that_hangs_tells_where() -> None:
    with (
        private_home() as home,
        home.start("run", "-c", "import time; time.sleep(600)") as program,
        pytest.raises(AssertionError) as told,
    ):
        program.finish(timeout_s=6)
    parts = r"not ended.*of work.*ipykernel.*stdout: .*In \[1\].*killed by SIGABRT.*kernelapp\.py"
    assert re.search(parts, str(told.value), re.DOTALL), told.value
