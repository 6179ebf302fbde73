"""The state that is shown."""

from itertools import product

import pytest

from vitrail.kernel.lifecycle import KernelState, Launch, Link, kernel_state


@pytest.mark.parametrize(
    ("launch", "link", "is_busy", "state"),
    [
        (Launch.STARTING, Link.CONNECTING, False, KernelState.STARTING),
        (Launch.STARTING, Link.LIVE, False, KernelState.STARTING),
        (Launch.RUNNING, Link.CONNECTING, False, KernelState.STARTING),
        (Launch.RUNNING, Link.LIVE, False, KernelState.IDLE),
        (Launch.RUNNING, Link.LIVE, True, KernelState.BUSY),
        (Launch.RUNNING, Link.SILENT, True, KernelState.DISCONNECTED),
        (Launch.RUNNING, Link.CLOSED, False, KernelState.DISCONNECTED),
        (Launch.STARTING, Link.CLOSED, False, KernelState.DISCONNECTED),
    ],
)
def test_state_is_computed(launch: Launch, link: Link, is_busy: bool, state: KernelState) -> None:
    assert kernel_state(launch, link, is_busy=is_busy) is state


@pytest.mark.parametrize(("link", "is_busy"), list(product(Link, (True, False))))
def test_process_outweighs_sockets_and_statuses(link: Link, is_busy: bool) -> None:
    assert kernel_state(Launch.EXITED, link, is_busy=is_busy) is KernelState.DEAD
    assert kernel_state(Launch.RESTARTING, link, is_busy=is_busy) is KernelState.RESTARTING


@pytest.mark.parametrize("launch", Launch)
@pytest.mark.parametrize("link", Link)
def test_every_combination_has_a_state(launch: Launch, link: Link) -> None:
    assert kernel_state(launch, link, is_busy=False) in KernelState
