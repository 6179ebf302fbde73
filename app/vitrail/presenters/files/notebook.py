"""A transcript as a notebook (nbformat 4.5): outputs, counts and times included."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import nbformat

from vitrail.presenters.files.json_pieces import LongList, dumps, joined
from vitrail.presenters.files.notebook_marks import OURS, REPLIED, STARTED, is_json
from vitrail.presenters.files.sgr import sgr_line
from vitrail.presenters.files.source import ExportSource, KernelName, line_blocks
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    Entry,
    ErrorOutput,
    Notice,
    Output,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.text_buffer import TextBuffer

v4: Any = nbformat.v4  # untyped
rwbase: Any = v4.rwbase

NOT_IN_IDS = re.compile(r"[^a-zA-Z0-9_-]")
LONGEST_ID = 64


def notebook_pieces(source: ExportSource) -> Iterator[str]:
    """Yield the text of an .ipynb file, cell by cell, each checked by nbformat's own validator."""
    yield '{\n "cells": '
    yield from _cells(source)
    yield f',\n "metadata": {dumps(_metadata(source.info, source.kernel), 1)}'
    yield ',\n "nbformat": 4,\n "nbformat_minor": 5\n}\n'


def _cells(source: ExportSource) -> Iterator[str]:
    taken: set[str] = set()
    cells = (("", _cell(entry, _cell_id(entry.id, taken))) for entry in source.entries)
    return joined(cells, "[]", 1)


def _cell(entry: Entry, cell_id: str) -> Any:
    """Return a cell as nbformat writes it; the lines of streams are made while it is written."""
    outputs = tuple(entry.outputs) if isinstance(entry, Cell) else ()
    cell = _code_cell(entry, cell_id) if isinstance(entry, Cell) else _notice_cell(entry, cell_id)
    if outputs:
        cell["outputs"] = [_output(output) for output in outputs]
    notebook = v4.new_notebook(cells=[cell])
    nbformat.validate(notebook)
    rwbase.split_lines(notebook)
    for output, written in zip(outputs, cell.get("outputs", ()), strict=False):
        if isinstance(output, StreamOutput):
            written["text"] = LongList(_stream_lines(output.text.buffer))
    return cell


def _code_cell(cell: Cell, cell_id: str) -> Any:
    return v4.new_code_cell(
        cell.code,
        id=cell_id,
        metadata=_times(cell) | _remarks(cell),
        execution_count=cell.count if cell.count_confirmed else None,
    )


def _notice_cell(notice: Notice, cell_id: str) -> Any:
    remark = {OURS: {"notice": notice.level.value}}
    return v4.new_markdown_cell(f"*{notice.text}*", id=cell_id, metadata=remark)


def _times(cell: Cell) -> dict[str, Any]:
    """Return when a cell ran, as JupyterLab records it."""
    times = {STARTED: cell.started_at, REPLIED: cell.finished_at if cell.started_at else None}
    told = {key: _iso(at) for key, at in times.items() if at is not None}
    return {"execution": told} if told else {}


def _remarks(cell: Cell) -> dict[str, Any]:
    """Return what a notebook has no word for: that a cell did not end, or was somebody else's."""
    remarks: dict[str, Any] = {}
    if cell.status not in (CellStatus.DONE, CellStatus.FAILED):
        remarks["status"] = cell.status.value
    if not cell.is_own:
        remarks["foreign"] = True
    return {OURS: remarks} if remarks else {}


def _output(output: Output) -> Any:
    match output:
        case StreamOutput(name=name):
            return v4.new_output("stream", name=name, text="")
        case ErrorOutput(ename=ename, evalue=evalue, traceback=traceback):
            return v4.new_output("error", ename=ename, evalue=evalue, traceback=list(traceback))
        case RichOutput(bundle=bundle, execution_count=count):
            kind = "display_data" if count is None else "execute_result"
            numbered = {} if count is None else {"execution_count": count}
            data = {mime: _content(mime, bundle) for mime in bundle.data}
            return v4.new_output(kind, data=data, metadata=dict(bundle.metadata), **numbered)


def _content(mime: str, bundle: MimeBundle) -> Any:
    """Return content as nbformat has it: JSON types as values, the others as text."""
    return bundle.data[mime] if is_json(mime) else bundle.text(mime)


def _stream_lines(buffer: TextBuffer) -> Iterable[list[str]]:
    blocks = ([sgr_line(line) for line in block] for block in line_blocks(buffer))
    return _split(blocks, buffer.ends_with_newline)


def _split(blocks: Iterator[list[str]], ends_with_newline: bool) -> Iterator[list[str]]:
    """Cut lines as nbformat does, for which more characters end a line than for a terminal."""
    nothing: list[str] = []
    block = next(blocks, nothing)
    for after in blocks:
        yield [part for line in block for part in (line + "\n").splitlines(True)]
        block = after
    if block:
        text = "\n".join(block) + ("\n" if ends_with_newline else "")
        yield text.splitlines(True)


def _metadata(info: KernelInfoReply | None, kernel: KernelName | None) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if kernel is not None:
        metadata["kernelspec"] = {"name": kernel.name, "display_name": kernel.display_name}
    if info is None or not info.language_info.name:
        return metadata
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
    if kernel is not None:
        metadata["kernelspec"]["language"] = language.name
    return metadata | {"language_info": {key: value for key, value in told.items() if value}}


def _cell_id(own_id: str, taken: set[str]) -> str:
    """Return an id that nbformat allows and that no cell has yet, and take it."""
    plain = NOT_IN_IDS.sub("-", own_id)[:LONGEST_ID] or "cell"
    free, number = plain, 1
    while free in taken:
        number += 1
        free = f"{plain[: LONGEST_ID - 8]}-{number}"
    taken.add(free)
    return free


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")
