"""The source of an object of a kernel that is no Python: what R writes down, what others say."""

import re
from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.presenters.inspector.looking import AbsentError
from vitrail.presenters.r_variables import r_page
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import InspectReply, KernelInfoReply
from vitrail.protocol.requests import InspectRequest
from vitrail_resources.translation import tr
from vitrail_widgets.objects.source import SourceText
from vitrail_widgets.objects.target import Target
from vitrail_widgets.signature.plain_text import plain_text
from vitrail_widgets.transcript.mime import MimeBundle

ANSWER_S: Final = 5.0
WRITTEN_AGAIN: Final = tr(
    "Written down again by R: comments and spaces are not those of its source."
)
FUNCTIONS_ALONE: Final = tr("R has a source of functions alone; it knows no function of this name.")

_TOLD: Final = re.compile(r"^<(?P<how>absent|again|kept)>$(?P<text>.*)", re.DOTALL | re.MULTILINE)
"""Below the title that R gives to a page."""

# Nothing of the user's runs: active bindings are not read, and the methods that are called are R's
# own. An error would make the kernel drop the cells that wait: there is none.
R_CODE: Final = r"""
tryCatch(local({
  name <- "%s"
  home <- globalenv()
  is_active <- exists(name, envir = home, inherits = FALSE) && bindingIsActive(name, home)
  value <- if (!is_active) get0(name, envir = home, mode = "function")
  ref <- attr(value, "srcref", exact = TRUE)
  lines <- if (is.null(value)) "<absent>" else if (is.null(ref)) c("<again>", deparse(value))
           else c("<kept>", base::as.character.srcref(ref, useSource = TRUE))
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  file.show(file)
}), error = function(e) invisible(NULL))
"""


async def r_source(client: KernelClient, target: Target) -> SourceText | None:
    """Return the source of a function of R; None while the kernel cannot say.

    Raises:
        AbsentError: There is no such function.
    """
    told = _TOLD.search(await r_page(client, R_CODE % target.text))
    if told is None:
        return None
    if told["how"] == "absent":
        raise AbsentError(FUNCTIONS_ALONE)
    remarks = (WRITTEN_AGAIN,) if told["how"] == "again" else ()
    return SourceText(told["text"].strip("\n"), lexer="r", remarks=remarks)


async def asked_source(
    client: KernelClient, target: Target, info: KernelInfoReply, unable: str
) -> SourceText | None:
    """Return what a kernel says in detail where it says more than in short; None for not now.

    Args:
        client: Of the kernel.
        target: The object.
        info: What the kernel says of itself.
        unable: Why there is no source where it says no more.

    Raises:
        AbsentError: It says no more.
    """
    try:
        short, full = [await _said(client, target, in_detail=each) for each in (False, True)]
    except (TimeoutError, ProtocolError):
        return None
    if not full or full == short:
        raise AbsentError(unable)
    language = info.language_info
    return SourceText(full, lexer=language.pygments_lexer or language.name)


async def _said(client: KernelClient, target: Target, *, in_detail: bool) -> str:
    code = target.text
    request = InspectRequest(code=code, cursor_pos=len(code), detail_level=1 if in_detail else 0)
    content = (await client.aside(request, ANSWER_S)).content
    if not isinstance(content, InspectReply) or not content.found:
        return ""
    return plain_text(MimeBundle(content.data, content.metadata).text("text/plain")).strip("\n")
