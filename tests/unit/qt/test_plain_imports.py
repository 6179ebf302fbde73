import subprocess
import sys

import pytest

QT = """
import builtins
import PySide6.QtCore
read = []
feature = PySide6.support.feature
feature.feature_imported.__globals__["_mod_uses_pyside"] = read.append
from vitrail_widgets.qt.plain_imports import unhook_imports
"""


@pytest.mark.parametrize(("times", "are_read"), [(0, True), (1, False), (2, False)])
def test_unhooked_imports_are_not_looked_at_by_pyside(times: int, are_read: bool) -> None:
    script = f"{QT}read.clear()\n{times} and unhook_imports()\n{times} > 1 and unhook_imports()\n"
    script += "import this; print(bool(read))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.split()[-1] == str(are_read), done.stderr


def test_without_pyside_nothing_changes() -> None:
    script = (
        "import builtins; plain = builtins.__import__\n"
        "from vitrail_widgets.qt.plain_imports import unhook_imports\n"
        "unhook_imports(); assert builtins.__import__ is plain"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
