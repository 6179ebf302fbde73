"""What is told of a process: its output, and how it ended."""

import os
import subprocess
import sys

import pytest

from vitrail.kernel.watch import ProcessWatch, describe_exit


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


CHATTERBOX = """
import os, sys
for _ in range(2000):
    print("x" * 500)
print("the last word", flush=True)
os.write(int(sys.argv[1]), b"!")
sys.stdin.read()
"""


async def test_all_is_told_that_was_printed_before() -> None:
    """Its watch has a thread of its own, and may have read nothing yet."""
    output, pipe = os.pipe()
    said, mouth = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", CHATTERBOX, str(mouth)],
        stdin=subprocess.PIPE,
        stdout=pipe,
        pass_fds=[mouth],
        start_new_session=True,
    )
    os.close(pipe)
    watch = ProcessWatch(process, output)
    try:
        assert os.read(said, 1) == b"!"
        await watch.all_told()
        assert watch.tail(1) == "the last word"
    finally:
        process.kill()
        assert await watch.wait() == -9
        assert process.stdin is not None
        process.stdin.close()
        os.close(said)
        os.close(mouth)
