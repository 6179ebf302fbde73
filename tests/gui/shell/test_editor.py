"""Files are opened in the editor that the user chose, and never run."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from vitrail.shell.editor import CannotOpenError, is_text, open_in_editor, words_of


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    paths: list[str] = []

    def note(url: QUrl) -> bool:
        paths.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return paths


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("code -g {file}:{line}", ["code", "-g", "/a b/x.py:7"]),
        ("'/my editor' +{line} {file}", ["/my editor", "+7", "/a b/x.py"]),
        ("gedit", ["gedit", "/a b/x.py"]),
        ("e --at={line}", ["e", "--at=7", "/a b/x.py"]),
    ],
)
def test_a_template_is_filled_word_by_word(command: str, expected: list[str]) -> None:
    assert words_of(command, Path("/a b/x.py"), 7) == expected


def test_a_file_that_looks_like_a_template_or_a_command_is_but_a_name() -> None:
    name = Path("/tmp/{line}; rm -rf {file}.py")
    assert words_of("e {file} {line}", name, 3) == ["e", str(name), "3"]


def test_a_template_that_is_none_is_said() -> None:
    with pytest.raises(CannotOpenError, match="cannot be read"):
        words_of("code 'open", Path("/x.py"), 1)


def test_the_editor_is_started_with_file_and_line(tmp_path: Path, qtbot: QtBot) -> None:
    source, told = tmp_path / "a file.py", tmp_path / "told"
    source.write_text("1\n2\n")
    script = tmp_path / "editor.py"
    script.write_text(
        f"import sys, os; open({str(told)!r} + '.new', 'w').write(sys.argv[1])\n"
        f"os.replace({str(told)!r} + '.new', {str(told)!r})\n"
    )
    open_in_editor(f"'{sys.executable}' '{script}' {{file}}:{{line}}", str(source), 2)
    qtbot.waitUntil(told.exists, timeout=20_000)
    assert told.read_text() == f"{source.resolve()}:2"


def test_an_editor_that_is_not_there_is_said(tmp_path: Path) -> None:
    source = tmp_path / "x.py"
    source.write_text("")
    with pytest.raises(CannotOpenError, match="could not be started"):
        open_in_editor("/no/such/editor {file}", str(source))


@pytest.mark.parametrize("path", ["/no/such/file.py", "~nobody-here/x.py", "x\0.py", ""])
def test_a_file_that_is_not_there_is_said(path: str, opened: list[str]) -> None:
    with pytest.raises(CannotOpenError, match="There is no file"):
        open_in_editor("", path)
    assert opened == []


def test_without_an_editor_the_desktop_opens_texts(tmp_path: Path, opened: list[str]) -> None:
    source = tmp_path / "x.py"
    source.write_text("")
    open_in_editor("", str(source), 3)
    assert opened == [str(source.resolve())]


def test_without_an_editor_nothing_that_could_be_run_is_opened(
    tmp_path: Path, opened: list[str]
) -> None:
    script, entry = tmp_path / "run.sh", tmp_path / "evil.desktop"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    entry.write_text("[Desktop Entry]\n")
    for path in (script, entry):
        assert not is_text(path)
        with pytest.raises(CannotOpenError, match="may be a program"):
            open_in_editor("", str(path))
    assert opened == []
