"""Values of options that are more than text. Each error is a sentence about the text."""

import argparse
import json
import re

from vitrail.options import SshServer

_SSH_SERVER = re.compile(
    r"(?P<user>[^\s@\-][^\s@]*@)?"
    r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<host>[^\s@:\[\]\-][^\s@:\[\]]*))"
    r"(?::(?P<port>[0-9]{1,5}))?"
)


def ssh_server(text: str) -> SshServer:
    """Read [user@]host[:port]; what ssh would take for an option is refused."""
    found = _SSH_SERVER.fullmatch(text)
    port = found["port"] if found else None
    if found is None or (port is not None and not 1 <= int(port) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not [user@]host[:port]")
    host = f"{found['user'] or ''}{found['v6'] or found['host']}"
    return SshServer(host, int(port) if port else None)


def trait(text: str) -> tuple[str, object]:
    """Read Class.trait=VALUE, where the value is JSON or text."""
    name, equals, value = text.partition("=")
    if not equals or not re.fullmatch(r"[^\W\d]\w*\.[^\W\d]\w*", name):
        raise argparse.ArgumentTypeError(f"{text!r} is not Class.trait=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def number(text: str) -> int:
    """Read a number from 0."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


def seconds(text: str) -> float:
    """Read a time above 0."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 < found < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return found
