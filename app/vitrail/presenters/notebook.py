"""A transcript as a notebook (nbformat 4.5), outputs and counts included."""

import re
from typing import Any

import nbformat

from vitrail.presenters.sgr import with_sgr
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.transcript.cells import (
    Cell,
    ErrorOutput,
    Notice,
    Output,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

v4: Any = nbformat.v4  # untyped

NOT_IN_IDS = re.compile(r"[^a-zA-Z0-9_-]")
LONGEST_ID = 64


def notebook_of(transcript: Transcript, info: KernelInfoReply | None) -> str:
    """Return the text of an .ipynb file, checked by nbformat's own validator.

    Args:
        transcript: Cells and notices become cells.
        info: Of the kernel, for the notebook's metadata.
    """
    cells = [
        _code_cell(entry) if isinstance(entry, Cell) else _notice_cell(entry)
        for entry in transcript.entries
    ]
    notebook = v4.new_notebook(cells=cells, metadata=_metadata(info))
    nbformat.validate(notebook)
    return str(v4.writes(notebook)) + "\n"


def _code_cell(cell: Cell) -> Any:
    return v4.new_code_cell(
        cell.code,
        id=_cell_id(cell.id),
        execution_count=cell.count if cell.count_confirmed else None,
        outputs=[_output(output) for output in cell.outputs],
    )


def _notice_cell(notice: Notice) -> Any:
    return v4.new_markdown_cell(f"*{notice.text}*", id=_cell_id(notice.id))


def _output(output: Output) -> Any:
    match output:
        case StreamOutput(name=name, text=text):
            return v4.new_output("stream", name=name, text=with_sgr(text.buffer))
        case ErrorOutput(ename=ename, evalue=evalue, traceback=traceback):
            return v4.new_output("error", ename=ename, evalue=evalue, traceback=list(traceback))
        case RichOutput(bundle=bundle, execution_count=count):
            kind = "display_data" if count is None else "execute_result"
            numbered = {} if count is None else {"execution_count": count}
            data = {mime: _content(mime, bundle) for mime in bundle.data}
            return v4.new_output(kind, data=data, metadata=dict(bundle.metadata), **numbered)


def _content(mime: str, bundle: MimeBundle) -> Any:
    """Return content as nbformat has it: JSON types as values, the others as text."""
    return bundle.data[mime] if mime.endswith("json") else bundle.text(mime)


def _metadata(info: KernelInfoReply | None) -> dict[str, Any]:
    if info is None:
        return {}
    language = info.language_info
    told = {
        "name": language.name,
        "version": language.version,
        "mimetype": language.mimetype,
        "file_extension": language.file_extension,
        "pygments_lexer": language.pygments_lexer,
        "codemirror_mode": language.codemirror_mode,
        "nbconvert_exporter": language.nbconvert_exporter,
    }
    return {"language_info": {key: value for key, value in told.items() if value}}


def _cell_id(own_id: str) -> str:
    return NOT_IN_IDS.sub("-", own_id)[:LONGEST_ID]
