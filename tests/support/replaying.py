"""What recorded sessions leave in a transcript."""

from support.captured import captured
from vitrail.presenters.reducer import reduce
from vitrail.protocol.messages import Channel
from vitrail.protocol.session import Session
from vitrail_widgets.transcript.transcript import Transcript


def replayed(name: str) -> Transcript:
    """Return what a recorded session left in the transcript."""
    record = captured(name)
    session = Session(
        key=record.connection.key,
        signature_scheme=record.connection.signature_scheme,
        now=None,  # type: ignore[arg-type]  # nothing is sent
        replay_limit=0,
        dialect=record.dialect,
    )
    transcript = Transcript()
    for channel, frames, direction, client in record:
        if direction == "in" and channel is Channel.IOPUB and client != "B":
            reduce(transcript, session.decode(channel, frames), session="ours", at=0.0)
    return transcript
