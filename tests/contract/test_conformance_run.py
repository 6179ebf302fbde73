"""`vitrail run` says the same of the same cells, whatever kernel ran them."""

from collections.abc import Iterator

import pytest

from support.built_kernels import BUILT, TODAYS, jupyter_path, running, skip_if_missing
from support.program import Home, private_home

pytestmark = pytest.mark.kernel

CELLS = {
    "x = 6": "In [1]: x = 6\n",
    "print('hello')": "In [2]: print('hello')\nhello\n",
    "x * 7": "In [3]: x * 7\nOut[3]: 42\n",
    "for i in range(3): print('é ☃ %d' % i)": (
        "In [4]: for i in range(3): print('é ☃ %d' % i)\né ☃ 0\né ☃ 1\né ☃ 2\n"
    ),
    "import sys; n = sys.stderr.write('oops\\n')": (
        "In [5]: import sys; n = sys.stderr.write('oops\\n')\noops\n"
    ),
    "from IPython.display import clear_output\nprint(1); clear_output(); print(2)": (
        "In [6]: from IPython.display import clear_output\n"
        "   ...: print(1); clear_output(); print(2)\n"
        "2\n"
    ),
    "def f(a,\n      b):\n    return {'a': [a, b]}\nf(1, '2')": (
        "In [7]: def f(a,\n"
        "   ...:       b):\n"
        "   ...:     return {'a': [a, b]}\n"
        "   ...: f(1, '2')\n"
        "Out[7]: {'a': [1, '2']}\n"
    ),
    "%precision 2\nx / 7.0": "In [8]: %precision 2\n   ...: x / 7.0\nOut[8]: 0.86\n",
}
TRANSCRIPT = "\n".join(CELLS.values())
PYTHONS = [TODAYS, *(name for name in BUILT if name != "bash")]
LAUNCHED = [TODAYS, "ipykernel-6.29.5", "ipython-0.13.2", "ipython-1.2.1", "ipython-2.4.1"]
ARGUMENTS = [part for code in CELLS for part in ("-c", code)]


@pytest.fixture
def home() -> Iterator[Home]:
    with private_home() as home:
        yield home
        assert home.leftovers() == []


@pytest.mark.parametrize("name", PYTHONS)
def test_run_on_it(home: Home, name: str) -> None:
    """Attached to, so that the kernel outlives the run."""
    skip_if_missing(name)
    with running(name) as kernel:
        done = home.run("--existing", str(kernel.connection_file), *ARGUMENTS)
        assert (done.status, done.stderr) == (0, "")
        assert done.stdout == TRANSCRIPT
        assert kernel.connection_file.exists()


@pytest.mark.parametrize("name", LAUNCHED)
def test_run_launches_it(home: Home, name: str) -> None:
    skip_if_missing(name)
    done = home.run("--kernel", name, *ARGUMENTS, JUPYTER_PATH=jupyter_path())
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == TRANSCRIPT


@pytest.mark.parametrize("name", LAUNCHED)
def test_run_tells_what_raised(home: Home, name: str) -> None:
    skip_if_missing(name)
    done = home.run("--kernel", name, "-c", "{}['no']", "-c", "2", JUPYTER_PATH=jupyter_path())
    assert (done.status, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert (lines[0], lines[-1]) == ("In [1]: {}['no']", "In [ ]: 2")
    assert "KeyError: 'no'" in lines
