"""What the program says of itself with --debug: a line for each event, named by its subject.

Whoever has something to say asks `logging.getLogger("vitrail.SUBJECT")`. Said are names, types,
ids and states; never keys, code, or what a kernel answered.
"""

import logging
import sys
from typing import Final

SUBJECTS: Final = ("kernel", "wire")

_FORM: Final = "%(asctime)s.%(msecs)03d %(name)s: %(message)s"


def speak(subject: str | None) -> None:
    """Write what happens to stderr from now on.

    Args:
        subject: The one of SUBJECTS to speak of; None for all.
    """
    voice = logging.StreamHandler(sys.stderr)
    voice.setFormatter(logging.Formatter(_FORM, "%H:%M:%S"))
    log = logging.getLogger("vitrail" if subject is None else f"vitrail.{subject}")
    log.addHandler(voice)
    log.setLevel(logging.DEBUG)
    log.propagate = False
