"""Cells and transcripts as plain text, as on the screen."""

from vitrail_widgets.transcript.cells import Cell, Output, RichOutput
from vitrail_widgets.transcript.transcript import Transcript


def cell_text(cell: Cell, *, prompts: bool) -> str:
    """Return code and outputs, one after the other, without a newline at the end.

    Args:
        cell: What to copy.
        prompts: Whether to write ``In [n]:`` and ``Out[n]:``, as IPython's terminal does.
    """
    code = _with_prompt(cell) if prompts else cell.code
    return "\n".join([code, *(output_text(output, prompts=prompts) for output in cell.outputs)])


def output_text(output: Output, *, prompts: bool) -> str:
    """Return one output as text; what has no text is named by its MIME types in brackets."""
    if not isinstance(output, RichOutput):
        return output.text.buffer.plain_text()
    text = output.bundle.text("text/plain") or f"[{', '.join(output.bundle.data)}]"
    if not prompts or output.execution_count is None:
        return text
    return f"Out[{output.execution_count}]: " + ("\n" + text if "\n" in text else text)


def transcript_text(transcript: Transcript) -> str:
    """Return all entries as text with prompts, a blank line between them."""
    blocks = [
        cell_text(entry, prompts=True) if isinstance(entry, Cell) else entry.text
        for entry in transcript.entries
    ]
    return "\n\n".join(blocks)


def _with_prompt(cell: Cell) -> str:
    is_known = cell.count_confirmed or not cell.status.is_finished
    number = str(cell.count) if cell.count is not None and is_known else " "
    prompt = f"In [{number}]: "
    continuation = "\n" + "...: ".rjust(len(prompt))
    return prompt + cell.code.replace("\n", continuation)
