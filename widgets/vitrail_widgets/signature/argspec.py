"""Signatures from the argspec of Jupyter messaging 4.x, object_info_reply, and its 2010 draft."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from vitrail_widgets.signature.documentation import signature_of_docstring, summary_of
from vitrail_widgets.signature.model import UNKNOWN_DEFAULT, Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_list import parse_signature
from vitrail_widgets.signature.plain_text import plain_text

_RECEIVERS: Final = ("self", "cls")
_REPR: Final = re.compile(
    r"<.*>|nan|-?inf|\(.*j\)|[^\W\d][\w.]*\(.*\)|u?b?'.*'|u?b?\".*\"", re.DOTALL
)


def signature_of_object_info(reply: Mapping[str, Any]) -> Signature | None:
    """Return the signature in an `object_info_reply`; None where the object has none.

    The argspec says which parameters there are: `definition` is that of `__call__` for a class in
    IPython 1.x. Where the definition is of the same thing it says more: how a default is written
    (an argspec has `"nan"` for a number and for a string), and what is positional only.
    """
    argspec = reply.get("argspec")
    name = _text(reply, "name")
    documented = (_text(reply, key) for key in ("call_docstring", "init_docstring", "docstring"))
    docstring = next((one for one in documented if one.strip()), "")
    defined = parse_signature(plain_text(_definition(reply)))
    if isinstance(argspec, Mapping):
        spec = cast("Mapping[str, Any]", argspec)
        found = signature_of_argspec(spec, name, has_receiver=_has_receiver(reply))
        signature: Signature | None = _as_defined(found, defined)
    else:
        signature = defined or signature_of_docstring(docstring, name)
    return signature and replace(signature, name=name, summary=summary_of(docstring))


def signature_of_argspec(
    argspec: Mapping[str, Any], name: str = "", *, has_receiver: bool | None = None
) -> Signature:
    """Return the signature that an argspec describes; what is missing or of a wrong type is empty.

    Args:
        argspec: `args`, `varargs`, `varkw`, `defaults` (`func_defaults` in 2010) of the last args;
            `kwonlyargs` and `kwonlydefaults` where a bridge to Python 3 adds them.
        name: What is called.
        has_receiver: The first argument is the one that the call binds itself; None if nobody
            knows, then it is if it is called `self` or `cls`.
    """
    args = [_argument_name(one) for one in _list(argspec, "args")]
    defaults = [default_text(one) for one in _defaults(argspec)]
    missing = max(0, len(args) - len(defaults))
    padded = [*[None] * missing, *defaults[len(defaults) - (len(args) - missing) :]]
    positional = [Parameter(one, default=text) for one, text in zip(args, padded, strict=True)]
    if has_receiver is None:
        has_receiver = args[:1] in ([one] for one in _RECEIVERS)
    rest = (
        *_starred(argspec, "varargs", Kind.VAR_POSITIONAL),
        *_keyword_only(argspec),
        *_starred(argspec, "varkw", Kind.VAR_KEYWORD),
    )
    return Signature(name, (*positional[has_receiver:], *rest))


def default_text(value: object) -> str:
    """Return a default as Python writes it; the kernel sent JSON, or a repr where JSON cannot."""
    if isinstance(value, str):
        return value if _REPR.fullmatch(value) else repr(value)
    try:
        return repr(value)
    except RecursionError:  # JSON can be nested as deep as it likes
        return UNKNOWN_DEFAULT


def _has_receiver(reply: Mapping[str, Any]) -> bool:
    """Tell from what the object is whether its argspec begins with what the call binds itself.

    Kernels inspect the `__init__` of a class, the `__call__` of an instance and the function of a
    bound method, all of which name it. Functions, unbound methods and builtin ones have none.
    """
    base_class = _text(reply, "base_class")
    if re.search(r"'(?:instance)?method'", base_class):
        return _text(reply, "string_form").startswith("<bound ")
    return not re.search(r"'[\w-]*(?:function|builtin|descriptor|wrapper)[\w-]*'", base_class)


def _definition(reply: Mapping[str, Any]) -> str:
    if reply.get("isclass"):
        return _text(reply, "init_definition")
    return _text(reply, "call_def") or _text(reply, "definition")


def _as_defined(signature: Signature, defined: Signature | None) -> Signature:
    """Take the definition instead, without its receiver, where it is one of the same parameters."""
    if defined is None:
        return signature
    expected = _outline(signature.parameters)
    for parameters in (defined.parameters, defined.parameters[1:]):
        if _outline(parameters) == expected:
            return replace(defined, parameters=parameters)
    return signature


def _outline(parameters: Sequence[Parameter]) -> list[tuple[str, bool]]:
    return [(one.name, one.default is not None) for one in parameters]


def _argument_name(value: object) -> str:
    """Return a name; of a tuple that Python 2 unpacks, all names in it."""
    if not isinstance(value, list | tuple):
        return str(value)
    names: list[str] = []
    waiting: list[object] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            parts = cast("Sequence[object]", one)
            inner: list[object] = [")" if len(parts) != 1 else ",)"]
            for index, part in enumerate(reversed(parts)):
                inner += [", ", part] if index else [part]
            waiting += [*inner, "("]
        else:
            names.append(str(one))
    return "".join(names)


def _defaults(argspec: Mapping[str, Any]) -> Sequence[object]:
    return _list(argspec, "defaults") or _list(argspec, "func_defaults")


def _starred(argspec: Mapping[str, Any], key: str, kind: Kind) -> tuple[Parameter, ...]:
    name = _text(argspec, key)
    return (Parameter(name, kind),) if name else ()


def _keyword_only(argspec: Mapping[str, Any]) -> list[Parameter]:
    given = argspec.get("kwonlydefaults")
    defaults = cast("Mapping[str, Any]", given if isinstance(given, Mapping) else {})
    return [
        Parameter(
            name,
            Kind.KEYWORD_ONLY,
            default=default_text(defaults[name]) if name in defaults else None,
        )
        for name in map(str, _list(argspec, "kwonlyargs"))
    ]


def _list(mapping: Mapping[str, Any], key: str) -> Sequence[object]:
    value = mapping.get(key)
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""
