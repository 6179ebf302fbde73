import pytest

from vitrail_widgets.render.links import is_followed


@pytest.mark.parametrize(
    "target",
    ["http://a.example", "https://a.example/b?c=d#e", "HTTPS://a.example", "mailto:a@b.example"],
)
def test_pages_and_addresses_are_followed(target: str) -> None:
    assert is_followed(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "//a.example",
        "a.example",
        "/etc/passwd",
        "ssh://a.example",
        "https:",
        "http://",
        "mailto:",
        "https://a.example/\n",
        "http://[",
    ],
)
def test_nothing_else_is(target: str) -> None:
    assert not is_followed(target)
