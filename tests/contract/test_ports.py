"""Where a kernel is told to listen."""

import socket
from contextlib import ExitStack

import pytest

from vitrail.kernel.ports import PORTS, free_ports


def test_ports_are_different_and_outside_of_what_outgoing_connections_get() -> None:
    found = free_ports(5)
    assert len(set(found)) == 5
    assert all(20_000 <= port < 32_768 for port in found)


def unused(count: int) -> list[int]:
    """Return ports that nobody has, chosen by the system."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def test_port_that_is_taken_is_left_out() -> None:
    first, second, third = unused(3)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", second))
        assert sorted(free_ports(2, among=[first, second, third])) == sorted([first, third])


def test_too_few_ports_are_an_error() -> None:
    [port] = unused(1)
    with pytest.raises(OSError, match="no 2 free ports"):
        free_ports(2, among=[port])


def test_a_port_is_not_given_again_before_the_kernel_that_got_it_listens() -> None:
    among = unused(40)
    given = [port for _ in range(8) for port in free_ports(5, among=among)]
    assert sorted(given) == sorted(among)


def test_two_programs_do_not_begin_with_the_same_port() -> None:
    assert len({free_ports(1)[0] for _ in range(4)}) > 1
    assert len(PORTS) > 10_000
