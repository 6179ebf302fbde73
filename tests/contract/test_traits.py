"""Settings of real IPython kernels, by their dotted names, from 2013 to today."""

from collections.abc import AsyncIterator, Iterator

import pytest

from support.built_kernels import TODAYS, Built, asked_for
from support.fake_kernel import FakeKernel
from support.program import Home, private_home
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel.client import KernelClient
from vitrail.kernel.traits import TraitError, set_trait
from vitrail.protocol.broadcasts import ExecuteResult

KERNELS = [TODAYS, "ipykernel-6.29.5", "ipython-1.2.1", "ipython-2.4.1", "ipython-3.2.3"]


kernel = pytest.fixture(scope="module", params=KERNELS)(asked_for)


@pytest.fixture
async def client(kernel: Built) -> AsyncIterator[KernelClient]:
    client = KernelClient(kernel.connection, listener=Recorder())
    await client.connect()
    try:
        await client.ready(READY_S)
        yield client
    finally:
        client.close()


async def seen(client: KernelClient, code: str) -> list[str]:
    heard = Recorder()
    client.listener = heard
    exchange = client.execute(code)
    await client.settled(exchange)
    return [str(result.data["text/plain"]) for result in heard.of(ExecuteResult, exchange)]


@pytest.mark.kernel
async def test_trait_is_set_and_holds_for_the_next_cell(client: KernelClient) -> None:
    name = "InteractiveShell.ast_node_interactivity"
    assert await set_trait(client, name, "all") == "all"
    assert await seen(client, "1\n2") == ["1", "2"]
    assert await set_trait(client, name, "last_expr") == "last_expr"
    assert await seen(client, "1\n2") == ["2"]


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("name", "value", "status", "said"),
    [
        ("InteractiveShell.no_such", 1, "AttributeError", "has no setting"),
        ("NoSuchShell.autocall", 1, "AttributeError", "has no setting"),
        ("InteractiveShell._trait_values", {}, "AccessError", "is private"),
        ("InteractiveShell.exit_now", True, "AccessError", "none of the kernel's settings"),
        ("InteractiveShell.autocall", 7, "TraitError", "cannot be set"),
        ("autocall", 1, "AttributeError", "no Class.trait"),
    ],
)
async def test_what_cannot_be_set_is_told_apart(
    client: KernelClient, name: str, value: object, status: str, said: str
) -> None:
    with pytest.raises(TraitError, match=said) as caught:
        await set_trait(client, name, value)
    assert caught.value.status == status
    assert client.kernel_info is not None


async def test_kernel_that_is_no_ipython_has_no_traits() -> None:
    with FakeKernel({}) as kernel:
        client = KernelClient(kernel.connection, listener=Recorder())
        try:
            await client.connect()
            await client.ready(READY_S)
            with pytest.raises(TraitError, match="is no IPython"):
                await set_trait(client, "InteractiveShell.autocall", 1)
        finally:
            client.close()


@pytest.fixture
def home() -> Iterator[Home]:
    with private_home() as home:
        yield home
        assert home.leftovers() == []


@pytest.mark.kernel
def test_run_sets_traits_before_the_first_cell(home: Home) -> None:
    done = home.run("--set", "InteractiveShell.ast_node_interactivity=all", "-c", "1\n2")
    assert done.status == 0, done
    assert done.stdout.count("Out[1]: ") == 2


@pytest.mark.kernel
def test_run_does_not_begin_with_a_trait_that_cannot_be_set(home: Home) -> None:
    done = home.run("--set", "InteractiveShell.autocall=7", "-c", "print('ran')")
    assert done.status == 2
    assert "ran" not in done.stdout
    assert done.stderr.startswith("vitrail run: InteractiveShell.autocall cannot be set: ")
    assert done.stderr.count("\n") == 1
