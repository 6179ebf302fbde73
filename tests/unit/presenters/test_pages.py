import pytest

from vitrail.presenters.pages import page_of, source_of


def test_a_page_is_a_bundle_today_and_was_text_before() -> None:
    assert page_of({"data": {"text/plain": "x", "text/html": "y"}}).data["text/html"] == "y"
    assert page_of({"text": "old"}).data == {"text/plain": "old"}
    assert page_of({"data": "odd", "text": "old"}).data == {"text/plain": "old"}


@pytest.mark.parametrize(
    ("source", "meant"),
    [("page", "page"), ("IPython.kernel.zmq.page.page", "page"), (None, "None"), ("", "")],
)
def test_the_last_part_of_a_source_counts(source: object, meant: str) -> None:
    assert source_of({"source": source}) == meant
    assert source_of({}) == ""
