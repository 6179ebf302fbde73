"""Signals that end a program which has a kernel of its own, heeded by its event loop."""

import asyncio
import signal


def be_cancelled_by_signals() -> None:
    """Let each signal that ends a program cancel this task, so that its kernel is ended too.

    Ctrl+C as well: Python raises the second one wherever the program is just then, be it between
    the decision to kill the kernel and the deed. What is ignored (nohup, `&`) stays so.
    """
    task = asyncio.current_task()
    assert task is not None
    for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(which) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(which, task.cancel)
