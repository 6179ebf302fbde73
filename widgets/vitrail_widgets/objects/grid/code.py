"""How a table is sorted and sifted, as code of its library."""

from collections.abc import Iterable
from typing import Final

from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition
from vitrail_widgets.objects.grid.formats import number_in
from vitrail_widgets.objects.grid.table import Column, Table

_SIGNS: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_TEXTUAL: Final = frozenset(("text", "category", "object", "bytes"))


def code_of(name: str, table: Table, arrangement: Arrangement) -> str:
    """Return code that gives the rows as they are arranged; empty where that is not known.

    Args:
        name: What the user writes for the table.
        table: Which.
        arrangement: How its rows are sorted and sifted.
    """
    if table.library == "pandas":
        return _Pandas(name, table).code(arrangement)
    if table.library == "polars" and table.kind == "frame":
        return _polars(name, table, arrangement)
    return ""


class _Pandas:
    """Writes for a frame or a series of pandas."""

    def __init__(self, name: str, table: Table) -> None:
        self._name, self._table = name, table
        codes = [column.code for column in table.columns]
        self._twice = (
            {code for code in codes if codes.count(code) > 1} if len(codes) < 500 else set[str]()
        )

    def code(self, arrangement: Arrangement) -> str:
        text = self._name
        if arrangement.filters:
            tests = [self._test(each) for each in arrangement.filters]
            joined = tests[0] if len(tests) == 1 else " & ".join(f"({test})" for test in tests)
            text = f"{self._name}[{joined}]"
        return text + self._sorting(arrangement)

    def _sorting(self, arrangement: Arrangement) -> str:
        keys = arrangement.sort
        if not keys:
            return ""
        directions = [not key.descends for key in keys]
        rest = 'kind="stable"' if len(keys) == 1 else ""
        if self._table.kind == "series":
            parts = [f"ascending={directions[0]}" if not directions[0] else "", rest]
            return f".sort_values({_listed(parts)})"
        names = [self._table.columns[key.column].code for key in keys]
        by = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        ways = "" if all(directions) else f"ascending={_one_or_list(directions)}"
        return f".sort_values({_listed([by, ways, rest])})"

    def _test(self, condition: Condition) -> str:
        column = self._table.columns[condition.column]
        values = [_pandas_literal(column, text) for text in condition.texts]
        of = self._column(condition.column, column)
        match condition.what:
            case "between":
                return f"{of}.between({', '.join(values)})"
            case "in":
                return f"{of}.isin([{', '.join(values)}])"
            case "contains":
                return f"{of}.str.contains({values[0]}, case=False, na=False, regex=False)"
            case "matches":
                return f"{of}.str.contains({values[0]}, case=False, na=False)"
            case "missing":
                return f"{of}.isna()"
            case "present":
                return f"{of}.notna()"
            case sign:
                return f"{of} {_SIGNS[sign]} {values[0]}"

    def _column(self, at: int, column: Column) -> str:
        if self._table.kind == "series":
            return self._name
        if not column.code or column.code in self._twice:
            return f"{self._name}.iloc[:, {at}]"
        return f"{self._name}[{column.code}]"


def _polars(name: str, table: Table, arrangement: Arrangement) -> str:
    text = name
    if arrangement.filters:
        tests = [_polars_test(table.columns[each.column], each) for each in arrangement.filters]
        text += f".filter({', '.join(tests)})"
    if arrangement.sort:
        names = _one_or_list([table.columns[key.column].code for key in arrangement.sort])
        directions = [key.descends for key in arrangement.sort]
        ways = f"descending={_one_or_list(directions)}" if any(directions) else ""
        rest = ["nulls_last=True", "maintain_order=True"]
        text += f".sort({_listed([names, ways, *rest])})"
    return text


def _polars_test(column: Column, condition: Condition) -> str:
    values = [_polars_literal(column, text) for text in condition.texts]
    of = f"pl.col({column.code})"
    match condition.what:
        case "between":
            return f"{of}.is_between({', '.join(values)})"
        case "in":
            return f"{of}.is_in([{', '.join(values)}])"
        case "contains":
            lowered = repr(condition.texts[0].lower())
            return f"{of}.str.to_lowercase().str.contains({lowered}, literal=True)"
        case "matches":
            return f"{of}.str.contains({'(?i)' + condition.texts[0]!r})"
        case "missing":
            return f"{of}.is_null()"
        case "present":
            return f"{of}.is_not_null()"
        case "!=":
            return f"{of}.ne_missing({values[0]})"
        case sign:
            return f"{of} {_SIGNS[sign]} {values[0]}"


def _pandas_literal(column: Column, text: str) -> str:
    if column.kind == "time" and column.type.startswith("period"):
        return f"pd.Period({text!r})"
    if column.kind == "time":
        zone = column.type.partition(", ")[2].rstrip("]")
        return f"pd.Timestamp({text!r}, tz={zone!r})" if zone else f"pd.Timestamp({text!r})"
    if column.kind == "duration":
        return f"pd.Timedelta({text!r})"
    return _literal(column, text)


def _polars_literal(column: Column, text: str) -> str:
    if column.kind == "time":
        return f"pl.lit({text!r}).str.to_datetime()"
    return _literal(column, text)


def _literal(column: Column, text: str) -> str:
    if column.kind == "boolean":
        return str(text.strip().lower() in ("true", "yes", "1"))
    if column.kind not in _TEXTUAL or (column.kind == "object" and number_in(text) is not None):
        return text.strip()
    return repr(text)


def _one_or_list(values: list[str] | list[bool]) -> str:
    return str(values[0]) if len(values) == 1 else f"[{', '.join(map(str, values))}]"


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
