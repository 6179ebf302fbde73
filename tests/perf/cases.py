"""What is measured: code for the kernel, and the bounds that count as reached."""

from dataclasses import dataclass
from typing import Final

MILLION: Final = "for i in range(1_000_000): print(i, 'some text here')"
COLOURED: Final = r"""
for i in range(5000):
    print(f'\x1b[3{i % 7 + 1}m{i}\x1b[0m some \x1b[1;4mcoloured\x1b[0m text', flush=True)
"""
PROGRESS: Final = r"""
for i in range(2000):
    print(f'\r{i / 20:5.1f}% |{"█" * (i // 40):50}| {i}/2000', end='', flush=True)
"""
# Noise in the middle of white paper: 1200 x 900 pixels that compress to 60 kB, as figures do.
FIGURES: Final = r"""
import os, struct, zlib
from IPython.display import Image, display
def _chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
def _figure():
    white = b'\x00' + b'\xff' * 3600
    rows = b''.join(white[:1801] + os.urandom(66) + white[1867:] for _ in range(900))
    head = struct.pack('>IIBBBBB', 1200, 900, 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + _chunk(b'IHDR', head) + _chunk(b'IDAT', zlib.compress(rows))
            + _chunk(b'IEND', b''))
_figures = [_figure() for _ in range(100)]
"""
TABLE: Final = r"""
from IPython.display import HTML, display
_cells = (''.join(f'<td>{n * k}</td>' for k in range(6)) for n in range(10_000))
_rows = ''.join(f'<tr><th>{n}</th>{cells}</tr>' for n, cells in enumerate(_cells))
_head = '<thead><tr><th></th>' + ''.join(f'<th>c{k}</th>' for k in range(6)) + '</tr></thead>'
_table = f'<table class="dataframe">{_head}<tbody>{_rows}</tbody></table>'
"""


@dataclass(frozen=True)
class Bounds:
    """What Vitrail must reach; None is not asked for. Ratios and additions are to the floor."""

    wall_ms: float | None = None
    wall_ratio: float | None = None
    extra_ms: float | None = None
    worst_ms: float | None = None
    p99_ms: float | None = None
    rss_mb: float | None = None
    below_peer: bool = False


@dataclass(frozen=True)
class Case:
    """One thing that is done in a fresh process.

    Attributes:
        name: On the command line.
        title: In the table.
        kind: ``cell`` runs `code`, ``start`` ends at the first prompt, ``trip`` runs `code` many
            times from Enter to painted result, ``type`` types after the setup, ``deed`` is what
            is done with a tab or a kernel (`perf.deeds`).
        setup: Cells that run before and are not measured.
        lines: How many lines of output there must be at the end; 0 is not checked.
        subjects: Who takes part.
    """

    name: str
    title: str
    code: str = ""
    kind: str = "cell"
    setup: tuple[str, ...] = ()
    bounds: Bounds = Bounds()
    lines: int = 0
    subjects: tuple[str, ...] = ("vitrail", "qtconsole", "floor")


CASES: Final = {
    case.name: case
    for case in (
        Case(
            "start",
            "first usable prompt",
            kind="start",
            bounds=Bounds(wall_ratio=1.4, below_peer=True),
        ),
        Case("trip", "`1+1`, Enter to painted", "1+1", kind="trip", bounds=Bounds(extra_ms=4)),
        Case(
            "million",
            "1 000 000 printed lines",
            MILLION,
            bounds=Bounds(wall_ratio=1.10, worst_ms=50, p99_ms=16, rss_mb=150),
            lines=1_000_000,
        ),
        Case(
            "coloured",
            "5000 coloured, flushed prints",
            COLOURED,
            bounds=Bounds(wall_ratio=1.15, worst_ms=50),
            lines=5000,
        ),
        Case(
            "after",
            "the same after 20 000 lines, all kept",
            COLOURED,
            setup=("for i in range(20_000): print(i, 'some text here')",),
            bounds=Bounds(wall_ratio=1.15, worst_ms=50),
            lines=5000,
        ),
        Case(
            "block",
            "200 000 coloured lines in one print",
            r"print('\n'.join(f'\x1b[3{i % 7 + 1}mword {i}\x1b[0m plain' for i in range(200_000)))",
            bounds=Bounds(worst_ms=50),
            lines=200_000,
        ),
        Case(
            "line1",
            "one line of 1 MB",
            "print('x' * 1_000_000)",
            bounds=Bounds(worst_ms=50),
            lines=1,
        ),
        Case(
            "line5",
            "one line of 5 MB",
            "print('x' * 5_000_000)",
            bounds=Bounds(worst_ms=50),
            lines=1,
        ),
        Case(
            "progress",
            "2000 updates of a progress bar",
            PROGRESS,
            bounds=Bounds(worst_ms=50),
            lines=1,
        ),
        Case(
            "figures",
            "100 figures of 1200 x 900, 6 MB",
            "for _f in _figures: display(Image(data=_f))",
            setup=(FIGURES,),
            bounds=Bounds(rss_mb=60),
        ),
        Case(
            "animation",
            "a figure of 1200 x 900, drawn anew 100 times",
            "from IPython.display import clear_output\n"
            "for _f in _figures: clear_output(wait=True); display(Image(data=_f))",
            setup=(FIGURES,),
            bounds=Bounds(worst_ms=50, rss_mb=60),
        ),
        Case(
            "table",
            "a table of 10 000 rows",
            "display(HTML(_table))",
            setup=(TABLE,),
            bounds=Bounds(worst_ms=50),
        ),
        Case(
            "large",
            "a value of 50 MB",
            "display(_large, raw=True)",
            setup=('_large = {"image/png": "A" * 50_000_000, "text/plain": "a picture"}',),
            bounds=Bounds(worst_ms=50),
        ),
        Case(
            "displays",
            "1000 small displays",
            "from IPython.display import HTML, display\n"
            "for _n in range(1000): display(HTML(f'item <b>{_n}</b>'))",
            bounds=Bounds(worst_ms=50),
        ),
        Case(
            "typing",
            "a key, pressed to painted, after 1 000 000 lines",
            kind="type",
            setup=(MILLION,),
            bounds=Bounds(wall_ms=4, p99_ms=16),
            subjects=("vitrail", "qtconsole"),
        ),
        Case(
            "tab",
            "a new tab with a new kernel, to a painted prompt",
            kind="deed",
            subjects=("vitrail", "qtconsole"),
        ),
        Case(
            "spare",
            "a new tab that gets the spare kernel",
            kind="deed",
            bounds=Bounds(wall_ms=100),
            subjects=("vitrail",),
        ),
        Case(
            "attach",
            "a tab on a kernel that runs",
            kind="deed",
            subjects=("vitrail", "qtconsole"),
        ),
        Case(
            "restart",
            "a restart, to the prompt of a kernel that answers",
            kind="deed",
            bounds=Bounds(below_peer=True),
            subjects=("vitrail", "qtconsole"),
        ),
        Case(
            "interrupt",
            "an interrupt while output floods",
            kind="deed",
            subjects=("vitrail", "qtconsole"),
        ),
        Case("codec", "decode and verify", kind="codec", subjects=("codec",)),
    )
}

KEPT_BY_QTCONSOLE: Final = {"after": 1_000_000}
"""Cases in which qtconsole keeps as many lines; elsewhere it keeps 500, its default."""
