import base64

import pytest

from support.transcripts import INFO, PNG, cell, session
from vitrail.presenters.files.markdown import markdown_pieces
from vitrail.presenters.files.source import ExportSource
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript


def pieces(transcript: Transcript, title: str = "My *day*") -> tuple[str, dict[str, bytes]]:
    found = list(markdown_pieces(ExportSource(transcript.entries, INFO, title=title)))
    text = "".join(piece for piece in found if isinstance(piece, str))
    return text, dict(piece for piece in found if not isinstance(piece, str))


def with_value(data: dict[str, object]) -> str:
    transcript = Transcript()
    cell(transcript, 1, "x")
    transcript.append_rich("c1", MimeBundle(data))
    return pieces(transcript)[0]


def test_code_and_outputs_are_fenced() -> None:
    text, _ = pieces(session())
    assert text.startswith("# My \\*day\\*\n")
    assert "\n> Python 3.11.7 · \\<IPython\\>\n" in text
    assert "\n```python\n%matplotlib inline\nx = 6 * 7\nx?\n```\n" in text
    assert "\n```text\n42\n```\n" in text
    assert "\x1b" not in text


def test_a_fence_is_longer_than_what_is_inside() -> None:
    text, _ = pieces(session())
    assert "\n````text\n<b>red</b> & ```\nsecond\n````\n" in text


def test_pictures_lie_beside_it() -> None:
    text, files = pieces(session())
    assert files["My *day*_files/figure-1.png"] == base64.b64decode(PNG)
    assert files["My *day*_files/figure-2.svg"].startswith(b"<svg")
    assert "![Figure 1](My%20%2Aday%2A_files/figure-1.png)" in text


def test_markdown_is_markdown() -> None:
    nameless = "<IPython.core.display.Markdown object>"
    assert "\n## Title\n" in with_value({"text/markdown": "## Title", "text/plain": nameless})


@pytest.mark.parametrize("text", ["<script>x</script>", "[x](javascript:y)", "![](file:///etc/x)"])
def test_markdown_that_could_do_something_is_shown_as_text(text: str) -> None:
    assert f"```markdown\n{text}\n```" in with_value({"text/markdown": text})


def test_formulas_are_formulas() -> None:
    nameless = "<IPython.core.display.Latex object>"
    written = with_value({"text/latex": "$\\frac{1}{2}$", "text/plain": nameless})
    assert "\n$\\frac{1}{2}$\n" in written
    assert "latex" not in written


def test_a_table_is_a_table() -> None:
    html = "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>x</td></tr></table>"
    written = with_value({"text/html": html, "text/plain": "as text"})
    assert "\n| a | b\\|c |\n| ---: | --- |\n| 1 | x |\n" in written
    assert "as text" not in written


def test_a_table_that_could_do_something_is_written_as_text() -> None:
    html = "<table><tr><th>a</th></tr><tr><td>[x](javascript:y)</td></tr></table>"
    assert "```text\nas text\n```" in with_value({"text/html": html, "text/plain": "as text"})


def test_what_was_not_run_says_so() -> None:
    transcript = Transcript()
    transcript.append_cell("a", "x", at=1.0)
    assert "not run" not in pieces(transcript)[0]
    transcript.set_status("a", CellStatus.ABORTED, 2.0)
    assert "```\n\n*not run*\n" in pieces(transcript)[0]


def test_html_is_not_copied() -> None:
    text, _ = pieces(session())
    assert "evil.example" not in text
    assert "   a\n0  1" in text
