"""The words that a user reads, in the user's language where there is a catalogue of it.

`tr` and `trn` stand around every such text, also in tables, which are made when they are imported:
the language is that of the process and does not change. English needs nothing: no file is looked
for, no module imported. How texts are gathered, and what a translator does, stands in
docs/translating.md.
"""

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

DOMAIN: Final = "vitrail"
SOURCE_LANGUAGES: Final = ("", "c", "posix", "en")
"""For which the texts are as they stand in the source."""

_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def wanted_languages(environment: Mapping[str, str]) -> list[str]:
    """Return the languages that the user asks for, the best first; none for English.

    Source:
        GNU gettext, "Locale Environment Variables" and "Specifying a Priority List of Languages".
    """
    locale = next(filter(None, map(environment.get, _VARIABLES[1:])), "") or ""
    if _bare(locale) in ("c", "posix"):
        return []  # says the C locale, in which LANGUAGE does not count
    listed = environment.get("LANGUAGE") or locale
    wanted: list[str] = []
    for name in listed.split(":"):
        if _bare(name) in SOURCE_LANGUAGES:
            break
        wanted.append(name)
    return wanted


def catalogue_directories() -> list[Path]:
    """Return where catalogues are: what a user adds goes before what we ship."""
    import platformdirs  # only who does not read English needs it

    own = platformdirs.user_data_path(DOMAIN, appauthor=False) / "locale"
    return [own, Path(__file__).parent / "locale"]


def tr(text: str, /, **values: object) -> str:
    """Return a text in the user's language, with values put into its `{names}`."""
    found = _gettext(text) if _gettext and text else text  # for "" gettext has a catalogue's head
    return _filled(found, text, values) if values else found


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the text that goes with a number, which is its `{count}`."""
    source = one if count == 1 else many
    found = source if _ngettext is None else _ngettext(one, many, count)
    return _filled(found, source, {"count": count, **values})


def language() -> str:
    """Return the language in use, "en" unless a catalogue was found."""
    return _language


def _filled(text: str, source: str, values: Mapping[str, object]) -> str:
    try:
        return text.format(**values)
    except (LookupError, ValueError, AttributeError, TypeError):  # a catalogue's mistake
        return source.format(**values)


def _bare(name: str) -> str:
    """Return the language of a locale: de of de_CH.UTF-8@euro; en_XA, a trial, is not English."""
    bare = name.partition(".")[0].partition("@")[0].lower()
    return bare if bare == "en_xa" else bare.partition("_")[0]


def _load(wanted: list[str]) -> tuple[str, Any]:
    import gettext

    for name in wanted:
        for directory in catalogue_directories():
            with contextlib.suppress(Exception):  # none there, or gettext cannot read what is
                return name, gettext.translation(DOMAIN, directory, [name])
    return "en", None


_language, _catalogue = _load(found) if (found := wanted_languages(os.environ)) else ("en", None)
_gettext: Callable[[str], str] | None = _catalogue and _catalogue.gettext
_ngettext: Callable[[str, str, int], str] | None = _catalogue and _catalogue.ngettext
