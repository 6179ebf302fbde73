"""The variables of an R kernel, by code that is run on the quiet.

IRkernel 1.3 evaluates no user expressions, and tells nothing of what silent code prints. But what
its pager is given it hands over in the reply, as a page for the frontend.
"""

import ast
from typing import Any, Final

import msgspec

from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.requests import ExecuteRequest
from vitrail_widgets.variables.variable import Variable

ANSWER_S: Final = 5.0
FIELDS: Final = 6

# Methods of the user's classes are not called: values are looked at without their class, and active
# bindings are not read. An error would make the kernel drop the cells that wait: there is none.
CODE: Final = r"""
tryCatch(local({
  home <- globalenv()
  told <- function(name) {
    if (bindingIsActive(name, home)) return(c(name, "instance", "active binding", "", "", ""))
    value <- get(name, envir = home, inherits = FALSE)
    kind <- if (is.function(value)) "function" else "instance"
    is_opaque <- is.function(value) || is.environment(value) || is.language(value) || isS4(value)
    bare <- if (is_opaque) NULL else unclass(value)
    shape <- if (is.data.frame(value)) c(.row_names_info(value, 2L), length(bare))
             else attr(value, "dim", exact = TRUE)
    size <- if (is.null(bare)) "" else paste(if (is.null(shape)) length(bare) else shape,
                                             collapse = " x ")
    shown <- if (is.function(value)) paste0("(", paste(names(formals(value)), collapse = ", "), ")")
             else if (is.character(bare)) paste(encodeString(head(as.vector(bare), 6), quote = "'"),
                                                collapse = ", ")
             else if (is.atomic(bare)) paste(head(as.vector(bare), 6), collapse = ", ")
             else paste(head(names(bare), 12), collapse = ", ")
    memory <- format(as.numeric(unclass(object.size(value))), scientific = FALSE)
    class <- if (is.null(oldClass(value))) typeof(value) else oldClass(value)[1]
    c(name, kind, class, size, memory, substr(shown, 1, 160))
  }
  row <- function(name) {
    fields <- tryCatch(told(name), error = function(e) c(name, "instance", "", "", "", ""))
    paste(encodeString(fields, quote = '"'), collapse = "\t")
  }
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(vapply(head(ls(home, all.names = TRUE), 5000), row, ""), file)
  file.show(file)
}), error = function(e) invisible(NULL))
"""


class _Page(msgspec.Struct):
    data: dict[str, str]


async def r_variables(client: KernelClient) -> list[Variable] | None:
    """Return the variables of an R kernel that is idle; None when it does not tell them."""
    text = await r_page(client, CODE)
    return rows_in(text) if text else None


async def r_page(client: KernelClient, code: str) -> str:
    """Run code on the quiet in an R kernel that is idle; return the page that it shows.

    It is empty where there is none, or the kernel works: the code would wait for its cell.
    """
    if client.is_busy or client.running():
        return ""
    request = ExecuteRequest(code=code, silent=True, store_history=False, allow_stdin=False)
    try:
        reply = await client.ask(request, timeout_s=ANSWER_S)
    except (TimeoutError, ProtocolError):
        return ""
    content = reply.content
    pages = content.payload if isinstance(content, ExecuteReply) else ()
    return next((text for page in pages or () if (text := _text_of(page))), "")


def rows_in(text: str) -> list[Variable]:
    """Return the rows that a page holds, one a line; what is no row is passed over."""
    rows: list[Variable] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) != FIELDS:
            continue
        try:
            read = [str(ast.literal_eval(field)) for field in fields]
        except (ValueError, SyntaxError):
            continue
        name, kind, type_name, size, memory, preview = read
        in_bytes = int(memory) if memory.isdigit() else None
        rows.append(Variable(name, kind, type_name, size, in_bytes, preview, 0))
    return rows


def _text_of(page: Any) -> str:
    try:
        return msgspec.convert(page, _Page).data.get("text/plain", "")
    except msgspec.ValidationError:
        return ""
