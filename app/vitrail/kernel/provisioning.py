"""What jupyter_client (8.10) looks for before each launch, known without looking: 15 ms of a start.

Its factory reads the entry points of every installed distribution to find the provisioner that
it brings itself, and its provisioner asks psutil for all network interfaces to learn that loopback
is one of this machine's.
"""

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning import local_provisioner
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from traitlets.config import SingletonConfigurable

from vitrail.protocol.connection import LOOPBACK

LOCAL = EntryPoint(
    "local-provisioner",
    "jupyter_client.provisioning:LocalProvisioner",
    KernelProvisionerFactory.GROUP_NAME,
)


class Provisioners(KernelProvisionerFactory):
    """Knows the provisioner that starts processes; others are found when a kernelspec names one."""

    def __init__(self, **options: object) -> None:
        """Make one; the factory's own beginning, which reads all entry points, is left out."""
        SingletonConfigurable.__init__(self, **options)
        self.provisioners[LOCAL.name] = LOCAL


@cache
def look_for_little() -> None:
    """Let jupyter_client find what is needed for a local kernel at once; idempotent."""
    if not KernelProvisionerFactory.initialized():  # else it has looked already
        Provisioners.instance()
    names: dict[str, Any] = local_provisioner.__dict__
    ask: Callable[[str], bool] = names["is_local_ip"]

    def is_local_ip(ip: str) -> bool:
        return ip == LOOPBACK or ask(ip)

    names["is_local_ip"] = is_local_ip
