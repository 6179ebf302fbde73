"""A Python environment where jupyter_client wants a kernelspec."""

from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from vitrail.kernel.environments import environment_at, here, kernel_json
from vitrail.kernel.launcher import LaunchError


class _Only(KernelSpecManager):
    """Knows one kernel, by whatever name."""

    def __init__(self, spec: KernelSpec) -> None:
        super().__init__()
        self._spec = spec

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the name by which the launcher asks."""
        return {"python3": self._spec.resource_dir}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the one."""
        del kernel_name
        return self._spec


def only_in(path: Path) -> KernelSpecManager:
    """Return what knows the ipykernel of an environment.

    Raises:
        LaunchError: There is none; says the command that installs it.
    """
    environment = environment_at(path, here())
    if environment is None:
        raise LaunchError(f"{path} is no Python environment.")
    if not environment.has_ipykernel:
        raise LaunchError(
            f"{environment.display_name} has no ipykernel. This installs it: "
            f"{environment.install_command}"
        )
    return _Only(KernelSpec(resource_dir=str(path), **kernel_json(environment)))
