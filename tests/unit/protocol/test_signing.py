import hashlib
from typing import Any

import pytest
from jupyter_client.session import Session as JupyterSession
from traitlets import TraitError

from support.wire import KEY, sign
from vitrail.protocol.errors import UsageError
from vitrail.protocol.signing import Signer

PARTS = [b'{"msg_id":"1"}', b"{}", b"{}", '{"code":"é𝒳"}'.encode()]

USABLE = [
    f"hmac-{name}"
    for name in sorted(hashlib.algorithms_guaranteed)
    if not name.startswith("shake") and hasattr(hashlib, name)
]


def test_the_usable_schemes_are_the_ones_that_kernels_take() -> None:
    measured = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b"}

    assert {f"hmac-{name}" for name in measured} <= set(USABLE)


@pytest.mark.parametrize("scheme", USABLE)
def test_signatures_agree_with_jupyter_client_and_with_hmac(scheme: str) -> None:
    theirs: Any = JupyterSession(key=KEY, signature_scheme=scheme)

    signature = Signer(KEY, scheme).sign(PARTS)

    assert signature == theirs.sign(PARTS) == sign(PARTS, KEY, scheme)
    assert signature == signature.lower()


@pytest.mark.parametrize("scheme", ["", "sha256", "md5-sha256", "HMAC-sha256"])
def test_a_scheme_that_is_not_hmac_is_refused_in_jupyter_clients_words(scheme: str) -> None:
    with pytest.raises(UsageError) as ours:
        Signer(KEY, scheme)
    with pytest.raises(TraitError) as theirs:
        JupyterSession(key=KEY, signature_scheme=scheme)

    assert str(ours.value) == f"signature_scheme must start with 'hmac-', got {scheme!r}"
    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize("name", ["", "nosuch", "SHA256", "MD5", "sha256-x"])
def test_a_digest_that_hashlib_lacks_is_refused_in_jupyter_clients_words(name: str) -> None:
    with pytest.raises(UsageError) as ours:
        Signer(KEY, f"hmac-{name}")
    with pytest.raises(TraitError) as theirs:
        JupyterSession(key=KEY, signature_scheme=f"hmac-{name}")

    assert str(ours.value) == f"hashlib has no such attribute: {name}"
    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize(
    "name",
    [
        "new",
        "shake_128",
        "shake_256",
        "algorithms_available",
        "pbkdf2_hmac",
        "scrypt",
        "file_digest",
        "__name__",
        "__doc__",
        "__dict__",
        "__builtins__",
        "__class__",
        "__getattribute__",
    ],
)
def test_an_attribute_of_hashlib_that_is_no_digest_is_refused_as_unsupported(name: str) -> None:
    with pytest.raises(UsageError, match=f"'hmac-{name}' is not supported"):
        Signer(KEY, f"hmac-{name}")


@pytest.mark.parametrize("scheme", ["", "sha256", "hmac-nosuch", "hmac-sha256"])
def test_without_a_key_nothing_is_signed_and_the_scheme_is_not_looked_at(scheme: str) -> None:
    signer = Signer(b"", scheme)

    assert not signer.signs
    assert signer.sign(PARTS) == b""


def test_signing_leaves_no_trace_for_the_next_signature() -> None:
    signer = Signer(KEY)

    assert signer.sign(PARTS) == signer.sign(PARTS)
    assert signer.matches(signer.sign(PARTS), PARTS)
    assert not signer.matches(signer.sign(PARTS).upper(), PARTS)
    assert not signer.matches("signé".encode(), PARTS)
