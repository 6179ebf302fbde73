"""The fields of a connection file that somebody else wrote; each fault names file and field."""

import json
import re
from pathlib import Path
from typing import Any, Self, cast

from vitrail.protocol.errors import UsageError
from vitrail.protocol.signing import DEFAULT_SCHEME, Signer

LARGEST_BYTES = 1_048_576
"""A larger file is the wrong one."""

_HOST = re.compile(r"(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?")
"""A name, or an address of IP version 4; longer labels exist in no domain (RFC 1035, 2.3.4)."""

_Z85_KEY = re.compile(r"[0-9a-zA-Z.\-:+=^!/*?&<>()\[\]{}@%$#]{40}")


def read_text(path: Path, source: str) -> str:
    """Read a file that *source* names at the start of a sentence.

    Raises:
        UsageError: It cannot be read, or holds too much to be meant.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise UsageError(f"{source} is too large to be one.")
        return content.decode("utf-8")
    except FileNotFoundError:
        raise UsageError(f"{source} does not exist.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{source} is not UTF-8 text.") from None
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror}.") from error


def is_host(text: str) -> bool:
    """Tell whether a text can be the name or the address of a machine."""
    bare = text.strip("[]")
    if ":" not in bare:
        return _HOST.fullmatch(bare) is not None
    from ipaddress import IPv6Address  # no start of a kernel of ours waits for it

    try:
        IPv6Address(bare)
    except ValueError:
        return False
    return True


class FileFields:
    """What a connection file says. No error holds the key.

    Args:
        fields: The JSON object.
        source: How errors name the file, at the start of a sentence.
    """

    def __init__(self, fields: dict[str, Any], source: str) -> None:
        self._fields = fields
        self._source = source

    @classmethod
    def parse(cls, text: str, source: str) -> Self:
        """Read a file's text.

        Raises:
            UsageError: It is not a JSON object.
        """
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{source} is not JSON: {error}.") from None
        if not isinstance(fields, dict):
            raise UsageError(f"{source} is not a JSON object.")
        return cls(cast("dict[str, Any]", fields), source)

    def fault(self, name: str, what: str) -> UsageError:
        """Make the error that says what is wrong with a field."""
        return UsageError(f"{self._source}: {name} {what}.")

    def value(self, name: str) -> Any:
        """Return a field as it is, None when it is missing."""
        return self._fields.get(name)

    def text(self, name: str) -> str:
        """Return a text; empty when it is missing or null."""
        value = self._fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fault(name, "is not text")
        return value

    def key(self, name: str = "key") -> bytes:
        """Return a key that messages are signed with; empty when it is missing."""
        try:
            return self.text(name).encode("utf-8")
        except UnicodeEncodeError:
            raise self.fault(name, "holds characters that UTF-8 cannot say") from None

    def port(self, name: str) -> int:
        """Return a port that must be there."""
        port = self.optional_port(name)
        if port is None:
            raise self.fault(name, "is missing")
        return port

    def optional_port(self, name: str) -> int | None:
        """Return a port, None when it is missing or null."""
        value = self._fields.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(name, "is not a whole number")
        if not 1 <= value <= 65535:
            raise self.fault(name, f"is {value}, not from 1 to 65535")
        return value

    def scheme(self, key: bytes) -> str:
        """Return how messages are signed; the default when the file does not say it."""
        scheme = self.text("signature_scheme") or DEFAULT_SCHEME
        try:
            Signer(key, scheme)
        except UsageError as error:
            reason = str(error)
            prefix = "" if reason.startswith("signature_scheme") else "signature_scheme: "
            raise UsageError(f"{self._source}: {prefix}{reason}.") from None
        return scheme

    def curve_key(self, name: str) -> bytes | None:
        """Return a CurveZMQ key, None when it is missing, null or empty."""
        text = self.text(name)
        if not text:
            return None
        if not _Z85_KEY.fullmatch(text):
            raise self.fault(name, "is not a Z85 key of 40 characters")
        return text.encode("ascii")
