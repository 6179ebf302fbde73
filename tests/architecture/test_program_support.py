"""What the tests say when a program does not end."""

import pytest

from support.program import private_home


def test_a_program_that_hangs_tells_where() -> None:
    with (
        private_home() as home,
        home.start("run", "-c", "import time; time.sleep(600)") as program,
        pytest.raises(AssertionError, match=r"(?s)not ended.*of work.*ipykernel.*most recent call"),
    ):
        program.finish(timeout_s=6)
