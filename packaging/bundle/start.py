"""What the bundle runs: Vitrail, in the environment of who started it.

PyInstaller points the loader and Qt into the bundle. Kernels and editors would inherit that, and
load the bundle's libraries instead of their own; Vitrail itself finds its plug-ins by `qt.conf`.
"""

import os
import sys

from vitrail.cli import main

SET_BY_THE_BUNDLE = (
    "LD_LIBRARY_PATH",
    "QT_PLUGIN_PATH",
    "QML2_IMPORT_PATH",
    "PYSIDE6_OPTION_PYTHON_ENUM",
)


def restore_environment() -> None:
    """Give back what the variables were before the start, or take them away."""
    for name in SET_BY_THE_BUNDLE:
        original = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if original is not None:
            os.environ[name] = original
    for name in [each for each in os.environ if each.startswith("_PYI_")]:
        del os.environ[name]


if __name__ == "__main__":
    restore_environment()
    sys.exit(main())
