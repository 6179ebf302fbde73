"""Which object `name?` asks for."""

import pytest

from vitrail.presenters.inspector.naming import target_asked_for


@pytest.mark.parametrize(
    ("line", "name", "is_about_source"),
    [
        ("df?", "df", False),
        ("?df.head", "df.head", False),
        ("  np.linspace??  ", "np.linspace", True),
        ("??df", "df", True),
        ("%pinfo df", "df", False),
        ("pinfo2 df.head", "df.head", True),
    ],
)
def test_a_question_names_an_object(line: str, name: str, is_about_source: bool) -> None:
    question = target_asked_for(line)
    assert question is not None
    assert question.target.text == name
    assert question.is_about_source is is_about_source


@pytest.mark.parametrize(
    "line", ["df", "", "?", "np.*lin*?", "%who", "df.head()?", "a? b?", "%%time?"]
)
def test_another_line_asks_for_none(line: str) -> None:
    assert target_asked_for(line) is None
