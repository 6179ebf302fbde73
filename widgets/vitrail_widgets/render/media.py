"""Sound and film among the outputs: named in a line, played by the desktop's player."""

import binascii
import re
import struct
from base64 import b64decode
from collections.abc import Callable
from typing import Final, NamedTuple

from vitrail_resources.translation import tr
from vitrail_widgets.render.choices import Choice, ChoiceBlock, ChoiceLine, Content, Verb
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.render.sizes import size_in_words
from vitrail_widgets.transcript.mime import MimeBundle

HEADER: Final = 65_536  # characters of base64 at either end in which a duration is looked for
LONGEST_S: Final = 1_000_000.0
SIGNS: Final = {"audio": "♪", "video": "▶"}
_PLAYER: Final = re.compile(r"<(?:audio|video)\b", re.IGNORECASE)
_SOURCE: Final = re.compile(
    r"\bsrc=(?:\"|')data:((?:audio|video)/[\w.+-]+)(?:;[^,;\"']*)*;base64,", re.IGNORECASE
)
_PLAYER_WITHIN: Final = 2000


class Media(NamedTuple):
    """A sound or a film: its type, and its content in base64."""

    mime: str
    data: str

    @property
    def size_bytes(self) -> int:
        """How many bytes it holds, to a few."""
        return len(self.data) * 3 // 4

    def decode(self) -> bytes:
        """Return the bytes; ValueError where they are not base64."""
        return b64decode("".join(self.data.split()), validate=True)


def media_in(html: str) -> Media | None:
    """Return what a player in HTML plays, if it is in the HTML itself (IPython's `Audio`)."""
    player = _PLAYER.search(html[:_PLAYER_WITHIN])
    source = _SOURCE.search(html, player.start(), player.start() + 4000) if player else None
    if source is None:
        return None
    end = html.find(html[source.start() + 4], source.end())  # the quote that opened it
    return Media(source[1].lower(), html[source.end() : end if end >= 0 else len(html)].strip())


def media_maker(mime: str) -> Callable[[object, object], ChoiceBlock]:
    """Return what makes the block of a bundle's sound or film of a type."""

    def make(data: object, metadata: object) -> ChoiceBlock:
        del metadata
        if not isinstance(data, str | list):
            raise RenderError(
                tr("{mime} came as {name}, not as base64 text", mime=mime, name=type(data).__name__)
            )
        return media_block(Media(mime, MimeBundle({mime: data}).text(mime)))

    return make


def media_block(media: Media) -> ChoiceBlock:
    """Return a line that names a sound or a film, and offers to play and to save it."""
    content = Content(media.mime, media.decode)
    major, _, minor = media.mime.partition("/")
    name = minor.removeprefix("x-").upper()
    parts = [f"{SIGNS.get(major, '')} {name} {major}".strip(), size_in_words(media.size_bytes)]
    duration = duration_s(media)
    if duration is not None:
        parts.append(f"{int(duration) // 60}:{int(duration) % 60:02}")
    choices = [Choice(Verb.PLAY, content), Choice(Verb.SAVE, content)]
    return ChoiceBlock(ChoiceLine(", ".join(parts), choices), None)


def duration_s(media: Media) -> float | None:
    """Return how long a sound or film lasts in seconds, where its header says so (WAV, MP4)."""
    head, tail = _decoded(media.data[:HEADER]), _decoded(media.data[-HEADER // 4 * 4 :])
    try:
        found = _of_wav(head, media.size_bytes) or _of_mp4(head) or _of_mp4(tail)
    except (struct.error, ZeroDivisionError):
        return None
    return found if found is not None and 0 < found < LONGEST_S else None


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text[: len(text) // 4 * 4])
    except (ValueError, binascii.Error):
        return b""


def _of_wav(head: bytes, size_bytes: int) -> float | None:
    """Return the duration of RIFF/WAVE: what is not header, by the bytes of a second."""
    at = head.find(b"fmt ")
    if not head.startswith(b"RIFF") or at < 0:
        return None
    (bytes_per_second,) = struct.unpack_from("<I", head, at + 16)
    start = head.find(b"data")
    return float((size_bytes - max(start, 0) - 8) / bytes_per_second)


def _of_mp4(part: bytes) -> float | None:
    """Return the duration in the movie header of ISO 14496-12, 8.2.2."""
    at = part.find(b"mvhd")
    if at < 0:
        return None
    is_long = part[at + 4] == 1
    scale, length = struct.unpack_from(
        ">IQ" if is_long else ">II", part, at + (24 if is_long else 16)
    )
    return float(length / scale)
