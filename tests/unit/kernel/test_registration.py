"""The handshake of 5.6, which waits for a launcher that offers it."""

from pathlib import Path

import jupyter_client


def test_the_launcher_knows_no_registration() -> None:
    """When it does, docs/protocol.md says what is to be done."""
    sources = Path(jupyter_client.__file__).parent.rglob("*.py")
    texts = [path.read_text("utf-8") for path in sources]
    assert any("shell_port" in text for text in texts)
    assert not any("registration_port" in text for text in texts)
