"""Keeps the cyclic garbage collector off threads that are not the GUI's.

The collector runs wherever enough was allocated, and destroys there what is unreachable: also the
widgets, timers and fonts of a console that was closed, which no other thread may touch. The
interpreter crashes then, once in a while.
"""

import gc


class CollectionPause:
    """Lets nothing be collected from when it is made until it is ended, both on the GUI's thread.

    Ended by the worker itself, it would be the worker that collects what has piled up.
    """

    _paused = 0
    _was_enabled = False

    def __init__(self) -> None:
        if not CollectionPause._paused:
            CollectionPause._was_enabled = gc.isenabled()
            gc.disable()
        CollectionPause._paused += 1

    def end(self) -> None:
        """Let things be collected again, unless another pause lasts."""
        CollectionPause._paused -= 1
        if not CollectionPause._paused and CollectionPause._was_enabled:
            gc.enable()
