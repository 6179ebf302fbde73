"""The kernelspecs as a folder build sees them, which is no Python that could run a kernel."""

import shutil
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager

from vitrail.kernel.discovery import OUR_PYTHON

LEVELS = 3
"""Of directories between a kernelspec and the prefix of its Python: share/jupyter/kernels/NAME."""


class FolderSpecManager(KernelSpecManager):
    """Finds kernelspecs, and the interpreter of those that only say "python".

    ipykernel's own does. jupyter_client 8.10 takes that for the program that runs, which would
    launch itself.
    """

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Return a KernelSpec with an interpreter; see jupyter_client for the errors."""
        spec: Any = super().get_kernel_spec(kernel_name)
        if spec.argv and spec.argv[0] in OUR_PYTHON:
            spec.argv[0] = python_for(Path(spec.resource_dir))
        return spec


def python_for(resource_dir: Path) -> str:
    """Return the interpreter of the environment that a kernelspec lies in, else the user's.

    Where there is neither, the path names a program that is missing, and it is told as such.
    """
    programs = resource_dir.parents[LEVELS] / "bin"
    own = next(
        (each for each in (programs / "python", programs / "python3") if each.exists()), None
    )
    found = own or shutil.which("python3") or shutil.which("python")
    return str(found or programs / "python3")
