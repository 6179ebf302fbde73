"""The settings of an IPython kernel: configurable traits by their dotted names.

The draft of 2010 had a message for it, setattr_request, that no kernel ever answered; its three
outcomes are kept. What carries it is an expression of a silent execution, which works on every
IPython since 1.0 (traitlets 5, "Configurable").
"""

import ast
import json
import re
from typing import Any, Final, cast

from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import UsageError
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.requests import ExecuteRequest

ANSWER_S: Final = 10.0

NAME: Final = re.compile(r"(?P<owner>[^\W\d]\w*)\.(?P<trait>[^\W\d]\w*)")
"""Class and trait, as in ``InlineBackend.figure_formats``."""

_KEY: Final = "trait"

# By the name of its class or of one above it, as a configuration file would.
_EXPRESSION: Final = (
    "(lambda json, owners, trait, values: json.dumps("
    "{{'status': 'AttributeError'}} if not owners or trait not in owners[0].trait_names() else "
    "{{'status': 'AccessError'}} if trait not in owners[0].class_trait_names(config=True) else "
    "[[setattr(owners[0], trait, value) for value in values],"
    " {{'status': 'ok', 'value': getattr(owners[0], trait)}}][1], default=repr))"
    "(__import__('json'),"
    " [each for each in get_ipython().configurables"
    " if {owner!r} in [kind.__name__ for kind in type(each).__mro__]],"
    " {trait!r}, __import__('json').loads({values!r}))"
)


class TraitError(UsageError):
    """A trait could not be set.

    Attributes:
        status: ``AttributeError`` when there is none, ``AccessError`` when it is none to be set,
            else what the kernel raised.
    """

    def __init__(self, sentence: str, status: str) -> None:
        super().__init__(sentence)
        self.status = status


async def set_trait(client: KernelClient, name: str, value: object) -> Any:
    """Set a trait of a kernel that runs nothing.

    Args:
        client: Of the kernel.
        name: As `NAME`.
        value: What JSON can say.

    Returns:
        The value as the kernel has it then; its ``repr`` where JSON cannot say it.

    Raises:
        TraitError: The kernel has no such trait, refuses the value, or is no IPython.
        TimeoutError: No answer.
        ProtocolError: A wrong one.
    """
    found = NAME.fullmatch(name)
    if found is None:
        raise TraitError(f"{name!r} is no Class.trait.", "AttributeError")
    owner, trait = found["owner"], found["trait"]
    if owner.startswith("_") or trait.startswith("_"):
        raise TraitError(f"{name} is private to the kernel.", "AccessError")
    expression = _EXPRESSION.format(owner=owner, trait=trait, values=json.dumps([value]))
    question = ExecuteRequest(
        code="", silent=True, store_history=False, user_expressions={_KEY: expression}
    )
    reply = await client.ask(question, timeout_s=ANSWER_S)
    return _value(name, reply.content)


def _value(name: str, reply: object) -> Any:
    answer = reply.user_expressions if isinstance(reply, ExecuteReply) else None
    found = (answer or {}).get(_KEY)
    told = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    if told.get("status") == "error" and told.get("ename") != "NameError":
        sentence = f"{name} cannot be set: {told.get('evalue') or told.get('ename')}"
        raise TraitError(sentence, str(told.get("ename")))
    try:
        outcome = json.loads(ast.literal_eval(told["data"]["text/plain"]))
        status = outcome["status"]
    except (KeyError, TypeError, ValueError, SyntaxError):
        sentence = f"{name} cannot be set: the kernel is no IPython."
        raise TraitError(sentence, "AttributeError") from None
    if status == "AttributeError":
        raise TraitError(f"The kernel has no setting {name}.", status)
    if status == "AccessError":
        raise TraitError(f"{name} is none of the kernel's settings.", status)
    return outcome["value"]
