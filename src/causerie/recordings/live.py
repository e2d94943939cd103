"""A room as it stands, with what is recorded of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce

from causerie.floor import live as floor
from causerie.floor.forgotten import PersonForgotten
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority
from causerie.floor.tables import HOSTS
from causerie.ids import PersonId
from causerie.recordings import state as recordings
from causerie.recordings.state import Recording, Take, Track


@dataclass(frozen=True)
class RecordedRoom(LiveRoom):
    """Everything of a room that commands are decided on, its takes among them."""

    recording: Recording = field(default_factory=Recording)

    @property
    def recorded(self) -> dict[PersonId, Track]:
        """Who is recorded now, and on which track: on stage, with their own yes, while a take runs; nobody else."""
        take = self.recording.take
        return {} if take is None or not take.runs else agreed(self, take)


def agreed(live: RecordedRoom, take: Take) -> dict[PersonId, Track]:
    """Whoever is on stage and has a track of this take."""
    return {person: track for person, track in take.kept.items() if speaks(live, take, person)}


def speaks(live: RecordedRoom, take: Take, person: PersonId) -> bool:
    """On stage, with their own yes to this take, and nobody who is never recorded."""
    seat = live.stage.seats.get(person)
    said_yes = take.answers.get(person) == "kept" and person not in live.recording.minors
    return seat is not None and not seat.bot and said_yes


def asked(live: RecordedRoom, person: PersonId) -> bool:
    """Whether somebody is asked whether their part is to be kept, and has not said."""
    take = live.recording.now_on
    return take is not None and person not in take.answers and person in concerned(live)


def concerned(live: RecordedRoom) -> set[PersonId]:
    """On stage or on the way to it; never a bot, and nobody who is never recorded."""
    stage = live.stage
    bots = {seat.person for seat in stage.seats.values() if seat.bot}
    coming = {*stage.seats, *stage.invitations, *stage.backstage, *stage.waiting, *live.floor.deck}
    return coming - bots - live.recording.minors


def may_answer(live: RecordedRoom, person: PersonId) -> bool:
    """Who is asked, or leads the room and can take a seat at any time."""
    return person in concerned(live) | live.recording.minors or authority(live, person) in HOSTS


def fold(event: object, live: RecordedRoom) -> RecordedRoom:
    """The room after an event, whichever part of it the event belongs to."""
    after = floor.fold(event, live)
    assert isinstance(after, RecordedRoom)  # `replace` keeps what a room is
    if isinstance(event, PersonForgotten):
        return replace(after, recording=_forgotten(event, live.recording))
    return replace(after, recording=recordings.fold(event, live.recording))


def _forgotten(event: PersonForgotten, recording: Recording) -> Recording:
    """Tracks that were taken back are nobody's; what they said of their part is kept under the id they had."""
    takes = {id: replace(take, tracks=_unnamed(event, take)) for id, take in recording.takes.items()}
    return replace(recording, takes=takes, minors=recording.minors - event.nobody.keys())


def _unnamed(event: PersonForgotten, take: Take) -> dict[str, Track]:
    return {
        id: replace(track, person=event.nobody[track.person], name="")
        if track.withdrawn and track.person in event.nobody
        else track
        for id, track in take.tracks.items()
    }


def after(events: Iterable[object], live: RecordedRoom) -> RecordedRoom:
    """The room after these events."""
    return reduce(lambda so_far, event: fold(event, so_far), events, live)
