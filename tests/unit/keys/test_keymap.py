import pytest

from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.keymap import Keymap

SAVE = Command("file.save", "&Save", ("Ctrl+S",), menu="File")
SEARCH = Command("console.search", "Search", ("Ctrl+R",), Scope.CONSOLE)
TAB = Command("input.indent", "Indent", ("Tab",), Scope.INPUT)
COMPLETE = Command("input.complete", "Complete", ("Tab",), Scope.INPUT, when="after a name")
SCROLL = Command("transcript.down", "Down", ("Down", "J"), Scope.TRANSCRIPT)
NEXT = Command("popup.next", "Next", ("Down",), Scope.POPUP)
TABLE = (SAVE, SEARCH, TAB, COMPLETE, SCROLL, NEXT)


def clashes(keymap: Keymap, command_id: str) -> list[str]:
    return [conflict.other.id for conflict in keymap.conflicts_of(command_id)]


def test_keys_mean_their_command_in_its_scope_alone() -> None:
    keymap = Keymap(TABLE)
    assert keymap.at(("J",), Scope.TRANSCRIPT) == [SCROLL]
    assert keymap.at(("J",), Scope.INPUT) == ()
    assert keymap.texts_of("transcript.down") == ("Down", "J")


def test_what_has_a_condition_has_its_turn_first() -> None:
    assert Keymap(TABLE).at(("Tab",), Scope.INPUT) == [COMPLETE, TAB]


def test_a_condition_a_popup_and_another_place_make_no_conflict() -> None:
    keymap = Keymap(TABLE)
    assert all(clashes(keymap, command.id) == [] for command in TABLE)


def test_an_override_takes_the_place_of_the_default_and_nothing_unbinds() -> None:
    keymap = Keymap(TABLE, {"file.save": ["F2"], "transcript.down": []})
    assert keymap.at(("F2",), Scope.WINDOW) == [SAVE]
    assert keymap.at(("Ctrl+S",), Scope.WINDOW) == ()
    assert keymap.keys_of("transcript.down") == ()
    assert keymap.is_changed("file.save")
    assert not keymap.is_changed("input.indent")


def test_the_same_keys_in_overlapping_places_conflict_both_ways() -> None:
    keymap = Keymap(TABLE, {"input.indent": ["Ctrl+R"], "transcript.down": ["Ctrl+S"]})
    assert clashes(keymap, "input.indent") == ["console.search"]
    assert clashes(keymap, "console.search") == ["input.indent"]
    assert clashes(keymap, "transcript.down") == ["file.save"]


def test_a_condition_does_not_help_behind_one_that_takes_the_key_before() -> None:
    keymap = Keymap(TABLE, {"input.complete": ["Ctrl+R"]})
    assert clashes(keymap, "input.complete") == ["console.search"]


def test_a_condition_of_the_console_lets_the_input_have_the_key() -> None:
    first = Command("console.go", "Go", ("Tab",), Scope.CONSOLE, when="somewhere")
    keymap = Keymap((*TABLE, first))
    assert clashes(keymap, "console.go") == []


def test_keys_that_begin_a_longer_sequence_conflict_with_it() -> None:
    keymap = Keymap(TABLE, {"input.indent": ["Ctrl+R, Ctrl+S"]})
    assert clashes(keymap, "input.indent") == ["console.search"]
    assert keymap.begins(("Ctrl+R",), Scope.INPUT)
    assert not keymap.begins(("Ctrl+R", "Ctrl+S"), Scope.INPUT)


def test_a_conflict_can_be_asked_about_before_it_is_made() -> None:
    (conflict,) = Keymap(TABLE).conflicts_at("input.indent", ("Ctrl+S",))
    assert conflict.other is SAVE


def test_a_broken_override_is_said_and_ignored() -> None:
    keymap = Keymap(TABLE, {"file.save": ["Ctrl+Nonsense"], "file.sve": ["F3"]})
    assert keymap.texts_of("file.save") == ("Ctrl+S",)
    assert keymap.problems == (
        "The keys of “file.save” are the usual ones: “Nonsense” is no key.",
        "There is no command “file.sve” to give keys to.",
    )


@pytest.mark.parametrize("keys", ["J", "Shift+J", "+", "Space", "J, Ctrl+K"])
def test_what_is_typed_is_no_key_where_one_types(keys: str) -> None:
    keymap = Keymap(TABLE, {"file.save": [keys], "transcript.down": [keys]})
    assert keymap.texts_of("file.save") == ("Ctrl+S",)
    assert "is text that is typed" in keymap.problems[0]
    assert keymap.texts_of("transcript.down") == (keys,)


@pytest.mark.parametrize("keys", ["Ctrl+J", "F5", "Ctrl++", "Shift+Tab", "Alt+Space", "Meta+1"])
def test_what_types_nothing_is_a_key_everywhere(keys: str) -> None:
    assert Keymap(TABLE, {"file.save": [keys]}).texts_of("file.save") == (keys,)


def test_keys_that_were_taken_from_a_command_are_known() -> None:
    keymap = Keymap(TABLE, {"input.indent": [], "input.complete": [], "transcript.down": ["K"]})
    assert keymap.was_taken(("Tab",), Scope.INPUT)
    assert keymap.was_taken(("J",), Scope.TRANSCRIPT)
    assert Keymap(TABLE, {"input.indent": []}).was_taken(("Tab",), Scope.INPUT)
    assert not Keymap(TABLE, {"input.complete": []}).was_taken(("Tab",), Scope.INPUT)


def test_a_table_with_an_id_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Keymap((SAVE, SAVE))


def test_a_title_loses_the_mark_of_its_mnemonic() -> None:
    assert SAVE.label == "Save"
    assert Command("a.b", "Cut && &Paste").label == "Cut & Paste"
    assert SEARCH.area == "Console"
