"""Formulas and Markdown in an exported page look as in the console, and can do nothing."""

import base64
import re

import pytest

from support.transcripts import INFO, cell
from vitrail.presenters.files.html import html_pieces, typeset
from vitrail.presenters.files.source import ExportSource
from vitrail.presenters.files.typeset import formula_html, markdown_html
from vitrail_widgets.render.document.formula import formula
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

PICTURE = re.compile(r'<img class="formula" src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')


def markdown(source: str) -> str:
    return markdown_html(MimeBundle({"text/markdown": source}))


def latex(source: str) -> str:
    return formula_html(MimeBundle({"text/latex": source}))


def test_a_formula_is_a_picture_that_says_its_source() -> None:
    html = latex(r"$\displaystyle \int_0^1 x^2 < 1$")
    found = PICTURE.search(html)
    assert found is not None
    assert b"<path" in base64.b64decode(found[1])
    assert 'alt="\\displaystyle \\int_0^1 x^2 &lt; 1"' in found[0]
    assert html.startswith('<span class="display">')


def test_formulas_in_running_text_stand_on_its_line() -> None:
    html = markdown("The area $x_g$ of\n\n$$y$$\n\na circle.")
    assert len(PICTURE.findall(html)) == 2
    inline = re.search(r"vertical-align:(-[\d.]+)em", html)
    assert inline is not None
    assert float(inline[1]) < 0
    assert html.count('<span class="display">') == 1


def test_what_is_no_formula_is_not_one() -> None:
    assert latex(r"\begin{tabular}{l}a\end{tabular}") == ""
    assert latex("") == ""
    assert markdown("costs $5 and `$x$`") == "<p>costs $5 and <code>$x$</code></p>\n"


def test_markdown_of_github_is_laid_out() -> None:
    html = markdown("# Title\n\n- *one*\n- ~~two~~\n\n|a|b|\n|-|-|\n|1|2|\n\n> said")
    for part in ("<h1>Title</h1>", "<em>one</em>", "<s>two</s>", "<td>2</td>", "<blockquote>"):
        assert part in html


def test_code_in_markdown_has_the_colours_of_its_language() -> None:
    html = markdown("```python\ndef f(): return '<b>'\n```\n\n    plain <i>\n")
    assert '<span class="keyword">def</span>' in html
    assert "&lt;b&gt;" in html
    assert '<div class="code"><pre>plain &lt;i&gt;</pre></div>' in html


@pytest.mark.parametrize(
    "source",
    [
        "<script>steal()</script>",
        "[page](javascript:steal())",
        "![p](http://evil.example/p.png)",
        "<img src=x onerror=steal()>",
        "<a href='data:text/html,steal'>x</a>",
        r"$\href{javascript:steal()}{x}$",
        "<svg onload=steal()></svg>",
    ],
)
def test_markdown_runs_and_fetches_nothing(source: str) -> None:
    html = markdown(f"before {source}")
    tags = [re.sub(r'(alt|title)="[^"]*"', "", tag) for tag in re.findall(r"<[^>]*>", html)]
    assert not [tag for tag in tags if re.search(r"script|evil|onerror|onload|<svg|data:text", tag)]
    for picture in PICTURE.findall(html):
        assert b"steal" not in base64.b64decode(picture)
    assert "before" in html


def test_marks_of_the_users_stand_for_nothing() -> None:
    assert "\ue000" not in markdown("\ue0000\ue001 $x$")
    assert len(PICTURE.findall(markdown("\ue0000\ue001 $x$"))) == 1


def test_what_was_set_before_is_not_set_again() -> None:
    transcript = Transcript()
    cell(transcript, 1, "values")
    for number in range(5):
        transcript.append_rich("c1", MimeBundle({"text/latex": f"$q_{{{number}}}$"}))
        transcript.append_rich("c1", MimeBundle({"text/markdown": f"so $r_{{{number}}}$ is"}))
    source = ExportSource(transcript.entries, INFO)
    typeset(source)
    set_before = formula.cache_info().misses
    page = "".join(html_pieces(source))
    assert len(PICTURE.findall(page)) == 10
    assert formula.cache_info().misses == set_before
