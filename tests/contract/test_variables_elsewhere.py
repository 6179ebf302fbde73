"""Variables of real kernels: bash by its own means, others by their debugger or the probe."""

import math
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from support.built_kernels import TODAYS, Built, asked_for
from support.patience import soon
from support.recorder import Recorder
from support.subjects import joined
from vitrail.kernel.client import KernelClient
from vitrail.presenters.bash_variables import bash_variables
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.debugger_variables import can_inspect, debugger_variables
from vitrail.presenters.probe import Probe
from vitrail.presenters.python_variables import PythonVariables
from vitrail.presenters.variables import Variables
from vitrail.protocol.broadcasts import ExecuteInput, Stream
from vitrail_widgets.variables.variable import Freshness, Variable

pytestmark = pytest.mark.kernel


bash = pytest.fixture(scope="module", params=["bash"])(asked_for)
xeus = pytest.fixture(scope="module", params=["xeus-python-0.19.0"])(asked_for)
todays = pytest.fixture(scope="module", params=[TODAYS])(asked_for)


@asynccontextmanager
async def meeting(kernel: Built) -> AsyncGenerator[tuple[KernelClient, Recorder]]:
    async with AsyncExitStack() as stack:
        yield await joined(kernel.connection, stack)


def presenter_of(client: KernelClient, probe: Probe) -> SimpleNamespace:
    """Return what the list of variables needs of a console."""
    execution = SimpleNamespace(last_count=1)
    return SimpleNamespace(execution=execution, client=client, probe=probe, followers=[], probed=[])


def is_listed(variables: Variables, value: str) -> bool:
    """Tell whether `apple` is listed with a value; ask again where the kernel was too slow."""
    if variables.snapshot.freshness is not Freshness.FRESH:
        variables.refresh()
        return False
    return by_name([*variables.snapshot.rows])["apple"].preview == value


async def printed(client: KernelClient, heard: Recorder, code: str) -> str:
    exchange = client.execute(code)
    await client.settled(exchange)
    return "".join(stream.text for stream in heard.of(Stream, exchange)).strip()


def by_name(rows: list[Variable] | None) -> dict[str, Variable]:
    assert rows is not None
    return {row.name: row for row in rows}


async def test_bash_tells_its_variables_and_no_function_of_the_users_runs(
    bash: Built, tmp_path: Path
) -> None:
    async with meeting(bash) as (client, heard):
        names = ("declare", "head", "history", "test", "true")
        mine = [f"{name}() {{ echo {name} >> {tmp_path}/ran; }}" for name in names]
        code = "; ".join([*mine, "fruit='an apple'", "many=(a 'b c')"])
        await printed(client, heard, code)
        rows = by_name(await bash_variables(client))
        assert (rows["fruit"].type, rows["fruit"].preview) == ("string", '"an apple"')
        assert (rows["many"].type, rows["many"].size) == ("array", "2")
        assert not {"BASH_VERSION", "IFS", "PATH", "_"} & set(rows)
        assert list(tmp_path.iterdir()) == []
        await printed(client, heard, f"unset -f {' '.join(names)}")


async def test_bash_keeps_its_count_and_its_history(bash: Built) -> None:
    async with meeting(bash) as (client, heard):
        await printed(client, heard, "set -o noclobber; echo before")
        for _ in range(2):
            assert await bash_variables(client) is not None
        shown = await printed(client, heard, "set +o noclobber; history")
        assert "echo before" in shown
        assert "vitrail" not in shown
        first, second = heard.of(ExecuteInput)[-2:]
        assert second.execution_count == (first.execution_count or 0) + 1


async def test_ipykernels_debugger_tells_variables_before_any_debugging_and_beside_a_cell(
    todays: Built, tmp_path: Path
) -> None:
    async with meeting(todays) as (client, heard):
        assert client.kernel_info is not None
        assert can_inspect(client.kernel_info)
        await printed(client, heard, "import math; apple = 1; text = 'x' * 1000")
        rows = by_name(await debugger_variables(client))
        assert (rows["apple"].type, rows["apple"].preview) == ("int", "1")
        assert rows["math"].kind == "module"
        assert len(rows["text"].preview) == 160
        end = tmp_path / "end"
        code = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.01)"
        exchange = client.execute(code)
        await heard.until(lambda: client.is_busy)
        assert "apple" in by_name(await debugger_variables(client))
        assert client.is_busy
        end.touch()
        await client.settled(exchange)


async def test_xeus_python_is_asked_by_the_probe_and_not_by_its_debugger(xeus: Built) -> None:
    async with meeting(xeus) as (client, heard):
        assert client.kernel_info is not None
        assert "debugger" in client.kernel_info.supported_features
        assert not can_inspect(client.kernel_info)
        await printed(client, heard, "apple = 1")
        probe, variables = Probe(client), PythonVariables()
        await probe.send()
        assert await variables.ask(probe, math.inf)
        assert variables.rows["apple"].preview == "1"


async def test_the_list_of_xeus_python_stays_while_a_cell_runs_and_is_renewed_behind_it(
    xeus: Built, tmp_path: Path
) -> None:
    async with meeting(xeus) as (client, heard):
        probe = Probe(client)
        await probe.send()
        await printed(client, heard, "apple = 1")
        variables = Variables(cast("ConsolePresenter", presenter_of(client, probe)))
        variables.watch(watched=True)
        await soon(partial(is_listed, variables, "1"))
        end = tmp_path / "end"
        code = (
            f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.01)\napple = 2"
        )
        exchange = client.execute(code)
        await heard.until(lambda: client.is_busy)
        variables.refresh()
        await soon(lambda: variables.snapshot.freshness is Freshness.STALE)
        assert by_name([*variables.snapshot.rows])["apple"].preview == "1"
        end.touch()
        await client.settled(exchange)
        await soon(partial(is_listed, variables, "2"))
        variables.close()
