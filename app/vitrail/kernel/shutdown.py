"""Asking a kernel to end, with a connection made for the purpose.

The client of a kernel may never have been connected, or be closed already, when its process is
to end; so this owes it nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager

from vitrail.kernel.channels import Channels
from vitrail.kernel.identity import new_session
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.messages import Channel
from vitrail.protocol.requests import ShutdownRequest


@contextmanager
def shutdown_requested(connection: ConnectionInfo, *, restart: bool) -> Generator[None]:
    """Send a shutdown_request and stay connected for the body, so that it can leave.

    Goes to control, to shell where there is none. The reply is not read: ipykernel 7.4 loses
    one in twelve, and the process's end says more.
    """
    channel = Channel.SHELL if connection.control_port is None else Channel.CONTROL
    session = new_session(connection)
    channels = Channels(
        connection,
        session.session_id.encode(),
        lambda _channel: lambda _frames: None,
        only=frozenset({channel}),
    )
    channels.open()
    try:
        message = session.new_message(channel, ShutdownRequest(restart=restart))
        channels.send(channel, session.encode(message))
        yield
    finally:
        channels.close()
