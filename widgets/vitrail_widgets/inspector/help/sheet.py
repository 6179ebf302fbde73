"""Help about an object set into a document: what it is, what it takes, what is written of it."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.help.sent import write_page
from vitrail_widgets.objects.inspection import Fact, Inspection, Passage
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.documentation import DocumentationWriter
from vitrail_widgets.qt.metrics import reading_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_docs import ParameterDoc, parameter_docs
from vitrail_widgets.signature.tip import brief

MOST_PARAMETERS: Final = 100
LONGEST_CALL: Final = 240
"""Characters of a signature above the table that has all of it."""

GAP: Final = 12
TITLE_SCALE: Final = 1.25
SMALL: Final = 0.9
CELL_PADDING: Final = 4
WIDEST: Final = 45
"""Per cent of the table that its last column has at most."""

KINDS: Final = {
    Kind.POSITIONAL_ONLY: tr("by position"),
    Kind.KEYWORD_ONLY: tr("by name"),
    Kind.VAR_POSITIONAL: tr("any by position"),
    Kind.VAR_KEYWORD: tr("any by name"),
}
"""How a parameter is given, where it is not given as one likes."""

STARS: Final = {Kind.VAR_POSITIONAL: "*", Kind.VAR_KEYWORD: "**"}


class Row(NamedTuple):
    """A parameter as a row of the table; what is not known is empty."""

    name: str
    given: str
    type: str
    default: str
    meaning: str


class Links:
    """Gives what can be clicked an address, and knows what is meant by it.

    Attributes:
        targets: Objects by their addresses.
        examples: Code by its address.
        places: A file and a line by their address.
    """

    def __init__(self, names: Mapping[str, Target]) -> None:
        self._names = names
        self.targets: dict[str, Target] = {}
        self.examples: dict[str, str] = {}
        self.places: dict[str, tuple[str, int]] = {}

    def name(self, name: str) -> str:
        """Return the address of what a name leads to; empty for nothing."""
        target = self._names.get(name.removesuffix("()"))
        return "" if target is None else self.target(target)

    def target(self, target: Target) -> str:
        """Return the address of an object."""
        address = f"object:{len(self.targets)}"
        self.targets[address] = target
        return address

    def example(self, code: str) -> str:
        """Return the address of a piece of code."""
        address = f"insert:{len(self.examples)}"
        self.examples[address] = code
        return address

    def place(self, place: tuple[str, int]) -> str:
        """Return the address of a line of a file."""
        address = f"open:{len(self.places)}"
        self.places[address] = place
        return address


class Sheet:
    """Sets help into an empty document, a slice at a time."""

    def __init__(self, cursor: QTextCursor, theme: Theme, code_font: QFont, links: Links) -> None:
        self._cursor, self._theme, self._links = cursor, theme, links
        self._code, self._plain = QTextCharFormat(), QTextCharFormat()
        self._code.setFont(code_font)
        self._plain.setFont(reading_font(code_font))
        for each in (self._code, self._plain):
            each.setForeground(theme.text)
        self._muted = QTextCharFormat(self._plain)
        self._muted.setForeground(theme.muted)
        self._writer = DocumentationWriter(
            cursor, theme, code_font, link=links.name, link_example=links.example
        )

    def write(self, about: Inspection) -> Iterator[None]:
        """Write all of it; each step takes a few milliseconds at most."""
        self._title(about)
        passages = about.passages
        if passages and not passages[0].title:  # what it is in a sentence goes before all else
            lead, _, rest = passages[0].text.partition("\n\n")
            yield from self._writer.write(lead)
            passages = (Passage("", rest.strip("\n")), *passages[1:])
        if about.signature is not None:
            self._call(about.signature)
        if about.facts:
            self._facts(about.facts)
        yield
        docs = {name: doc for each in about.passages for name, doc in _docs(each.text)}
        if about.signature is not None and about.signature.parameters:
            yield from self._parameters(rows_of(about.signature, docs))
        for passage in passages:
            if passage.title:
                self._paragraph(GAP)
                strong = QTextCharFormat(self._plain)
                strong.setFontWeight(QFont.Weight.DemiBold)
                self._cursor.insertText(passage.title, strong)
            yield from self._writer.write(passage.text)
        if about.page is not None:
            yield from write_page(self._cursor, about.page, self._theme, self._code.font())
        if about.remark:
            self._writer.remark(about.remark)

    def _title(self, about: Inspection) -> None:
        title = QTextCharFormat(self._code)
        title.setFontPointSize(self._code.font().pointSizeF() * TITLE_SCALE)
        title.setFontWeight(QFont.Weight.Bold)
        self._cursor.insertText(about.name, title)
        if about.kind:
            self._cursor.insertText(f"  {about.kind}", self._muted)

    def _call(self, signature: Signature) -> None:
        self._paragraph(GAP // 2)
        self._cursor.insertText(brief(signature, LONGEST_CALL), self._code)

    def _facts(self, facts: tuple[Fact, ...]) -> None:
        table = self._table(len(facts), 2, GAP // 2)
        for number, fact in enumerate(facts):
            repeated = number and facts[number - 1].title == fact.title
            self._fill(table, number, 0, "" if repeated else fact.title, self._muted)
            parted = QTextTableCellFormat()
            parted.setRightPadding(GAP)
            parted.setLeftPadding(1)
            table.cellAt(number, 0).setFormat(parted)
            target = self._links.target(fact.target) if fact.target else ""
            target = self._links.place(fact.place) if fact.place else target
            self._fill(table, number, 1, fact.text, self._linked(self._code, target))
        self._leave()

    def _parameters(self, rows: list[Row]) -> Iterator[None]:
        columns = [name for name in HEADINGS if any(getattr(row, name) for row in rows)]
        table = self._table(len(rows) + 1, len(columns), GAP, is_ruled=True)
        small = QTextCharFormat(self._muted)
        small.setFontPointSize(self._plain.font().pointSizeF() * SMALL)
        for at, column in enumerate(columns):
            self._fill(table, 0, at, HEADINGS[column], small)
        formats = {
            "name": self._strong(),
            "type": self._muted,
            "default": self._code,
            "meaning": self._plain,
        }
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(columns):
                text = getattr(row, column)
                target = self._links.name(text) if column == "type" else ""
                self._fill(table, number, at, text, self._linked(formats[column], target))
            if row.given:
                below = table.cellAt(number, 0).lastCursorPosition()
                below.insertBlock()
                below.insertText(row.given, small)
            yield
        self._leave()

    def _strong(self) -> QTextCharFormat:
        strong = QTextCharFormat(self._code)
        strong.setFontWeight(QFont.Weight.Bold)
        return strong

    def _table(self, rows: int, columns: int, gap: int, *, is_ruled: bool = False) -> QTextTable:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setCellPadding(CELL_PADDING if is_ruled else 1)
        shape.setCellSpacing(0)
        shape.setTopMargin(gap)
        shape.setLeftMargin(-CELL_PADDING if is_ruled else -1)
        shape.setBorderCollapse(True)
        shape.setBottomMargin(gap)
        if is_ruled:
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            rest = [QTextLength(QTextLength.Type.VariableLength, 0)] * (columns - 1)
            widest = QTextLength(QTextLength.Type.PercentageLength, WIDEST)
            shape.setColumnWidthConstraints([*rest, widest] if columns > 2 else [])
        table = self._cursor.insertTable(rows, columns, shape)
        if is_ruled:
            for row in range(rows):
                for column in range(columns):
                    self._rule(table, row, column)
        return table

    def _rule(self, table: QTextTable, row: int, column: int) -> None:
        """Draw a hairline below a row."""
        cell = QTextTableCellFormat()
        cell.setBottomBorder(1)
        cell.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        cell.setBottomBorderBrush(QBrush(self._theme.border))
        cell.setPadding(CELL_PADDING)
        if column:
            cell.setLeftPadding(2 * CELL_PADDING)
        cell.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
        table.cellAt(row, column).setFormat(cell)

    def _fill(
        self, table: QTextTable, row: int, column: int, text: str, style: QTextCharFormat
    ) -> None:
        table.cellAt(row, column).firstCursorPosition().insertText(text, style)

    def _leave(self) -> None:
        """Go on below a table."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _linked(self, given: QTextCharFormat, target: str) -> QTextCharFormat:
        if not target:
            return given
        linked = QTextCharFormat(given)
        linked.setForeground(self._theme.accent)
        linked.setAnchor(True)
        linked.setAnchorHref(target)
        return linked

    def _paragraph(self, gap: int) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(gap)
        if self._cursor.block().length() > 1 or self._cursor.atStart():
            self._cursor.insertBlock(shape)
        else:
            self._cursor.setBlockFormat(shape)


HEADINGS: Final = {
    "name": tr("Parameter"),
    "type": tr("Type"),
    "default": tr("Default"),
    "meaning": tr("Meaning"),
}


def rows_of(signature: Signature, docs: Mapping[str, ParameterDoc]) -> list[Row]:
    """Return the table of what is taken; it is cut after `MOST_PARAMETERS`."""
    return [_row(each, docs) for each in signature.parameters[:MOST_PARAMETERS]]


def _row(parameter: Parameter, docs: Mapping[str, ParameterDoc]) -> Row:
    doc = docs.get(parameter.name, ParameterDoc())
    return Row(
        STARS.get(parameter.kind, "") + parameter.name,
        KINDS.get(parameter.kind, "") if parameter.written is None else "",
        parameter.annotation or doc.type,
        parameter.default or "",
        doc.text,
    )


def _docs(text: str) -> Iterator[tuple[str, ParameterDoc]]:
    yield from parameter_docs(text).items()
