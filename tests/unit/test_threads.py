"""What threads tell the event loop, and that they tell nothing while the program ends."""

import asyncio
import threading

import pytest

from vitrail.threads import Promise, forsake_promises, in_thread


def one_over(number: int) -> float:
    return 1 / number


async def test_what_a_thread_returns_comes_to_the_loop() -> None:
    assert await in_thread(lambda: one_over(2)) == 0.5


async def test_what_a_thread_raises_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: one_over(0))


async def test_thread_of_who_was_cancelled_tells_nobody() -> None:
    begin, work_is_over = threading.Event(), threading.Event()

    def work() -> None:
        begin.wait()
        work_is_over.set()

    looking = asyncio.ensure_future(in_thread(work))
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    begin.set()
    assert await in_thread(work_is_over.wait)


def test_loop_that_is_closed_is_told_nothing() -> None:
    async def made() -> Promise[int]:
        return Promise()

    promise = asyncio.run(made())
    promise.fulfil(int)
    assert not promise.future.done()


async def test_forsaken_promise_tells_nothing_and_a_later_one_does() -> None:
    before: Promise[int] = Promise()
    future = before.future
    forsake_promises()
    before.fulfil(int)
    assert await in_thread(int) == 0  # told after what `before` would have told
    assert not future.done()


async def test_end_waits_for_a_thread_that_is_telling(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    tell = loop.call_soon_threadsafe
    is_telling, may_tell, order = threading.Event(), threading.Event(), list[str]()

    def slow(*arguments: object) -> object:
        is_telling.set()
        may_tell.wait()
        order.append("told")
        return tell(*arguments)  # type: ignore[arg-type] # as they came

    def end() -> None:
        forsake_promises()
        order.append("ended")

    promise: Promise[int] = Promise()
    with monkeypatch.context() as patch:
        patch.setattr(loop, "call_soon_threadsafe", slow)
        teller = threading.Thread(target=promise.fulfil, args=(int,))
        teller.start()
        is_telling.wait()
    ender = threading.Thread(target=end)
    ender.start()
    may_tell.set()
    ender.join()
    assert order == ["told", "ended"]
    assert not teller.is_alive()
