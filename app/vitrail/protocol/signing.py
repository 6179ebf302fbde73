"""Message signatures: HMAC over the exact bytes of the four JSON parts."""

import hashlib
import hmac
from collections.abc import Generator, Sequence

from vitrail.protocol.errors import UsageError

DEFAULT_SCHEME = "hmac-sha256"

STEP_BYTES = 1_000_000
"""Of a large part that are signed in one step; a millisecond of work."""


class Signer:
    """Signs and checks the JSON parts of messages with one key and one scheme.

    An empty key turns signing and checking off; the scheme is then not even looked at
    (a file of IPython 1.x may hold an empty one). Jupyter messaging 5.5, "The wire protocol".

    Raises:
        UsageError: The scheme is not ``hmac-`` and a usable digest of hashlib.
    """

    def __init__(self, key: bytes, scheme: str = DEFAULT_SCHEME) -> None:
        self._template = _keyed_digest(key, scheme) if key else None

    @property
    def signs(self) -> bool:
        """Tell whether there is a key."""
        return self._template is not None

    def sign(self, parts: Sequence[bytes]) -> bytes:
        """Sign the parts as they are: lower-case hex, or empty without a key."""
        if self._template is None:
            return b""
        digest = self._template.copy()
        for part in parts:
            digest.update(part)
        return digest.hexdigest().encode("ascii")

    def sign_in_steps(self, parts: Sequence[bytes]) -> Generator[None, None, bytes]:
        """Sign large parts, a millisecond in each step."""
        if self._template is None:
            return b""
        digest = self._template.copy()
        for part in parts:
            view = memoryview(part)
            for start in range(0, len(part), STEP_BYTES):
                digest.update(view[start : start + STEP_BYTES])
                yield
        return digest.hexdigest().encode("ascii")

    def matches(self, signature: bytes, parts: Sequence[bytes]) -> bool:
        """Tell whether the signature is that of the parts, in constant time."""
        return hmac.compare_digest(signature, self.sign(parts))


def _keyed_digest(key: bytes, scheme: str) -> hmac.HMAC:
    if not scheme.startswith("hmac-"):
        raise UsageError(f"signature_scheme must start with 'hmac-', got {scheme!r}")
    name = scheme.split("-", 1)[1]
    constructor = getattr(hashlib, name, None)
    if constructor is None:
        raise UsageError(f"hashlib has no such attribute: {name}")
    try:
        digest = hmac.new(key, digestmod=constructor)
        digest.copy().hexdigest()
    except (TypeError, ValueError, AttributeError) as error:
        # hashlib.new, hashlib.shake_128 and the like are attributes but no digests for HMAC.
        raise UsageError(f"signature_scheme {scheme!r} is not supported by hashlib") from error
    return digest
