import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.presenters.history import glob_of


@pytest.mark.parametrize(
    ("typed", "found", "missed"),
    [
        ("csv", "read_CSV()", "cs v"),
        ("DataF", "pd.DataFrame", "dataframe"),
        ("read csv", "Read the csv", "csv read"),
        ("a*b", "xA*bx", "aXb"),
        ("[0]", "x[0]", "x0"),
        ("why?", "why?", "whyx"),
    ],
)
def test_a_glob_finds_the_words_as_they_are_typed(typed: str, found: str, missed: str) -> None:
    assert fnmatchcase(found, glob_of(typed))
    assert not fnmatchcase(missed, glob_of(typed))


@given(st.text("aB*?[]- é", min_size=1, max_size=6))
def test_what_is_typed_finds_itself(typed: str) -> None:
    assert fnmatchcase(f"x\n{re.sub(r'[ ]+', ' ', typed.strip())}y", glob_of(typed))
