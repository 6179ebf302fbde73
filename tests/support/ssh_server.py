"""A real sshd on loopback, and an `ssh` on PATH whose configuration knows it as a machine."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Final

import psutil

from support.patience import PATIENCE_S
from vitrail.kernel.ports import free_ports

NAME: Final = "kernelbox"
"""What the configuration of ssh calls the server."""

_PRIVILEGE_SEPARATION: Final = Path("/run/sshd")

_SERVER: Final = """\
ListenAddress 127.0.0.1:{port}
HostKey {home}/host
AuthorizedKeysFile {home}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
"""
_CLIENT: Final = """\
Host {name}
  HostName 127.0.0.1
  Port {port}
  HostKeyAlias {name}
  IdentityFile {home}/user
Host *
  IdentitiesOnly yes
  GlobalKnownHostsFile none
  UserKnownHostsFile {home}/known
  StrictHostKeyChecking yes
"""


def ssh_missing() -> str | None:
    """Say what a machine lacks for a server of its own, None when nothing."""
    for program in ("ssh", "ssh-keygen"):
        if shutil.which(program) is None:
            return f"there is no {program} (openssh-client)"
    return None if _sshd() else "there is no sshd (openssh-server)"


def _sshd() -> str | None:
    return shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


@dataclass
class SshHost:
    """A server that runs.

    Attributes:
        home: Keys and configurations; its `bin` holds the `ssh` that knows the server.
        port: Where it listens.
    """

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"

    def hang_up(self) -> None:
        """Break every connection; new ones are taken."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            child.kill()

    def end(self) -> None:
        """End the server and every connection."""
        self.hang_up()
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def begin(self) -> None:
        """Run the server, again if it was ended."""
        self.process = _running(self.home, self.port)


@contextmanager
def ssh_host() -> Iterator[SshHost]:
    """Run a server for the body; keys and known hosts are made for it."""
    with tempfile.TemporaryDirectory(prefix="vt-ssh-") as name:
        home = Path(name)
        [port] = free_ports(1)
        for key in ("host", "user", "stranger"):
            argv = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / key)]
            subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
        kind, text = (home / "host.pub").read_text().split()[:2]
        (home / "known").write_text(f"{NAME} {kind} {text}\n")
        words = {"name": NAME, "port": port, "home": home}
        (home / "sshd_config").write_text(_SERVER.format(**words))
        (home / "ssh_config").write_text(_CLIENT.format(**words))
        _add_program(home)
        _make_for_root()
        host = SshHost(home, port, _running(home, port))
        try:
            yield host
        finally:
            if host.process.poll() is None:
                host.end()


def _add_program(home: Path) -> None:
    """Put an `ssh` with our configuration into a directory for PATH."""
    program = home / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {home}/ssh_config "$@"\n')
    program.chmod(0o755)


def _make_for_root() -> None:
    """Make the directory that sshd wants as root, as the system does where it runs one.

    It stays: every connection needs it, those to a server of another worker's as well.
    """
    if os.getuid() == 0:
        _PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)


def _running(home: Path, port: int) -> "subprocess.Popen[bytes]":
    with (home / "sshd.log").open("ab") as log:
        process = subprocess.Popen(
            [str(_sshd()), "-D", "-e", "-f", str(home / "sshd_config")],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            said = (home / "sshd.log").read_text()
            assert process.poll() is None, f"sshd of {getuser()} ended: {said}"
            assert time.monotonic() < deadline, said
            time.sleep(0.01)
        else:
            return process
