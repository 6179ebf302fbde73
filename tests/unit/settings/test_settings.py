"""The settings: read leniently, written with care."""

import importlib.util
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.settings.file import BrokenFileError, read, settings_path, write
from vitrail.settings.model import VERSION, AppearanceSettings, Settings
from vitrail.settings.parsing import parse
from vitrail.settings.store import SettingsStore

ROOT = Path(__file__).resolve().parents[3]
DARK = AppearanceSettings(theme="dark")


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == (Settings(), [])


def test_the_file_is_in_the_users_configuration() -> None:
    assert settings_path().name == "settings.toml"
    assert settings_path().parent.name == "vitrail"


def test_a_change_is_kept_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    SettingsStore(path).change("appearance", "theme", "dark")
    assert SettingsStore(path).now.appearance == DARK
    assert f"version = {VERSION}" in path.read_text("utf-8")


def test_going_back_to_the_default_removes_the_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    store = SettingsStore(path)
    store.change("appearance", "theme", "dark")
    store.change("appearance", "theme", "system")
    assert "theme" not in path.read_text("utf-8")


def test_comments_order_and_unknown_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    text = "# mine\n[completion]  # quiet\nas_you_type = false\nlater = 3\n\n[other]\na = 1\n"
    path.write_text(text, "utf-8")
    write(path, {("appearance", "theme"): "light"})
    assert path.read_text("utf-8").startswith(text)
    assert read(path)[0].appearance.theme == "light"


def test_a_wrong_entry_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[appearance]\ntheme = "pink"\nfont_size = 12\n', "utf-8")
    settings, problems = read(path)
    assert settings.appearance.theme == "system"
    assert settings.appearance.font_size == 12
    assert len(problems) == 1
    assert "appearance.theme" in problems[0]
    assert "pink" in problems[0]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"apearance": {}}, "Is appearance meant?"),
        ({"appearance": {"them": "dark"}}, "Is theme meant?"),
        ({"appearance": {"zzz": 1}}, "appearance.zzz is not a setting."),
        ({"appearance": "dark"}, "[appearance] is to be a table"),
        ({"keys": {"edit.copy": "Ctrl+C"}}, "keys.edit.copy is to be a list"),
        ({"appearance": {"font_size": 900}}, "<= 40"),
    ],
)
def test_what_is_of_no_use_is_said(document: dict[str, Any], said: str) -> None:
    settings, problems = parse(document)
    assert settings == Settings()
    assert [problem for problem in problems if said in problem], problems


@pytest.mark.parametrize(
    "text", ["[appearance\n", "\ufeffversion = 1", "version = 99", 'version = "x"', "a = 1\na = 2"]
)
def test_a_broken_file_is_said_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    store = SettingsStore(path)
    assert "left as it is" in store.problems[0]
    store.change("appearance", "theme", "dark")
    assert store.now.appearance.theme == "dark"  # for this session
    assert path.read_text("utf-8") == text
    with pytest.raises(BrokenFileError):
        write(path, {("appearance", "theme"): "dark"})


def test_a_file_that_is_not_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in SettingsStore(path).problems[0]


def test_breaking_the_file_meanwhile_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    store, said = SettingsStore(path), list[str]()
    store.troubled = said.append
    path.write_text("[", "utf-8")
    store.change("appearance", "theme", "dark")
    assert path.read_text("utf-8") == "["
    assert "no change is kept" in said[0]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    store, said = SettingsStore(blocked / "settings.toml"), list[str]()
    store.troubled = said.append
    store.change("appearance", "theme", "dark")
    assert store.now.appearance.theme == "dark"
    assert "cannot be written" in said[0]


def test_a_link_stays_a_link_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("", "utf-8")
    target.chmod(0o640)
    link = tmp_path / "settings.toml"
    link.symlink_to(target)
    SettingsStore(link).change("appearance", "theme", "dark")
    assert link.is_symlink()
    assert "dark" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


def test_nothing_else_is_left_in_the_directory(tmp_path: Path) -> None:
    SettingsStore(tmp_path / "settings.toml").change("appearance", "theme", "dark")
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


def test_watchers_hear_of_changes_alone() -> None:
    store, heard = SettingsStore(), list[tuple[str, str]]()
    stop = store.watch(lambda old, new: heard.append((old.appearance.theme, new.appearance.theme)))
    store.change("appearance", "theme", "dark")
    store.change("appearance", "theme", "dark")
    stop()
    store.change("appearance", "theme", "light")
    assert heard == [("system", "dark")]


def test_a_value_of_the_wrong_type_is_refused() -> None:
    store = SettingsStore()
    with pytest.raises(msgspec.ValidationError):
        store.change("appearance", "theme", "pink")
    assert store.now == Settings()


def test_keys_are_kept_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    store = SettingsStore(path)
    store.change_keys("kernel.interrupt", ("Ctrl+I",))
    store.change_keys("edit.copy", ())
    assert SettingsStore(path).now.keys == {"kernel.interrupt": ("Ctrl+I",), "edit.copy": ()}
    store.change_keys("kernel.interrupt", None)
    assert SettingsStore(path).now.keys == {"edit.copy": ()}


def test_a_file_that_breaks_keeps_what_holds(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    store = SettingsStore(path)
    store.change("appearance", "theme", "dark")
    path.write_text("[", "utf-8")
    store.reload()
    assert store.now.appearance.theme == "dark"


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["appearance", "theme", "font_size", "keys", "x"]), inner, max_size=3
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(["appearance", "completion", "keys", "y"]), documents))
def test_no_document_raises(document: dict[str, Any]) -> None:
    settings, problems = parse(document)
    assert isinstance(settings, Settings)
    assert all(problem.endswith((".", "?")) for problem in problems)


def test_the_page_for_users_says_what_the_model_says() -> None:
    script = ROOT / "packaging" / "settings_table.py"
    spec = importlib.util.spec_from_file_location("settings_table", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == module.with_table(page), "run packaging/settings_table.py"


def test_a_watch_can_be_ended_twice() -> None:
    store = SettingsStore()
    end = store.watch(lambda _before, _after: None)
    end()
    end()


def test_a_pygments_style_is_a_theme() -> None:
    settings, problems = parse({"appearance": {"theme": "monokai"}})
    assert settings.appearance.theme == "monokai"
    assert not problems


def test_a_theme_of_no_such_name_is_told_with_the_nearest() -> None:
    settings, problems = parse({"appearance": {"theme": "monokay"}})
    assert settings.appearance.theme == "system"
    assert problems[0].startswith("appearance.theme: There is neither a theme nor")
    assert "is monokai meant?" in problems[0]
    with pytest.raises(msgspec.ValidationError, match="monokai"):
        SettingsStore().change("appearance", "theme", "monokay")
