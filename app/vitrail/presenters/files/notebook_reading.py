"""A notebook file made into a transcript: its code, and what came out when it was saved."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from vitrail.presenters.files.json_walk import JsonWalk
from vitrail.presenters.files.notebook_marks import OURS, REPLIED, STARTED, is_json
from vitrail.protocol.errors import UsageError
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import CellStatus, ErrorOutput, NoticeLevel
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

FOREIGN = "another client"
PIECE = 200_000
"""Characters of a stream that are added in one go."""

Fields = dict[str, Any]


def read_notebook(text: str, name: str) -> Transcript:
    """Return the cells of a notebook; its texts are notices.

    Formats 2 and 3 are converted as Jupyter does it. An output that is not as it should be is left
    out, the rest is kept.

    Args:
        text: Of the file.
        name: What to call it in errors.

    Raises:
        UsageError: It is no notebook.
    """
    transcript = Transcript()
    for _ in reading_notebook(text, name, transcript):
        pass
    return transcript


def reading_notebook(text: str, name: str, transcript: Transcript) -> Iterator[int]:
    """Read a notebook cell by cell; yield how many characters were read.

    Args:
        text: Of the file.
        name: What to call it in errors.
        transcript: What the cells are added to.

    Raises:
        UsageError: It is no notebook.
    """
    taken: set[str] = set()
    with _refusing(name):
        for number, (cell, length) in enumerate(_walked(text)):
            _check(cell)
            cell_id = str(cell.get("id") or f"cell-{number}")
            cell_id = f"{cell_id}-{number}" if cell_id in taken else cell_id
            taken.add(cell_id)
            yield length
            for _ in _adding(transcript, cell, cell_id):
                yield 0


def _walked(text: str) -> Iterator[tuple[Fields, int]]:
    """Yield the cells of a notebook of any format, and how many characters each took."""
    walk, before = JsonWalk(text, "cells"), 0
    for cell, at in walk:
        yield cell, at - before
        before = at
    if not walk.found:  # the format is an old one
        for cell in _checked(walk.fields):
            yield cell, 0


@contextmanager
def _refusing(name: str) -> Generator[None]:
    """Say in a sentence what makes a text no notebook."""
    try:
        yield
    except KeyError as error:
        raise UsageError(
            tr("{name} is not a notebook: there is no {error}", name=name, error=error)
        ) from error
    except RecursionError as error:
        raise UsageError(
            tr("{name} is not a notebook: it is nested too deeply", name=name)
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(tr("{name} is not a notebook: {error}", name=name, error=error)) from error


def cells_of_notebook(text: str, name: str) -> tuple[str, ...]:
    """Return the code of a notebook, cell by cell; errors as `read_notebook`."""
    sources = [
        _joined(each["source"]) for each in _cells(text, name) if each["cell_type"] == "code"
    ]
    return tuple(source for source in sources if source.strip())


def _cells(text: str, name: str) -> list[Fields]:
    with _refusing(name):
        cells = [cell for cell, _ in _walked(text)]
        for cell in cells:
            _check(cell)
        return cells


def _checked(notebook: Fields) -> list[Fields]:
    """Return the cells of a notebook of any format; raises anything where it has none."""
    if "cells" not in notebook and "worksheets" in notebook:
        notebook = _converted(notebook)
    cells = notebook["cells"]
    if not isinstance(cells, list):
        raise TypeError("its cells are no list")
    return cast("list[Fields]", cells)


def _check(cell: Fields) -> None:
    if not isinstance(cell["cell_type"], str) or not isinstance(cell["source"], str | list):
        raise TypeError("the source of a cell is no text")


def _converted(notebook: Fields) -> Fields:
    """Return a notebook of format 2 or 3 in format 4."""
    import nbformat  # 50 ms, for files of 2014 and before

    untyped: Any = nbformat
    version = notebook.get("nbformat")
    if version not in (2, 3):
        raise ValueError(f"its format {version!r} is not known")
    return cast("Fields", untyped.convert(untyped.from_dict(notebook), 4))


def _adding(transcript: Transcript, cell: Fields, cell_id: str) -> Iterator[None]:
    """Add a cell; each step takes some milliseconds."""
    source, metadata = _joined(cell["source"]), _mapping(cell.get("metadata"))
    remarks = _mapping(metadata.get(OURS))
    if cell["cell_type"] != "code":
        transcript.append_notice(cell_id, *_notice(source, remarks))
        return
    times = _mapping(metadata.get("execution"))
    origin = FOREIGN if remarks.get("foreign") else None
    transcript.append_cell(cell_id, source, origin=origin, at=_seconds(times.get(STARTED)) or 0.0)
    started, ended = _seconds(times.get(STARTED)), _seconds(times.get(REPLIED))
    if started is not None:
        transcript.set_status(cell_id, CellStatus.RUNNING, started)
    count = cell.get("execution_count")
    if isinstance(count, int):
        transcript.set_count(cell_id, count)
    for output in _list(cell.get("outputs")):
        for _ in _adding_output(transcript, cell_id, _mapping(output)):
            yield
        yield
    transcript.set_status(cell_id, _status(transcript, cell_id, remarks), ended)


def _adding_output(transcript: Transcript, cell_id: str, output: Fields) -> Iterator[None]:
    """Add an output; of a type that is not known nothing can be shown."""
    match output.get("output_type"):
        case "stream":
            name = output.get("name", "stdout")
            text = _joined(output.get("text"))
            for start in range(0, len(text), PIECE):
                transcript.append_stream(cell_id, str(name), text[start : start + PIECE])
                yield
        case "error":
            lines = [str(line) for line in _list(output.get("traceback"))]
            told = (str(output.get("ename", "")), str(output.get("evalue", "")))
            transcript.append_error(cell_id, *told, lines)
        case "display_data" | "execute_result":
            data, metadata = _mapping(output.get("data")), _mapping(output.get("metadata"))
            bundle = MimeBundle({mime: _content(mime, data[mime]) for mime in data}, metadata)
            count = output.get("execution_count")
            number = count if isinstance(count, int) else None
            transcript.append_rich(cell_id, bundle, execution_count=number)
        case _:
            pass


def _content(mime: str, value: Any) -> Any:
    return value if is_json(mime) else _joined(value)


def _status(transcript: Transcript, cell_id: str, remarks: Fields) -> CellStatus:
    """Return how a cell ended; one that ran when it was saved was lost with its kernel."""
    status = remarks.get("status")
    if status in (CellStatus.QUEUED, CellStatus.ABORTED):
        return CellStatus.ABORTED
    if status in (CellStatus.RUNNING, CellStatus.LOST):
        return CellStatus.LOST
    cell = transcript.cell(cell_id)
    failed = cell is not None and any(isinstance(each, ErrorOutput) for each in cell.outputs)
    return CellStatus.FAILED if failed else CellStatus.DONE


def _notice(source: str, remarks: Fields) -> tuple[NoticeLevel, str]:
    """Return a text of a notebook; a notice of ours has lost its asterisks."""
    level = remarks.get("notice")
    if level not in list(NoticeLevel):
        return NoticeLevel.INFO, source
    return NoticeLevel(level), source.removeprefix("*").removesuffix("*")


def _seconds(time: object) -> float | None:
    """Return seconds since the epoch of a time in ISO 8601."""
    try:
        return datetime.fromisoformat(str(time)).timestamp() if time else None
    except (ValueError, OverflowError):
        return None


def _joined(value: object) -> str:
    """Return text, which a notebook may hold as a list of lines."""
    if isinstance(value, list):
        return "".join(map(str, cast("list[object]", value)))
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Fields:
    return cast("Fields", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return list(cast("list[object]", value)) if isinstance(value, list) else []
