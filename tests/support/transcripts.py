"""A transcript with one of everything, as a session leaves it."""

import base64

from vitrail.protocol.replies import KernelInfoReply, LanguageInfo
from vitrail_widgets.transcript.cells import CellStatus, NoticeLevel
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

INFO = KernelInfoReply(
    language_info=LanguageInfo(name="python", version="3.11.7", file_extension=".py")
)
PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    )
).decode()
TABLE = "<table onclick='steal()'><tr><th>a</th></tr><tr><td>1</td></tr></table>"
HOSTILE = (
    "<script src='http://evil.example/x.js'></script><img src='http://evil.example/pixel.png'>"
    "<iframe src='http://evil.example'></iframe><a href='javascript:steal()'>page</a>"
    "<p style='background: url(http://evil.example/y)' onmouseover='steal()'>kept</p>"
    "<style>@import 'http://evil.example/z.css'</style><object data='x'></object>"
    "<svg onload='a()'/>"
    "<form action='http://evil.example'><input name=a></form><base href='http://evil.example'>"
    "<meta http-equiv=refresh content='0;url=http://evil.example'><math><mtext></mtext></math>"
)
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<script>steal()</script><circle r='4'/></svg>"
)


def cell(
    transcript: Transcript, number: int, code: str, status: CellStatus = CellStatus.DONE
) -> None:
    """Add a cell that ran, before its outputs."""
    cell_id = f"c{number}"
    transcript.append_cell(cell_id, code, status=CellStatus.RUNNING, at=float(number))
    transcript.set_count(cell_id, number)
    transcript.set_status(cell_id, status, number + 0.5)


def session() -> Transcript:
    """Return a transcript with each kind of entry and of output."""
    transcript = Transcript()
    transcript.append_notice("n1", NoticeLevel.INFO, "Python 3.11.7 · <IPython>")
    cell(transcript, 1, "%matplotlib inline\nx = 6 * 7\nx?")
    cell(transcript, 2, "print('<b>')")
    transcript.append_stream("c2", "stdout", "\x1b[31m<b>red</b>\x1b[0m & ```\nsecond\n")
    transcript.append_stream("c2", "stderr", "careful\x1b[38;5;200m!\x1b[0m\n")
    cell(transcript, 3, "x")
    transcript.append_rich("c3", MimeBundle({"text/plain": "42"}), execution_count=3)
    cell(transcript, 4, "table")
    forms = {"text/plain": "   a\n0  1", "text/html": TABLE + HOSTILE}
    transcript.append_rich("c4", MimeBundle(forms), execution_count=4)
    cell(transcript, 5, "figure")
    size = {"image/png": {"width": 20, "height": 10}}
    figure = {"image/png": PNG + "\n", "text/plain": "<Figure>"}
    transcript.append_rich("c5", MimeBundle(figure, size))
    transcript.append_rich("c5", MimeBundle({"image/svg+xml": SVG}))
    transcript.append_rich("c5", MimeBundle({"application/json": {"a": [1, None]}}))
    cell(transcript, 6, "1/0", CellStatus.FAILED)
    transcript.append_error("c6", "ZeroDivisionError", "division by zero", ["\x1b[31mone\x1b[0m"])
    transcript.append_cell("c7", "never", status=CellStatus.ABORTED, at=9.0)
    transcript.append_notice("n2", NoticeLevel.WARN, "Kernel restarted")
    cell(transcript, 8, "%%bash\necho hi\n\necho $X")
    return transcript
