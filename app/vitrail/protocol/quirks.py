"""Contents that kernels send in another shape than the specification's, put right.

Consulted only after strict decoding failed; each mend names its offender.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import msgspec

from vitrail.protocol import old_answers
from vitrail.protocol.replies import ConnectReply, LanguageInfo

Fields = dict[str, Any]


def mend(msg_type: str, kind: type[msgspec.Struct], fields: Fields) -> Fields:
    """Copy the fields with the known quirks of kernels put right."""
    mended = drop_empties(kind, fields)
    special = _MENDS.get(msg_type)
    return special(mended) if special else mended


def drop_empties(kind: type[msgspec.Struct], fields: Fields) -> Fields:
    """Leave out what only says "nothing", so that the field's default applies.

    null where an object or text belongs: xeus-python (parent_header and metadata of
    iopub_welcome, inspect_reply.data, user_expressions). An empty list for an empty object and
    the reverse: languages that cannot tell them apart (R, Lua).
    """
    defaults = _defaults(kind)
    return {
        name: value
        for name, value in fields.items()
        if name not in defaults or not _says_nothing(value, defaults[name])
    }


def _says_nothing(value: Any, default: Any) -> bool:
    if value is None:
        return True
    return (value == [] and isinstance(default, dict)) or (value == {} and default == [])


@cache
def _defaults(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    defaults: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.default_factory is not msgspec.NODEFAULT:
            defaults[field.encode_name] = cast("Callable[[], Any]", field.default_factory)()
        elif field.default is not msgspec.NODEFAULT:
            defaults[field.encode_name] = field.default
    return defaults


def _mend_kernel_info(fields: Fields) -> Fields:
    fields = old_answers.kernel_info(fields)
    info = fields.get("language_info")
    if isinstance(info, dict):
        fields["language_info"] = drop_empties(LanguageInfo, cast("Fields", info))
    return fields


def _mend_connection(fields: Fields) -> Fields:
    known = {field.encode_name for field in msgspec.structs.fields(ConnectReply)}
    ports = old_answers.connection(fields)  # IPython 3.2 says shell for shell_port
    return {name: value for name, value in ports.items() if name in known}


def _mend_indent(fields: Fields) -> Fields:
    indent = fields.get("indent")
    # sos-notebook 0.24 sends the number of spaces.
    if type(indent) is int and 0 <= indent <= 1000:
        fields["indent"] = " " * indent
    return fields


def _mend_error(fields: Fields) -> Fields:
    # Kernels of languages whose exceptions carry any value send that value as it is.
    for name in ("ename", "evalue"):
        if name in fields and not isinstance(fields[name], str):
            fields[name] = msgspec.json.encode(fields[name]).decode()
    if isinstance(fields.get("traceback"), str):
        fields["traceback"] = fields["traceback"].split("\n")
    return fields


def _mend_execute_reply(fields: Fields) -> Fields:
    if isinstance(fields.get("payload"), dict):  # the 2010 specification: one payload, a dict
        fields["payload"] = [fields["payload"]]
    return _mend_error(fields)


_MENDS: Mapping[str, Callable[[Fields], Fields]] = {
    "kernel_info_reply": _mend_kernel_info,
    "connect_reply": _mend_connection,
    "is_complete_reply": _mend_indent,
    "error": _mend_error,
    "execute_reply": _mend_execute_reply,
}
