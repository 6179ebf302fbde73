"""Who we are to a kernel: a session with the connection's key and the user's name."""

from datetime import UTC, datetime
from getpass import getuser

from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.dialect import V5, Dialect
from vitrail.protocol.session import Session


def new_session(
    connection: ConnectionInfo, *, dialect: Dialect = V5, session_id: str | None = None
) -> Session:
    """Make a session that no other client of the kernel has, unless it is given an id."""
    return Session(
        dialect=dialect,
        session_id=session_id,
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
