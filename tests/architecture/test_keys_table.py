"""The table of commands: no key has two meanings, and the documents say what it says."""

import importlib.util
import sys

import pytest

from support.sources import ROOT
from vitrail.shell.commands.table import COMMANDS
from vitrail_widgets.keys.keymap import Keymap


@pytest.mark.skipif(sys.platform == "darwin", reason="the page names the keys of other platforms")
def test_the_table_in_the_documents_is_the_table_of_commands() -> None:
    script = ROOT / "packaging" / "keys_table.py"
    spec = importlib.util.spec_from_file_location("keys_table", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.PAGE.read_text("utf-8")
    assert page == module.with_table(page), "run packaging/keys_table.py"
    assert "| `Ctrl+Shift+P` | `edit.palette` |" in page


def test_no_default_keys_conflict() -> None:
    keymap = Keymap(COMMANDS)
    conflicts = [(one.id, each) for one in COMMANDS for each in keymap.conflicts_of(one.id)]
    assert [(name, each.strokes, each.other.id) for name, each in conflicts] == []


def test_conditions_are_phrases_that_go_on_after_where() -> None:
    """They are read as in "in the input, after a name"."""
    first = ("after", "before", "behind", "between", "in", "on", "when", "where", "while", "with")
    assert [one.id for one in COMMANDS if one.when and one.when.split()[0] not in first] == []
