"""What is told of a recording: to all the sign and earlier answers, to each their part, to the desk who is left out."""

from causerie.ids import PersonId
from causerie.live import catch_up, taken
from causerie.live import protocol as wire
from causerie.live.telling.announcement import Announcement
from causerie.recordings.live import RecordedRoom, concerned


def tell_recorded(said: Announcement, before: RecordedRoom, after: RecordedRoom) -> None:
    """Whatever of it is otherwise after a turn, once."""
    if (heard := catch_up.changed(before, after)) is not None:
        said.room.append(heard)
    if _same(before, after):
        return
    if (sign := taken.sign(after)) != taken.sign(before):
        said.room.append(wire.RecordingChanged(recording=sign))
    for person in sorted(_people(before) | _people(after)):
        if (part := taken.own_part(after, person)) != taken.own_part(before, person):
            said.to(person, wire.MeRecording(recording=part))
    left_out, missing = taken.left_out(after), taken.missing(after)
    if (left_out, missing) != (taken.left_out(before), taken.missing(before)):
        said.desk.append(wire.DeskRecording(left_out=left_out, missing=missing))


def _same(before: RecordedRoom, after: RecordedRoom) -> bool:
    """Most turns are about something else."""
    parts = ("recording", "stage", "room", "floor")
    return all(getattr(before, part) is getattr(after, part) for part in parts)


def _people(live: RecordedRoom) -> set[PersonId]:
    take = live.recording.take
    return concerned(live) | take.answers.keys() if take is not None else set()
