"""The window in a language that nobody speaks: what is not in it, was forgotten."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.pictures import colours
from support.program import Home, private_home
from support.sources import ROOT

spec = importlib.util.spec_from_file_location("messages", ROOT / "packaging" / "messages.py")
assert spec is not None
assert spec.loader is not None
messages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(messages)

SHOWN = ROOT / "tests" / "support" / "translated_window.py"

OF_NO_LANGUAGE = re.compile(
    r"[^a-zA-Z]*$"  # signs, numbers
    r"|(?:(?:/  ·  )?(?:Ctrl|Alt|Shift|Meta)\+"
    r"|(?:Return|Tab|Esc|Del|Ins|Up|Down|Left|Right|Space|Home|End|PgUp"
    r"|PgDown|Backspace|F\d+|[A-Z])(?:$| ))"  # keys
    r"|“ab”$|Python 3|Scroll (?:Left|Right)$"  # a sign, the kernel's name, Qt's own
)


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    with private_home() as made:
        yield made


@pytest.fixture(scope="module")
def shown(home: Home) -> list[tuple[str, str]]:
    """Return what a real window on a real kernel says in the trial language, and where."""
    data = Path(home.variables["XDG_DATA_HOME"])
    messages.write_catalogue(messages.trial(), data / "vitrail" / "locale", messages.TRIAL)
    language = {"LANGUAGE": messages.TRIAL, "LANG": "en_US.UTF-8", "LC_ALL": ""}
    done = subprocess.run(
        [sys.executable, str(SHOWN), "window.png"],
        cwd=home.desk,
        env={**home.variables, **language, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [(place, text) for place, text in map(json.loads, done.stdout.splitlines())]


@pytest.mark.kernel
def test_menus_are_translated(shown: list[tuple[str, str]]) -> None:
    titles = [text for place, text in shown if place == "QMenu title"]
    assert {
        messages.dressed("&File"),
        messages.dressed("&Kernel"),
        messages.dressed("&Export"),
    } <= set(titles)
    actions = [text for place, text in shown if place == "action"]
    assert len(actions) > 60
    assert messages.dressed("Restart and run &all cells") in actions


@pytest.mark.kernel
def test_every_text_of_the_window_and_its_dialogs_is_translated(
    shown: list[tuple[str, str]],
) -> None:
    values = {text for place, text in shown if place == "QComboBox item"}  # as in the settings file
    forgotten = {
        f"{place}: {text}"
        for place, text in shown
        if not text.startswith("[") and text not in values and not OF_NO_LANGUAGE.match(text)
    }
    assert len(shown) > 500
    assert forgotten == set()


@pytest.mark.kernel
def test_window_in_that_language_is_painted(home: Home, shown: object) -> None:
    assert len(colours(home.desk / "window.png")) > 20


def test_catalogue_holds_what_code_and_tables_say() -> None:
    gathered = {message.id for message in messages.catalogue() if message.id}
    assert len(gathered) > 600
    assert {
        "&File",  # a menu
        "Go to the prompt &below",  # a command
        "in the last row of an older input",  # when it is meant
        "in the find bar",  # where
        "Size of that font in points.",  # a setting
        ("{count} cell was not run", "{count} cells were not run"),
    } <= gathered


def test_catalogue_that_makes_up_a_value_is_refused() -> None:
    translated = messages.trial()
    assert messages.problems(translated) == []
    translated["Opening {path}"].string = "Öffnet {pfad}"
    assert len(messages.problems(translated)) == 1


def test_trial_keeps_what_is_no_word() -> None:
    assert messages.dressed("&Open {name}…") == "[&Öpéñ {name}…]"
    assert messages.dressed("set `editor.command` (*.py)") == "[šéţ `editor.command` (*.py)]"
