"""What kernels before protocol 5 say, as those of today say it: one function a message type.

Each takes the fields that came and the request that they answer, and returns the fields of
protocol 5. What has today's shape already is left as it is, so that a message of which it is not
known yet whose it is can be given to all of them.

Source:
    Messaging specification of IPython 1.0 and 2.0, corrected by what those kernels send.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

import msgspec

from vitrail.protocol.content import Content
from vitrail.protocol.object_info import ObjectInfo, help_text
from vitrail.protocol.requests import CompleteRequest

Fields = dict[str, Any]
Translate = Callable[[Fields, Content | None], Fields]

NAMES: Final[Mapping[str, str]] = {
    "pyin": "execute_input",
    "pyout": "execute_result",
    "pyerr": "error",
    "object_info_request": "inspect_request",
    "object_info_reply": "inspect_reply",
}
"""Message types that have another name since protocol 5."""

_ERROR: Final = "[ERROR] "
_PORTS: Final = ("shell", "iopub", "stdin", "hb", "control")


def translated(msg_type: str, fields: Fields, request: Content | None) -> tuple[str, Fields]:
    """Return type and fields of protocol 5."""
    translate = _TABLE.get(msg_type)
    return NAMES.get(msg_type, msg_type), translate(fields, request) if translate else fields


def kernel_info(fields: Fields, request: Content | None = None) -> Fields:
    """Read the versions, lists of numbers, in which alone the reply of protocol 4 consists.

    They tell the generation, which no number does: ijavascript 5.2 and others say the wrong one.
    """
    del request
    if not isinstance(fields.get("protocol_version"), list):
        return fields
    if "implementation" in fields or "language_info" in fields:  # of today but for that list
        return {**fields, "protocol_version": _dotted(fields["protocol_version"])}
    language = str(fields.get("language") or "")
    version = _dotted(fields.get("language_version"))
    is_python = language == "python"
    lexer = f"ipython{version[:1] or 2}" if is_python else language
    about = {"name": language, "version": version, "pygments_lexer": lexer}
    if is_python:
        about |= {"mimetype": "text/x-python", "file_extension": ".py"}
    return {
        "protocol_version": _dotted(fields["protocol_version"]),
        "implementation": "ipython" if "ipython_version" in fields else language,
        "implementation_version": _dotted(fields.get("ipython_version")),
        "language_info": about,
        "generation": 4,
    }


def connection(fields: Fields, request: Content | None = None) -> Fields:
    """Give the ports the suffix that their names have since 5.1 (IPython 3.2 has none either)."""
    del request
    return {f"{name}_port" if name in _PORTS else name: port for name, port in fields.items()}


def _dotted(parts: Any) -> str:
    if not isinstance(parts, list):
        return ""
    return ".".join(str(part) for part in cast("list[object]", parts) if part != "")


def _execute_reply(fields: Fields, request: Content | None) -> Fields:
    """Join variables with expressions, and name payloads by the last part of their source."""
    del request
    values: Fields = {}
    for name in ("user_variables", "user_expressions"):
        if isinstance(fields.get(name), dict):
            values |= cast("Fields", fields[name])
    answer = {name: value for name, value in fields.items() if name != "user_variables"}
    if values or isinstance(fields.get("user_expressions"), dict):
        answer["user_expressions"] = {name: _evaluated(value) for name, value in values.items()}
    payload = fields.get("payload")
    if isinstance(payload, dict):  # the specification of 2010: one payload, no list
        payload = [cast("Fields", payload)]
    if isinstance(payload, list):
        answer["payload"] = [_payload(each) for each in cast("list[object]", payload)]
    return answer


def _evaluated(value: Any) -> Any:
    """Make what protocol 4 says of a text, which is what IPython 0.13 sends."""
    if not isinstance(value, str):
        return value
    if not value.startswith(_ERROR):
        return {"status": "ok", "data": {"text/plain": value}, "metadata": {}}
    ename, _, evalue = value.removeprefix(_ERROR).partition(": ")
    return {"status": "error", "ename": ename, "evalue": evalue, "traceback": []}


def _payload(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    payload = cast("Fields", value)
    source = str(payload.get("source", "")).rpartition(".")[2]
    if source != "page" or "data" in payload:
        return {**payload, "source": source}
    data = {"text/plain": payload.get("text"), "text/html": payload.get("html")}
    return {
        "source": source,
        "data": {kind: text for kind, text in data.items() if text},
        "start": payload.get("start_line_number") or 0,
    }


def _complete_reply(fields: Fields, request: Content | None) -> Fields:
    """Say where the matches go: in place of ``matched_text``, ``text`` in the specification.

    What was matched ends at the cursor and does not reach over its line.
    """
    matched = fields.get("matched_text", fields.get("text"))
    if not isinstance(matched, str):
        return fields
    answer: Fields = {
        name: value for name, value in fields.items() if name not in ("matched_text", "text")
    }
    if isinstance(request, CompleteRequest):
        before = request.code[: request.cursor_pos].rpartition("\n")[2]
        answer["cursor_end"] = request.cursor_pos
        answer["cursor_start"] = request.cursor_pos - min(len(matched), len(before))
    return answer


def _object_info(fields: Fields, request: Content | None) -> Fields:
    """Write the page that kernels send today, and keep the fields beside it."""
    del request
    fields = {
        name: value
        for name, value in fields.items()
        if value is not None or name not in ("name", "found")
    }
    info = msgspec.convert(fields, ObjectInfo)
    data = {"text/plain": help_text(info)} if info.found else {}
    return {"found": info.found, "data": data, "metadata": {}, "object_info": fields}


def _stream(fields: Fields, request: Content | None) -> Fields:
    del request
    if "data" not in fields or "text" in fields:
        return fields
    return {"text" if name == "data" else name: value for name, value in fields.items()}


def _clear_output(fields: Fields, request: Content | None) -> Fields:
    r"""Take "which of stdout, stderr and the rest" for all of them, at once.

    The ``\r`` that comes on both streams before is cleared with them.
    """
    del request
    return fields if "wait" in fields else {"wait": False}


def _display_data(fields: Fields, request: Content | None) -> Fields:
    """Unpack JSON, which was sent as text, and leave out who displayed it."""
    del request
    answer = {name: value for name, value in fields.items() if name != "source"}
    data = fields.get("data")
    if isinstance(data, dict):
        answer["data"] = {
            kind: _unpacked(value) if kind == "application/json" else value
            for kind, value in cast("Fields", data).items()
        }
    return answer


def _unpacked(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


_TABLE: Final[Mapping[str, Translate]] = {
    "kernel_info_reply": kernel_info,
    "connect_reply": connection,
    "execute_reply": _execute_reply,
    "complete_reply": _complete_reply,
    "object_info_reply": _object_info,
    "stream": _stream,
    "clear_output": _clear_output,
    "display_data": _display_data,
    "pyout": _display_data,
}
