"""Sound and film: named in a line, played by the desktop from a file of the user's alone."""

import base64
import io
import stat
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.private_files import PrivateFiles
from vitrail_widgets.render.choices import Choice, ChoiceBlock, Verb
from vitrail_widgets.render.media import Media, duration_s, media_in
from vitrail_widgets.render.sizes import size_in_words
from vitrail_widgets.transcript.mime import MimeBundle


def sound(seconds: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000 * seconds))
    return buffer.getvalue()


def film(seconds: int) -> bytes:
    """Return no more of a film than the box that tells how long it is, and something before it."""
    scale, length = (1000).to_bytes(4, "big"), (seconds * 1000).to_bytes(4, "big")
    return bytes(200_000) + b"\x00\x00\x00\x6cmvhd" + bytes(12) + scale + length + bytes(80)


def audio_html(data: bytes) -> str:
    """Return what IPython's `Audio` sends."""
    text = base64.b64encode(data).decode()
    return f"""
                <audio  controls="controls" >
                    <source src="data:audio/wav;base64,{text}" type="audio/wav" />
                    Your browser does not support the audio element.
                </audio>
              """


def show(console: Console, data: dict[str, object]) -> ChoiceBlock:
    console.cell("a")
    console.apply(console.transcript.append_rich("a", MimeBundle(data)))
    block = console.view.document.flow[0].block(1)
    assert isinstance(block, ChoiceBlock)
    return block


def choice(block: ChoiceBlock, verb: Verb) -> Choice:
    [found] = [each for _, _, each in block.head._spans if each.verb is verb]
    return found


def test_a_sound_in_html_is_named_with_its_size_and_duration(console: Console) -> None:
    block = show(
        console,
        {"text/html": audio_html(sound(65)), "text/plain": "<IPython.lib.display.Audio object>"},
    )
    assert block.line_count == 1
    assert block.line(0) == "♪ WAV audio, 1.0 MB, 1:05 · play · save as file…"


def test_a_film_of_its_own_type_is_named(console: Console) -> None:
    data = base64.b64encode(film(3)).decode()
    assert show(console, {"video/mp4": data, "text/plain": "x"}).line(0) == (
        "▶ MP4 video, 200.1 kB, 0:03 · play · save as file…"
    )


def test_play_opens_a_file_that_only_the_user_can_read(console: Console, qtbot: QtBot) -> None:
    data = sound(1)
    block = show(console, {"text/html": audio_html(data)})
    with qtbot.waitSignal(console.view.output_choices.open_wanted) as caught:
        console.view.output_choices.open_privately(choice(block, Verb.PLAY).content)
    path = Path(str(caught.args[0])) if caught.args else Path()
    assert path.suffix == ".wav"
    assert path.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    console.view.output_choices._files.remove()
    assert not path.parent.exists()


@pytest.fixture
def files() -> Iterator[PrivateFiles]:
    made = PrivateFiles()
    yield made
    made.remove()


def test_private_files_have_names_of_their_own_and_go_with_their_owner(files: PrivateFiles) -> None:
    one, other = Path(files.new(".wav")), Path(files.new(".wav"))
    assert one != other
    assert one.parent == other.parent
    gone = PrivateFiles()
    path = Path(gone.new(".x"))
    del gone
    assert not path.parent.exists()


def test_what_is_no_base64_is_named_and_refused_when_it_is_to_be_played(
    console: Console, qtbot: QtBot
) -> None:
    block = show(console, {"audio/mpeg": "no base64!"})
    assert block.line(0).startswith("♪ MPEG audio, 7 B · play")
    with qtbot.waitSignal(console.view.output_choices.troubled) as caught:
        console.view.output_choices.open_privately(choice(block, Verb.PLAY).content)
    assert "was not written" in str(caught.args)
    console.view.output_choices._files.remove()


@pytest.mark.parametrize("data", ["", "AAAA", "UklGRg==", "!!!!", "UklGRgAAAABXQVZFZm10IA=="])
def test_a_header_that_lies_has_no_duration(data: str) -> None:
    assert duration_s(Media("audio/wav", data)) is None


def test_a_player_of_something_far_away_is_no_media() -> None:
    assert media_in("<audio src='https://example.org/x.wav'></audio>") is None
    assert media_in("<p>data:audio/wav;base64,AAAA</p>") is None


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (2_500_000_000, "2.5 GB")]
)
def test_sizes_are_written_in_powers_of_ten(size: int, words: str) -> None:
    assert size_in_words(size) == words
