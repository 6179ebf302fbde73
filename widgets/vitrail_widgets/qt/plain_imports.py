"""Imports without PySide's look at the importer.

PySide (6.11) hooks Python's import, and reads the source of each module that is imported from then
on, to learn whether it uses PySide, in case it says `from __feature__ import snake_case`. For our
modules that takes 45 ms of a start, and we say no such thing.
"""

import builtins


def unhook_imports() -> None:
    """Import as before that hook; idempotent. `from __feature__` means nothing from then on."""
    hooked = getattr(builtins, "__orig_import__", None)  # the hook keeps it there
    if hooked is not None:
        builtins.__import__ = hooked
