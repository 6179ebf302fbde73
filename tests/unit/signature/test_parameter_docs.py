"""What docstrings say of parameters, in the three ways of writing them."""

import pytest

from vitrail_widgets.signature.parameter_docs import ParameterDoc, parameter_docs

NUMPY = """\
Do it.

Parameters
----------
start, stop : array_like
    Where it is. More of it.
*rest
    Others.

Returns
-------
out : ndarray
"""
GOOGLE = """\
Do it.

Args:
    start (int): Where it begins. More.
    **rest: What else
        there is.
"""
REST = """\
Do it.

:param start: Where it begins.
:param int stop: Where it
    ends.
:returns: a thing
"""


@pytest.mark.parametrize(
    ("docstring", "told"),
    [
        (
            NUMPY,
            {
                "start": ParameterDoc("array_like", "Where it is."),
                "stop": ParameterDoc("array_like", "Where it is."),
                "rest": ParameterDoc("", "Others."),
            },
        ),
        (
            GOOGLE,
            {
                "start": ParameterDoc("int", "Where it begins."),
                "rest": ParameterDoc("", "What else there is."),
            },
        ),
        (
            REST,
            {
                "start": ParameterDoc("", "Where it begins."),
                "stop": ParameterDoc("int", "Where it ends."),
            },
        ),
        ("", {}),
        ("Just a sentence: nothing more.", {}),
    ],
)
def test_each_parameter_has_its_type_and_first_sentence(
    docstring: str, told: dict[str, ParameterDoc]
) -> None:
    found = parameter_docs(docstring)
    assert {name: found[name] for name in told} == told


def test_what_is_no_list_of_parameters_is_not_taken_for_one() -> None:
    assert parameter_docs("Raises:\n    ValueError: It is bad.\n") == {}
