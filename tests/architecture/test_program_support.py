"""What the tests say when a program does not end."""

import re
import subprocess
import sys

import pytest

from support.program import private_home, until


def test_programs_find_our_modules_compiled_whatever_the_users_environment_says() -> None:
    assert not sys.dont_write_bytecode
    code = "import sys; print(sys.dont_write_bytecode)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_a_program_that_hangs_tells_where() -> None:
    with (
        private_home() as home,
        home.start("run", "-c", "open('begun', 'w'); import time; time.sleep(600)") as program,
    ):
        until((home.desk / "begun").exists)
        with pytest.raises(AssertionError) as told:
            program.finish(timeout_s=2)  # what it did is told meanwhile
    parts = r"not ended.*of work.*ipykernel.*stdout: .*In \[1\].*killed by SIGABRT.*kernelapp\.py"
    assert re.search(parts, str(told.value), re.DOTALL), told.value
