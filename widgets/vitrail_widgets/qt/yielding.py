"""Lets the GUI's thread go on at once while another one works in Python."""

import sys

SWITCH_S = 0.0005
"""How long a thread may keep the interpreter when another one wants it; usually ten times that."""


class QuickSwitching:
    """Makes threads hand over the interpreter sooner, from when it is made until it is ended.

    Qt takes the interpreter several times for one turn of its loop, and waits for it each time: a
    turn took 60 to 80 ms beside a thread that reads a table, and takes 9 so. The thread loses
    nothing that could be measured.
    """

    _many = 0
    _usual_s = 0.0

    def __init__(self) -> None:
        if not QuickSwitching._many:
            QuickSwitching._usual_s = sys.getswitchinterval()
            sys.setswitchinterval(min(SWITCH_S, QuickSwitching._usual_s))
        QuickSwitching._many += 1

    def end(self) -> None:
        """Let it be as it was, unless another one lasts; on the thread that made it."""
        QuickSwitching._many -= 1
        if not QuickSwitching._many:
            sys.setswitchinterval(QuickSwitching._usual_s)
