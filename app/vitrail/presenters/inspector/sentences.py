"""What the probe says by codes, in the user's language.

Where the probe has something to say it tells a code and the values that belong into the sentence,
and of facts their labels in English. Another version of the probe may tell other codes: these are
shown as they are.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

import msgspec

from vitrail_resources.translation import tr, trn

Said = tuple[str, dict[str, str | int]] | str
"""A code and the values of its sentence; or a text that is none of ours."""

SENTENCES: Final = {
    # of tables, and of their rows in an order
    "no-table": tr("A value of type {type} is not shown as a table."),
    "lazy": tr("A lazy frame has no rows before it is collected."),
    "single-value": tr("This array is a single value."),
    "empty-array": tr("This array is empty: {shape}."),
    "computed": tr("It is computed when it is asked for."),
    "too-many-rows": tr("There are too many rows to be sorted or sifted."),
    "too-many-objects": tr("Texts and objects of so many rows would hold the kernel too long."),
    "no-order": tr("The values of this column have no order."),
    "texts-only": tr("Only texts can be searched."),
    "no-number": tr("“{text}” is no number."),
    "no-truth": tr("“{text}” is neither True nor False."),
    "no-moment": tr("“{text}” is no moment like 2024-01-31 12:00."),
    "no-period": tr("“{text}” is no period."),
    "bad-pattern": tr("“{text}”: {error}."),
    # of sources
    "in-C": tr("It is written in C."),
    "no-file": tr("It is part of the interpreter, or has no file."),
    "ends-before": tr("The file was changed since it was loaded: it ends before line {line}."),
    "in-no-file": tr("It was made by code that stands in no file: {file}."),
    "file-gone": tr("There is no file {file} any more."),
    "too-large": tr("{file} is too large to be shown."),
    "no-statement": tr("No class statement makes it; other code does."),
    # of values
    "empty": tr("It is empty."),
    "no-numbers": tr("Its elements are no numbers, and have no picture: see the page Data."),
    "not-read-yet": tr("Its file has not been read yet. Showing it reads it."),
    "a-function": tr("A function: see Help, Source and Members."),
    "a-method": tr("A method: see Help, Source and Members."),
    "a-class": tr("A class: see Help, Source and Members."),
    "a-module": tr("A module: see Help, Source and Members."),
    "iterator": tr("An iterator: what it yields is left to you."),
    "holds-nothing": tr("It holds nothing that can be read without running it."),
    "directory": tr("a directory, {size} bytes, changed {when}"),
    "file": tr("a file, {size} bytes, changed {when}"),
    "other-path": tr("neither file nor directory, {size} bytes, changed {when}"),
    "no-path": tr("{path}: {error}"),
    # of facts
    "about": tr("about {number}"),
    "seen": tr("{types} (seen)"),
    "day": tr("{weekday}, day {number} of the year"),
    "foreign-zone": tr("{zone}, which is not asked"),
}
"""By their codes."""

LABELS: Final = {
    "shape": tr("shape"),
    "elements": tr("elements"),
    "length": tr("length"),
    "memory": tr("memory"),
    "mean": tr("mean"),
    "missing": tr("missing"),
    "infinite": tr("infinite"),
    "of": tr("of"),
    "size": tr("size"),
    "mode": tr("mode"),
    "format": tr("format"),
    "lines": tr("lines"),
    "value": tr("value"),
    "real": tr("real"),
    "imaginary": tr("imaginary"),
    "magnitude": tr("magnitude"),
    "decimal": tr("decimal"),
    "hexadecimal": tr("hexadecimal"),
    "binary": tr("binary"),
    "bits": tr("bits"),
    "begins": tr("begins"),
    "exact": tr("exact"),
    "ratio": tr("ratio"),
    "next-number": tr("next is further by"),
    "fields": tr("sign, exponent, fraction"),
    "digits": tr("digits"),
    "exponent": tr("exponent"),
    "numerator": tr("numerator"),
    "denominator": tr("denominator"),
    "days": tr("days"),
    "seconds": tr("seconds"),
    "microseconds": tr("microseconds"),
    "path": tr("path"),
    "name": tr("name"),
    "suffix": tr("suffix"),
    "directory": tr("directory"),
    "absolute": tr("absolute"),
    "time-zone": tr("time zone"),
    "day": tr("day"),
    "in-utc": tr("in UTC"),
}
"""Of facts, as the probe writes them; others, such as "dtype", are written alike everywhere."""


def sentence(said: object) -> str:
    """Return what is said; nothing where nothing is."""
    if isinstance(said, str):
        return said
    try:
        code, values = msgspec.convert(said, tuple[str, dict[str, str | int]])
    except msgspec.ValidationError:
        return ""
    return _filled(code, values)


def label(word: str) -> str:
    """Return the label of a fact."""
    return LABELS.get(word, word)


def _filled(code: str, values: Mapping[str, str | int]) -> str:
    if code == "characters" and isinstance(count := values.get("count"), int):
        return trn("{count} character", "{count} characters", count)
    if code in SENTENCES:
        with suppress(LookupError, ValueError):  # another version of the probe has other values
            return SENTENCES[code].format(**values)
    return f"{code}: {', '.join(map(str, values.values()))}" if values else code
