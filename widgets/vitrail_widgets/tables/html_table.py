"""A table out of HTML: what pandas, polars, xarray and R send, and what others write by hand.

Only texts, spans and two colours are taken, so nothing in it can run or load.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from vitrail_widgets.tables.colours import css_colour
from vitrail_widgets.tables.table import EMPTY, Table, TableCell

MAX_CELLS: Final = 2_000_000
MAX_COLUMNS: Final = 2_000
MAX_SPAN: Final = 1_000
MAX_AROUND: Final = 500
"""Characters beside the table; more is a page with a table in it."""

STRANGE: Final = frozenset(("img", "svg", "canvas", "iframe", "object", "math", "input", "button"))
BREAKS: Final = frozenset(("br", "p", "div", "li"))
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(style|script|title|template|noscript)\b[^>]*>(.*?)(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TOKEN = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<[^>]*>|([^<]+|<)"""
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_SPACE = re.compile(r"\s+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ID = re.compile(r"#([\w-]+)\s*$")
_DECLARATION = re.compile(r"(background-color|background|color)\s*:\s*([^;!]+)", re.IGNORECASE)

Colours = tuple[int | None, int | None]


def table_in(html: str) -> Table | None:
    """Return the table that HTML consists of; None where it is none, or something else besides."""
    if "<table" not in html.lower():
        return None
    reader = _TableReader()
    try:
        reader.read(html)
    except _NoTableError:
        return None
    return reader.table()


class _NoTableError(Exception):
    """There is more to it than a table."""


class _TableReader:
    """Collects the cells of one table. By hand: html.parser takes five times as long."""

    def __init__(self) -> None:
        self._grid = _Grid()
        self._tables = self._cells = 0
        self._in_table = self._in_head = False
        self._texts: list[str] | None = None
        self._cell: dict[str, str] = {}
        self._is_header = False
        self._caption: list[str] | None = None
        self._before: list[str] = []
        self._after: list[str] = []
        self._caption_text = ""
        self._styles: list[str] = []

    def read(self, html: str) -> None:
        """Go through all tags and texts.

        Raises:
            _NoTableError: There is more than a table.
        """
        for match in _TOKEN.finditer(_UNSEEN.sub(self._take_style, html)):
            closes, name, attributes, text = match.groups()
            if text is not None:
                self._data(text)
            elif name is None:
                continue
            elif closes:
                self._end(name.lower())
            else:
                self._start(name.lower(), attributes)
        self._end_cell()

    def _take_style(self, match: re.Match[str]) -> str:
        if match[1] and match[1].lower() == "style":
            self._styles.append(match[2])
        return ""

    def table(self) -> Table | None:
        """Return what was found."""
        if self._tables != 1 or not self._grid.rows:
            return None
        above, below = _line(self._before), _line(self._after)
        if len(above) + len(below) > MAX_AROUND:
            return None
        colours = _rules("".join(self._styles))
        head, body = self._grid.finished(colours)
        if not head and not body:
            return None
        return Table(head, body, self._caption_text or above, below)

    def _start(self, tag: str, attributes: str) -> None:
        if tag in ("td", "th", "tr"):
            if self._in_table:
                self._begin_part(tag, attributes)
        elif tag in STRANGE:
            raise _NoTableError
        elif tag == "table":
            self._begin_table()
        elif tag == "caption":
            self._caption = []
        elif tag == "thead":
            self._in_head = True
        elif tag in BREAKS and self._texts is not None:
            self._texts.append(" ")

    def _end(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "caption" and self._caption is not None:
            self._caption_text = _line(self._caption)
            self._caption = None
        elif tag in ("thead", "tbody"):
            self._end_cell()
            self._in_head = False
        elif tag == "table":
            self._end_cell()
            self._in_table = False

    def _data(self, data: str) -> None:
        if self._caption is not None:
            self._caption.append(data)
        elif self._texts is not None:
            self._texts.append(data)
        else:
            (self._after if self._tables else self._before).append(data)

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables > 1:
            raise _NoTableError
        self._in_table = True

    def _begin_part(self, tag: str, attributes: str) -> None:
        """Begin a row or a cell."""
        self._end_cell()
        if tag == "tr":
            self._grid.begin_row(is_head=self._in_head)
            return
        given = _attributes(attributes) if attributes.strip() else {}
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise _NoTableError
        self._cell, self._is_header, self._texts = given, tag == "th", []

    def _end_cell(self) -> None:
        if self._texts is None:
            return
        self._grid.add(_line(self._texts), self._cell, is_header=self._is_header)
        self._texts = None


class _Grid:
    """Puts cells where their spans leave them room."""

    def __init__(self) -> None:
        self.rows: list[tuple[bool, list[tuple[TableCell, str]]]] = []
        self._held: dict[int, tuple[int, TableCell]] = {}  # column: rows to go, what spans them

    def begin_row(self, *, is_head: bool) -> None:
        """Start a row; cells that span it from above take their places."""
        self.rows.append((is_head, []))
        self._take_held()

    def add(self, text: str, given: Mapping[str, str], *, is_header: bool) -> None:
        """Put a cell, with all that it spans, at the next free place of the row."""
        if not self.rows:
            self.begin_row(is_head=False)
        row = self.rows[-1][1]
        ground, colour = _declared(given.get("style", ""))
        cell = TableCell(text, is_header, colour, ground)
        again = TableCell(text, is_header, colour, ground, is_repeated=True)
        down = _span(given.get("rowspan"))
        for across in range(_span(given.get("colspan"))):
            if len(row) >= MAX_COLUMNS:
                raise _NoTableError
            if down > 1:
                self._held[len(row)] = (down - 1, again)
            row.append((again if across else cell, given.get("id", "")))
        self._take_held()

    def finished(
        self, colours: Mapping[str, Colours]
    ) -> tuple[list[list[TableCell]], list[list[TableCell]]]:
        """Return the rows of names and the others, all of one length, with a sheet's colours."""
        width = max(len(row) for _, row in self.rows)
        head: list[list[TableCell]] = []
        body: list[list[TableCell]] = []
        for is_head, row in self.rows:
            if not row:
                continue
            cells = [_coloured(cell, colours.get(name)) for cell, name in row]
            cells += [EMPTY] * (width - len(cells))
            names = is_head or (not body and all(cell.is_header for cell in cells))
            (head if names else body).append(cells)
        return head, body

    def _take_held(self) -> None:
        row = self.rows[-1][1]
        while len(row) in self._held:
            left, cell = self._held[len(row)]
            if left > 1:
                self._held[len(row)] = (left - 1, cell)
            else:
                del self._held[len(row)]
            row.append((cell, ""))


def _coloured(cell: TableCell, found: Colours | None) -> TableCell:
    if found is None or (cell.colour is not None and cell.ground is not None):
        return cell
    ground, colour = found
    return TableCell(
        cell.text,
        cell.is_header,
        colour if cell.colour is None else cell.colour,
        ground if cell.ground is None else cell.ground,
        cell.is_repeated,
    )


def _rules(sheet: str) -> dict[str, Colours]:
    """Return what a style sheet says of elements by their id, as pandas' Styler writes it."""
    found: dict[str, Colours] = {}
    for selectors, declarations in _RULE.findall(sheet):
        colours = _declared(declarations)
        if colours == (None, None):
            continue
        for selector in selectors.split(","):
            match = _ID.search(selector)
            if match:
                found[match[1]] = colours
    return found


def _declared(style: str) -> Colours:
    """Return the ground and the colour that declarations set."""
    ground = colour = None
    for name, value in _DECLARATION.findall(style):
        if name.lower() == "color":
            colour = css_colour(value)
        else:
            ground = css_colour(value)
    return ground, colour


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)}


def _span(text: str | None) -> int:
    digits = (text or "1").strip()
    return min(max(1, int(digits)), MAX_SPAN) if digits.isdecimal() else 1


def _line(texts: list[str]) -> str:
    text = "".join(texts)
    return _SPACE.sub(" ", unescape(text) if "&" in text else text).strip()
