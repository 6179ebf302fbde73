"""Secrets of a connection, and texts without them.

A module of its own: a kernel is launched before the message types are imported.
"""

import json
from collections.abc import Iterable
from typing import Final

from vitrail.protocol.connection import ConnectionInfo

HIDDEN: Final = "[removed]"


def secrets_of(connection: ConnectionInfo) -> tuple[bytes, ...]:
    """Name what must never be shown of a connection."""
    candidates = (connection.key, connection.curve_secretkey)
    return tuple(secret for secret in candidates if secret)


def without_secrets(text: str, secrets: Iterable[bytes]) -> str:
    """Take secrets out of a text, however often they are quoted."""
    return removed(text, spellings(secrets))


def removed(text: str, found: Iterable[str]) -> str:
    """Take spellings out of a text, in the order given."""
    for secret in found:
        text = text.replace(secret, HIDDEN)
    return text


def spellings(secrets: Iterable[bytes]) -> tuple[str, ...]:
    """Return each secret as it is, in JSON, and in JSON inside of JSON; longest first."""
    found: set[str] = set()
    for secret in secrets:
        spelling = secret.decode("utf-8", "replace")
        for _ in range(3):
            found.add(spelling)
            found.add(json.dumps(spelling, ensure_ascii=False)[1:-1])
            spelling = json.dumps(spelling)[1:-1]
    return tuple(sorted(filter(None, found), key=len, reverse=True))
