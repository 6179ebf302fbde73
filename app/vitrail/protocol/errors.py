"""The two kinds of failure: the peer broke the rules, or we (or the user) did."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a received message was dropped; the key under which it is counted."""

    SHORT = "short"
    NO_DELIMITER = "no delimiter"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad signature"
    DUPLICATE = "duplicate"
    NOT_JSON = "not JSON"
    NOT_AN_OBJECT = "not an object"
    WRONG_TYPE = "wrong type"


class ProtocolError(Exception):
    """The peer broke the rules. The message is dropped; the channel lives on.

    Attributes:
        refusal: Which rule was broken.
        field: Dotted path of the offending part, such as ``content.text``; None when the
            fault is not in one field.
    """

    def __init__(self, sentence: str, *, refusal: Refusal, field: str | None = None) -> None:
        super().__init__(sentence)
        self.refusal = refusal
        self.field = field


class UsageError(Exception):
    """We or the user asked for something impossible; ``str()`` is one sentence to show."""
