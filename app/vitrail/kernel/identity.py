"""Who we are to a kernel: a session with the connection's key and the user's name."""

from datetime import UTC, datetime
from getpass import getuser

from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.session import Session


def new_session(connection: ConnectionInfo) -> Session:
    """Make a session that no other client of the kernel has."""
    return Session(
        now=lambda: datetime.now(UTC),
        key=connection.key,
        signature_scheme=connection.signature_scheme,
        username=_username(),
    )


def _username() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a user id without an entry, as in containers
        return "username"
