"""Sources of kernels that are no Python, by what they answer when they are asked in detail."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from vitrail.kernel.client import KernelClient
from vitrail.presenters.inspector.foreign_source import asked_source
from vitrail.presenters.inspector.looking import AbsentError
from vitrail.protocol.replies import InspectReply, KernelInfoReply, LanguageInfo
from vitrail.protocol.requests import InspectRequest
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


async def test_a_kernel_that_is_silent_is_asked_again_later() -> None:
    assert await asked("A function.", None) is None
