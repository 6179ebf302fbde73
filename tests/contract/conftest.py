"""The kernels that the contract is checked against, and clients of them.

Real kernels are launched once a module, outside of any event loop, as the application does; each
test attaches a client of its own on its own loop.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from support.fake_kernel import FakeKernel, Manners
from support.recorder import Recorder
from support.subjects import PYTHON, Attach, Subject, joined, launched
from vitrail.kernel.client import KernelClient


@pytest.fixture(
    scope="module",
    params=["fake", pytest.param("ipykernel", marks=pytest.mark.kernel)],
)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    """Give a kernel that understands the code above."""
    if request.param == "fake":
        with FakeKernel(PYTHON, Manners(language="python")) as fake:
            yield Subject("fake", fake.connection)
    else:
        yield from launched("ipykernel", "python3")


@pytest.fixture
async def attach(subject: Subject) -> AsyncIterator[Attach]:
    """Return a function that makes a ready client of the subject, and what it hears."""
    async with AsyncExitStack() as stack:

        async def new_client() -> tuple[KernelClient, Recorder]:
            return await joined(subject.connection, stack)

        yield new_client
