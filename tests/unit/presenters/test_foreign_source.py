"""Sources of kernels that are no Python, by what they answer when they are asked in detail."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from vitrail.kernel.client import KernelClient
from vitrail.presenters.inspector.foreign_source import WRITTEN_AGAIN, asked_source, r_source
from vitrail.presenters.inspector.looking import AbsentError
from vitrail.protocol.replies import ExecuteReply, InspectReply, KernelInfoReply, LanguageInfo
from vitrail.protocol.requests import ExecuteRequest, InspectRequest
from vitrail_widgets.objects.source import SourceText
from vitrail_widgets.objects.target import Target

INFO = cast(
    "KernelInfoReply", SimpleNamespace(language_info=LanguageInfo(name="x", pygments_lexer="rust"))
)


async def asked(*texts: str | None) -> SourceText | None:
    """Return what comes of answers in short and in detail; None is silence."""

    async def aside(request: InspectRequest, timeout_s: float) -> Any:
        del timeout_s
        text = texts[request.detail_level]
        if text is None:
            raise TimeoutError
        data = {"text/plain": text} if text else {}
        return SimpleNamespace(content=InspectReply(status="ok", found=bool(text), data=data))

    client = cast("KernelClient", SimpleNamespace(aside=aside))
    return await asked_source(client, Target("area"), INFO, "It tells none.")


async def test_what_is_said_in_detail_alone_is_a_source() -> None:
    source = await asked("A function.", "fn area() {}\n")
    assert source == SourceText("fn area() {}", lexer="rust")


@pytest.mark.parametrize("texts", [("", ""), ("A function.", "A function.")])
async def test_a_kernel_that_says_no_more_has_none(texts: tuple[str, str]) -> None:
    with pytest.raises(AbsentError, match="It tells none"):
        await asked(*texts)


def r_client(*pages: str) -> KernelClient:
    payload = [{"data": {"text/plain": page}} for page in pages]

    async def ask(request: ExecuteRequest, timeout_s: float) -> Any:
        del timeout_s
        assert "area" in request.code
        return SimpleNamespace(content=ExecuteReply(status="ok", payload=payload))

    client = SimpleNamespace(ask=ask, is_busy=False, running=lambda: ())
    return cast("KernelClient", client)


async def test_a_function_of_r_stands_below_the_title_of_its_page() -> None:
    page = "R Information\n\n<kept>\nfunction() {\n    '<absent>'\n}\n"
    source = await r_source(r_client(page), Target("area"))
    assert source == SourceText("function() {\n    '<absent>'\n}", lexer="r")
    page = "R Information\n\n<again>\nfunction () \nNULL"
    source = await r_source(r_client(page), Target("area"))
    assert source == SourceText("function () \nNULL", lexer="r", remarks=(WRITTEN_AGAIN,))


async def test_what_is_no_function_of_r_has_no_source() -> None:
    with pytest.raises(AbsentError, match="no function"):
        await r_source(r_client("R Information\n\n<absent>\n"), Target("area"))
    assert await r_source(r_client(), Target("area")) is None


async def test_a_kernel_that_is_silent_is_asked_again_later() -> None:
    assert await asked("A function.", None) is None
