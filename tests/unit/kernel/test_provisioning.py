from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_client.provisioning import local_provisioner
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from vitrail.kernel.provisioning import LOCAL, Provisioners, look_for_little


def kernelspec(**metadata: object) -> Any:
    return SimpleNamespace(display_name="A kernel", metadata=metadata)


def test_local_provisioner_is_the_one_that_jupyter_client_registers() -> None:
    found = KernelProvisionerFactory._get_all_provisioners()
    assert LOCAL in [*found]
    assert LOCAL.load() is LocalProvisioner


def test_entry_points_are_not_read_for_a_kernel_that_names_no_provisioner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(**_wanted: object) -> None:
        pytest.fail("entry points were read")

    monkeypatch.setattr("jupyter_client.provisioning.factory.entry_points", read)
    monkeypatch.setattr(KernelProvisionerFactory, "provisioners", {})
    assert Provisioners().is_provisioner_available(kernelspec())


def test_entry_points_are_read_for_a_provisioner_that_a_kernelspec_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def read(*, group: str, name: str) -> list[object]:
        asked.append((group, name))
        return [LOCAL]

    monkeypatch.setattr("jupyter_client.provisioning.factory.entry_points", read)
    monkeypatch.setattr(KernelProvisionerFactory, "provisioners", {})
    far = kernelspec(kernel_provisioner={"provisioner_name": "far"})
    assert Provisioners().is_provisioner_available(far)
    assert asked == [(KernelProvisionerFactory.GROUP_NAME, "far")]


def test_loopback_is_local_without_a_look_at_the_interfaces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ask(ip: str) -> bool:
        asked.append(ip)
        return False

    asked: list[str] = []
    monkeypatch.setattr(local_provisioner, "is_local_ip", ask)
    look_for_little.cache_clear()
    look_for_little()
    is_local = vars(local_provisioner)["is_local_ip"]
    assert is_local("127.0.0.1")
    assert asked == []
    assert not is_local("192.0.2.1")
    assert asked == ["192.0.2.1"]
