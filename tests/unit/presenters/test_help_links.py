"""What a kernel offers to read: only pages, and nothing that a menu could not show."""

from typing import Any

import pytest

from vitrail.presenters.help_links import LONGEST_TITLE, MOST, HelpLink, help_links
from vitrail.protocol.replies import KernelInfoReply


def links(*offered: Any) -> list[HelpLink]:
    return help_links(KernelInfoReply(help_links=list(offered)))


def test_links_are_given_in_the_kernels_order() -> None:
    two = [
        {"text": "Python", "url": "https://a.example/"},
        {"text": "R", "url": "http://b.example"},
    ]
    assert links(*two) == [
        HelpLink("Python", "https://a.example/"),
        HelpLink("R", "http://b.example"),
    ]


def test_without_a_kernel_there_are_none() -> None:
    assert help_links(None) == []


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "vscode://open",
        "https://",
        "https://[",
        "https://a.example/\n",
        "//a.example",
    ],
)
def test_what_is_no_page_is_left_out(url: object) -> None:
    assert links({"text": "Help", "url": url}) == []


def test_title_is_one_line_that_fits_a_menu() -> None:
    url = "https://a.example/"
    assert links({"text": " a\n\x1b[31mb\t", "url": url})[0].title == "a [31mb"
    assert links({"url": url})[0].title == url
    assert links({"text": ["x"], "url": url})[0].title == url
    assert len(links({"text": "x" * 1000, "url": url})[0].title) == LONGEST_TITLE


def test_a_flood_of_links_is_cut() -> None:
    assert len(links(*[{"text": "x", "url": "https://a.example/"}] * 1000)) == MOST
