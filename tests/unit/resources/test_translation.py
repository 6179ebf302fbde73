"""What a user reads, in the user's language."""

import gettext
import subprocess
import sys
from pathlib import Path

import pytest

from vitrail_resources import translation
from vitrail_resources.translation import tr, trn, wanted_languages


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, []),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANG": "en_GB.UTF-8"}, []),
        ({"LANG": "de_CH.UTF-8"}, ["de_CH.UTF-8"]),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR"}, ["fr_FR"]),
        ({"LANG": "de_DE", "LC_ALL": "POSIX", "LANGUAGE": "fr"}, []),
        ({"LANG": "de_DE", "LANGUAGE": "pt_BR:pt:en:fr"}, ["pt_BR", "pt"]),
        ({"LANG": "de_DE", "LANGUAGE": "en"}, []),
        ({"LANG": "en_XA"}, ["en_XA"]),
    ],
)
def test_language_is_that_of_the_environment(
    environment: dict[str, str], wanted: list[str]
) -> None:
    assert wanted_languages(environment) == wanted


def test_english_is_as_it_stands_in_the_source() -> None:
    assert translation.language() == "en"
    assert tr("A {brace} stays") == "A {brace} stays"
    assert tr("Opening {name}", name="a{b}.py") == "Opening a{b}.py"
    assert trn("{count} cell", "{count} cells", 1) == "1 cell"
    assert trn("{count} cell", "{count} cells", 0) == "0 cells"
    assert trn("{count} of {all}", "{count} of {all}", 2, all=3) == "2 of 3"


def test_english_looks_for_no_file_and_imports_nothing() -> None:
    script = "import sys; import vitrail_resources.translation; print(*sys.modules)"
    environment = {"LANG": "en_US.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path}; {script}"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"gettext", "platformdirs", "locale"} & set(done.stdout.split())


MISTAKES = ("{", "}", "{0}", "{other}", "{name.x.y}", "{name[9]}", "{name:q}", "{name!z}")


@pytest.mark.parametrize("broken", MISTAKES)
def test_mistake_of_a_catalogue_shows_english(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_gettext", lambda _: f"Öffnet {broken}")
    assert tr("Opening {name}", name="a") == "Opening a"


def test_catalogue_is_used_for_one_and_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue(gettext.NullTranslations):
        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return "{count} Zelle" if n == 1 else "{count} Zellen"

    monkeypatch.setattr(translation, "_ngettext", Catalogue().ngettext)
    assert trn("{count} cell", "{count} cells", 1) == "1 Zelle"
    assert trn("{count} cell", "{count} cells", 5) == "5 Zellen"


@pytest.mark.parametrize("content", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_broken_catalogue_counts_as_none(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "de" / "LC_MESSAGES" / "vitrail.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    monkeypatch.setattr(translation, "catalogue_directories", lambda: [tmp_path])
    assert translation._load(["de_DE", "de"]) == ("en", None)
