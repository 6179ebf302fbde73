"""Gather what can be translated, make catalogues, and one that shows what was forgotten.

    packaging/messages.py [extract]        build/vitrail.pot: every text that a user reads
    packaging/messages.py compile DE.po…   the catalogue of each, where the program finds it
    packaging/messages.py trial DIRECTORY  a catalogue of en_XA, in which every text is [ŝḧöẅñ ŝö]

See docs/translating.md.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vitrail.settings.fields import sections
from vitrail.shell.commands.table import COMMANDS
from vitrail_resources.translation import DOMAIN, language
from vitrail_widgets.keys.command import Scope

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ("app/vitrail", "widgets/vitrail_widgets")
KEYWORDS: Final[dict[str, Any]] = {"tr": None, "trn": (1, 2)}
TEMPLATE: Final = ROOT / "build" / f"{DOMAIN}.pot"
SHIPPED: Final = ROOT / "resources" / "vitrail_resources" / "locale"
TRIAL: Final = "en_XA"

_KEPT: Final = re.compile(r"(\{[^}]*\}|&&?|\\n|`[^`]*`|\([^)]*\*[^)]*\))")
"""What a translation has to keep: names of values, mnemonics, code, patterns of files."""

_NAMES: Final = re.compile(r"\{[^}]*\}")

_DRESSED: Final = str.maketrans(
    "aceghijklnorstuwyzACDEGHIJKLNORSTUWYZ", "àçéĝĥîĵķļñöŕšţûŵýžÀÇĎÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽ"
)


def catalogue() -> Catalog:
    """Return every text that `tr`, `trn` or a table gives to a user."""
    assert language() == "en", "the tables are translated when they are imported: use English"
    gathered = Catalog(project="Vitrail", charset="utf-8", fuzzy=False)
    for source in SOURCES:
        for file, line, message, comments, _ in extract_from_dir(
            ROOT / source, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("i18n:",)
        ):
            place = f"{source}/{file}"
            gathered.add(message, locations=[(place, line)], auto_comments=comments)
    for text, place in texts_of_tables():
        gathered.add(text, locations=[(place, 1)])
    return gathered


def texts_of_tables() -> Iterator[tuple[str, str]]:
    """Yield what the tables of commands and settings say, and where that stands."""
    for command in COMMANDS:
        yield from ((text, "commands") for text in (command.title, command.when) if text)
        yield command.menu or command.id.partition(".")[0].capitalize(), "commands"
    yield from ((scope.value, "widgets/vitrail_widgets/keys/command.py") for scope in Scope)
    for section in sections():
        yield from ((text, "settings") for text in (section.title, section.meaning) if text)
        for field in section.fields:
            yield from ((text, "settings") for text in (field.title, field.meaning) if text)


def dressed(text: str) -> str:
    """Return a text that shows that it was looked up, and can still be read."""
    parts = _KEPT.split(text)
    told = "".join(part if _KEPT.fullmatch(part) else part.translate(_DRESSED) for part in parts)
    return f"[{told}]"


def trial() -> Catalog:
    """Return the catalogue of a language that nobody speaks."""
    shown = Catalog(locale="en", project="Vitrail", charset="utf-8", fuzzy=False)
    for message in catalogue():
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        text = tuple(map(dressed, message.id)) if plural else dressed(str(message.id))
        shown.add(message.id, text)
    return shown


def write_catalogue(translated: Catalog, directory: Path, name: str) -> Path:
    """Write a catalogue as gettext reads it; return the file."""
    file = directory / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_mo(stream, translated)
    return file


def problems(translated: Catalog) -> list[str]:
    """Say which texts name values that their source does not have."""
    found: list[str] = []
    for message in translated:
        sources, texts = _forms(message.id), _forms(message.string)
        known = set(_NAMES.findall(" ".join(sources)))
        wrong = [text for text in texts if message.id and not set(_NAMES.findall(text)) <= known]
        found.extend(f"{sources[0]!r}: {text!r}" for text in wrong)
    return found


def _forms(text: object) -> tuple[str, ...]:
    """Return a text for one and for many, or the one that there is."""
    return text if isinstance(text, tuple) else (str(text or ""),)


def main(arguments: list[str]) -> int:
    """Do what the first argument says; return the exit status."""
    verb, *rest = arguments or ["extract"]
    if verb == "extract":
        TEMPLATE.parent.mkdir(exist_ok=True)
        with TEMPLATE.open("wb") as stream:
            write_po(stream, catalogue(), sort_output=True, width=100)
        print(f"{TEMPLATE.relative_to(ROOT)}: {len(catalogue())} texts")
        return 0
    if verb == "trial" and len(rest) == 1:
        print(write_catalogue(trial(), Path(rest[0]), TRIAL))
        return 0
    if verb == "compile" and rest:
        return max(compiled(Path(name)) for name in rest)
    print(__doc__)
    return 2


def compiled(file: Path) -> int:
    """Make the catalogue of a language, DE.po for de; return 1 if something in it is wrong."""
    translated = read_po(io.BytesIO(file.read_bytes()), locale=file.stem)
    wrong = problems(translated)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if not wrong:
        print(write_catalogue(translated, SHIPPED, file.stem))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
