"""From what the command line says of a running kernel to the way there."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from vitrail.kernel.discovery import find_connection_file
from vitrail.options import AttachOptions
from vitrail.protocol.connection import ConnectionInfo, read_connection_file, with_key
from vitrail.protocol.errors import UsageError

if TYPE_CHECKING:
    from vitrail.kernel.process import KernelProcess
    from vitrail.kernel.tunnel import Tunnel

LONGEST_KEY_BYTES: Final = 65_536
"""What is longer is no key but the wrong file; it may have no end, like /dev/zero."""


def way_to_existing(options: AttachOptions) -> "Tunnel | ConnectionInfo":
    """Return where a kernel of somebody else is reached; a tunnel there is begun, and to be closed.

    Raises:
        UsageError: There is no such kernel, key or way; says which.
    """
    assert options.existing is not None
    connection = read_connection_file(find_connection_file(options.existing))
    if options.key_file is not None:
        source = f"The key file {options.key_file}"
        connection = with_key(connection, read_key_file(options.key_file), source)
    if options.ssh is None:
        return connection
    from vitrail.kernel.tunnel import Tunnel

    return Tunnel(connection, options.ssh)


def orphan_to_existing(options: AttachOptions) -> "KernelProcess | None":
    """Take over the kernel when it is one of ours whose window has crashed, else return None.

    Raises:
        UsageError: There is no such kernel.
    """
    if options.existing is None or options.key_file is not None or options.ssh is not None:
        return None
    from vitrail.kernel.orphans import adopted

    return adopted(find_connection_file(options.existing))


def read_key_file(path: Path) -> bytes:
    """Return what a file holds, without the white space around it.

    Raises:
        UsageError: It cannot be read, or holds no key.
    """
    source = f"The key file {path}"
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(LONGEST_KEY_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"{source} does not exist.") from None
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror}.") from error
    if len(content) > LONGEST_KEY_BYTES:
        raise UsageError(f"{source} is too long to be one.")
    key = content.strip()
    if not key:
        raise UsageError(f"{source} is empty.")
    return key
