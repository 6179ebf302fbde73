"""`vitrail run`: what goes wrong is said in one line, with status 2, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.patience import PATIENCE_S
from support.program import Finished, Home, until
from vitrail.kernel.ports import free_ports

DYING = "import sys; print('first line', flush=True); sys.exit('the reason of its death')"


def one_line(done: Finished) -> str:
    """Return the line that a failed call said, and nothing else."""
    assert done.status == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("vitrail run: ")
    return line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give either a FILE or -c CODE"),
        (("-c", "1", "script.py"), "give either a FILE or -c CODE"),
        (("-c", "1", "--to", "out.doc"), "--to out.doc: the name must end in .ipynb, .html, .md"),
        (("-c", "1", "--to", "out"), "--to out: the name must end in"),
        (("-c", "1", "--grab", "out.jpg"), "--grab out.jpg: the name must end in .png"),
        (("-c", "1", "--to", "no/out.txt"), "no/out.txt cannot be written: there is no directory"),
        (("-c", "1", "--to", "a-file/out.txt"), "there is no directory a-file"),
        (("-c", "1", "--to", "a-directory.txt"), "a-directory.txt cannot be written: it is a dir"),
        (("-c", "1", "--timeout", "soon"), "'soon' is not a number of seconds above 0"),
        (("-c", "1", "--timeout", "0"), "'0' is not a number of seconds above 0"),
        (("-c", "1", "--timeout", "nan"), "'nan' is not a number of seconds above 0"),
        (("-c", "1", "--kernel", "a", "--existing", "b"), "not allowed with argument"),
        (("-c", "1", "--unknown"), "unrecognized arguments: --unknown"),
        (("missing.py",), "missing.py cannot be read: No such file or directory"),
        (("a-directory.txt",), "a-directory.txt cannot be read: Is a directory"),
        (("a-file.ipynb",), "a-file.ipynb is not a notebook: "),
        (("-c", "1", "--kernel", "pyhton3"), "no kernel named 'pyhton3'. Did you mean 'python3'?"),
        (("-c", "1", "--kernel", "../x"), "no kernel named '../x'"),
        (("-c", "1", "--existing", "missing.json"), "No connection file matches 'missing.json'"),
        (("-c", "1", "--existing", "a-file.ipynb"), "a-file.ipynb is not JSON"),
    ],
)
def test_wrong_call_is_said_in_one_line(home: Home, arguments: tuple[str, ...], said: str) -> None:
    home.write("a-file", "")
    home.write("a-file.ipynb", "{")
    (home.desk / "a-directory.txt").mkdir()
    assert said in one_line(home.run(*arguments))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"transport": "tcp", "ip": "127.0.0.1"}', "shell_port"),
        ('{"transport": "pigeon", "ip": "127.0.0.1"}', "transport"),
        ('{"transport": "tcp", "ip": "127.0.0.1", "shell_port": "many"}', "shell_port"),
        ("\0\0", "is not JSON"),
    ],
)
def test_malformed_connection_file_is_named_with_its_fault(
    home: Home, text: str, said: str
) -> None:
    home.write("bad.json", text)
    line = one_line(home.run("-c", "1", "--existing", "bad.json"))
    assert "bad.json" in line
    assert said in line.partition("bad.json")[2]


def test_connection_file_of_a_dead_kernel_does_not_hang(home: Home) -> None:
    names = ("shell", "iopub", "stdin", "hb", "control")
    ports = dict(zip([f"{name}_port" for name in names], free_ports(5), strict=True))
    info = {"transport": "tcp", "ip": "127.0.0.1", "key": "secret", **ports}
    path = home.write("dead.json", json.dumps({**info, "signature_scheme": "hmac-sha256"}))
    line = one_line(home.run("-c", "1", "--existing", "dead.json"))
    assert f"No kernel listens at tcp://127.0.0.1:{ports['shell_port']}" in line
    assert "secret" not in line
    assert path.exists()


def test_kernel_that_dies_at_its_start_is_quoted(home: Home) -> None:
    home.add_kernel("dying", [sys.executable, "-c", DYING, "{connection_file}"])
    done = home.run("-c", "1", "--kernel", "dying", "--to", "out.txt")
    first, *tail = done.stderr.splitlines()
    assert (done.status, done.stdout) == (2, "")
    assert first == "vitrail run: The kernel 'dying' died while starting (exit code 1)."
    assert tail == ["first line", "the reason of its death"]
    assert not (home.desk / "out.txt").exists()


def test_kernel_that_is_killed_at_its_start_is_said_with_the_signal(home: Home) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    home.add_kernel("killed", [sys.executable, "-c", code, "{connection_file}"])
    line = one_line(home.run("-c", "1", "--kernel", "killed"))
    assert "died while starting (killed by SIGKILL)" in line


def test_kernel_that_never_answers_is_given_up_at_the_timeout(home: Home) -> None:
    code = "import time; time.sleep(600)"
    home.add_kernel("silent", [sys.executable, "-c", code, "{connection_file}"])
    line = one_line(home.run("-c", "1", "--kernel", "silent", "--timeout", "1.5"))
    assert "Not finished after 1.5 s." in line


def test_program_that_is_not_there_is_named(home: Home) -> None:
    home.add_kernel("broken", ["no-such-program", "{connection_file}"])
    line = one_line(home.run("-c", "1", "--kernel", "broken"))
    assert "'no-such-program' was not found or is not executable" in line


def test_program_that_is_none_is_an_error(home: Home) -> None:
    program = home.write("not-a-program", "\x7fELF nonsense")
    program.chmod(0o755)
    home.add_kernel("broken", [str(program), "{connection_file}"])
    assert "The kernel 'broken' cannot be run" in one_line(
        home.run("-c", "1", "--kernel", "broken")
    )


@pytest.mark.parametrize("spec", ["", "[]", "{}", '{"argv": 3, "display_name": "x"}'])
def test_kernelspec_that_is_none_is_an_error(home: Home, spec: str) -> None:
    home.add_kernel("broken", [])
    (home.path / "jupyter" / "kernels" / "broken" / "kernel.json").write_text(spec)
    assert "'broken'" in one_line(home.run("-c", "1", "--kernel", "broken"))


@pytest.mark.parametrize("name", ["full.txt", "full.ipynb", "full.png"])
def test_full_disk_is_said_of_the_file(home: Home, name: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, which only Linux has")
    (home.desk / name).symlink_to("/dev/full")
    line = one_line(home.run("-c", "6*7", "--to", name))
    assert f"{name} cannot be written: No space left on device" in line


def test_reader_that_went_away_is_no_traceback(home: Home) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "vitrail", "run", "-c", "6*7"]
    with os.fdopen(write_end, "wb") as pipe:
        done = subprocess.run(
            command,
            env=home.variables,
            cwd=home.desk,
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=PATIENCE_S,
        )
    assert done.returncode == 2
    assert done.stderr == b"vitrail run: stdout cannot be written: Broken pipe\n"


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_closed_streams_are_no_traceback(home: Home, closed: str) -> None:
    command = f'"{sys.executable}" -m vitrail run - {closed}'
    done = subprocess.run(
        ["sh", "-c", command],
        env=home.variables,
        cwd=home.desk,
        capture_output=True,
        input=b"6*7",
        timeout=PATIENCE_S,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == (0 if closed == "2>&-" else 2)


def test_timeout_ends_the_run_and_saves_what_there_is(home: Home) -> None:
    code = "import time; print('begun', flush=True); open('begun', 'w').close()\ntime.sleep(600)"
    home.run_out_of_time("begun", "-c", code, "-c", "2", "--to", "out.ipynb")
    running, waiting = home.notebook().cells
    assert running.outputs[0].text == "begun\n"
    assert (waiting.execution_count, waiting.outputs) == (None, [])


def test_timeout_ends_a_cell_that_does_not_heed_interrupts(home: Home) -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "open('deaf', 'w').close()\n"
        "while True:\n"
        "    try:\n"
        "        time.sleep(600)\n"
        "    except KeyboardInterrupt:\n"
        "        pass"
    )
    home.run_out_of_time("deaf", "-c", code, "--to", "out.txt")


def test_kernel_that_dies_in_a_cell_is_said_with_its_last_words(home: Home) -> None:
    code = "import os, sys; os.write(2, b'last words\\n'); print('shown', flush=True)"
    done = home.run("-c", code, "-c", "import os; os._exit(3)", "-c", "2", "--to", "out.ipynb")
    assert done.status == 2
    assert done.stderr.splitlines() == ["vitrail run: The kernel died (exit code 3).", "last words"]
    begun, dying, waiting = home.notebook().cells
    assert "".join(output.text for output in begun.outputs if output.name == "stdout") == "shown\n"
    assert dying.outputs == []
    assert waiting.execution_count is None


def test_kernel_that_is_killed_in_a_cell_is_said_with_the_signal(home: Home) -> None:
    done = home.run("-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert done.status == 2
    assert done.stderr == "vitrail run: The kernel died (killed by SIGKILL).\n"


def test_children_of_a_cell_end_with_the_kernel(home: Home) -> None:
    code = "import subprocess; subprocess.Popen(['sleep', '600'])"
    assert home.run("-c", code).status == 0
    assert until(lambda: home.processes() == [])


def test_no_qt_and_no_kernel_is_started_for_a_wrong_call(home: Home) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "vitrail", "run", "--to", "x.pdf"]
    done = subprocess.run(
        command, env=home.variables, cwd=home.desk, capture_output=True, timeout=PATIENCE_S
    )
    assert done.returncode == 2
    assert b"PySide6" not in done.stderr
    assert b"zmq" not in done.stderr
