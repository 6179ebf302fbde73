"""A long array in JSON is read element by element, and what is no JSON is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.presenters.files.json_walk import JsonWalk

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def walked(text: str) -> tuple[list[Any], dict[str, Any]]:
    walk = JsonWalk(text, "cells")
    return [element for element, _ in walk], walk.fields


@given(
    st.lists(VALUES, max_size=4),
    st.dictionaries(st.text(max_size=4).filter(lambda key: key != "cells"), VALUES, max_size=3),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_it_reads_what_json_reads(
    cells: list[Any], rest: dict[str, Any], indent: int | None, is_first: bool
) -> None:
    whole = {"cells": cells, **rest} if is_first else {**rest, "cells": cells}
    assert walked(json.dumps(whole, indent=indent)) == (cells, rest)


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "5", '{"cells"', '{"cells":', '{"cells": [', '{"cells": [1', '{"cells": [1,]}',
        '{"cells": [1 2]}', '{"cells": [1]', '{"cells": [1]} 2', '{"a": 1 "b": 2}', "{,}",
        '{"a" 1}', '{"cells": [1}',
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        walked(text)


def test_an_array_that_is_none_is_a_field() -> None:
    assert walked('{"cells": 5}') == ([], {"cells": 5})
