"""What follows for the recording from what happened in the room, in the same turn."""

from collections.abc import Sequence

from causerie.clock import SECOND
from causerie.db import Tx
from causerie.ids import PersonId, new_id
from causerie.recordings import events as happened
from causerie.recordings import moves
from causerie.recordings.errors import StopFirst, YesNeeded
from causerie.recordings.events import Event
from causerie.recordings.live import RecordedRoom, after, speaks
from causerie.recordings.store import store
from causerie.rooms import events as room
from causerie.stage import events as stage

# As long as an invitation lasts: who is on stage when a take is wanted, on condition, has this long to say yes.
TO_ANSWER = 60 * SECOND

HEARD = (
    room.RoomStarted,
    room.RoomEnded,
    room.RoomSet,
    room.ChairEmpty,
    room.ChairFilled,
    room.LeaderCame,
    room.HostChanged,
    room.RecordsAgreed,
    stage.SpeakerCame,
    happened.RecordingRequested,
    happened.PartBegan,
    happened.Consented,
)


async def follow(tx: Tx, live: RecordedRoom) -> None:
    """Write what follows for the recording; or refuse the turn, where it would seat somebody without their yes."""
    heard = [event for event in tx.events if isinstance(event, HEARD)]
    if heard:
        stands = after(tx.events, live)
        _may_be(live, stands, tx.events)
        await store(tx, live.room.id, follows(stands, heard, now=tx.now))


def follows(live: RecordedRoom, heard: Sequence[object], *, now: int) -> list[Event]:
    """All that follows, one thing from the other: the take, then its part, then the tracks in it."""
    events: list[Event] = []
    for step in (_life, _chair, _begins):
        events += step(after(events, live), heard, now)
    return [*events, *_tracks(after(events, live), now)]


def _life(live: RecordedRoom, heard: Sequence[object], now: int) -> list[Event]:
    """A planned recording begins with the room; every recording ends with it, or when its group wants none any more."""
    settings = live.room.settings
    never = any(isinstance(event, room.RecordsAgreed) and event.records == "never" for event in heard)
    if never or any(isinstance(event, room.RoomEnded) for event in heard):
        return moves.stop(live.recording, now=now)
    planned = settings.record_from_start and settings.recording != "off"
    if planned and any(isinstance(event, room.RoomStarted) for event in heard):
        return moves.request(live.recording, take=new_id(), rule=settings.recording, now=now)
    return []


def _chair(live: RecordedRoom, _heard: Sequence[object], now: int) -> list[Event]:
    """While nobody leads the room nothing is recorded; when somebody does again, it goes on."""
    take = live.recording.now_on
    if take is None:
        return []
    if live.room.chair_empty_since is not None:
        return moves.pause(live.recording, now=now, why="chair") if take.state == "recording" else []
    return moves.resume(live.recording, now=now) if take.paused_by == "chair" and live.room.led else []


def _begins(live: RecordedRoom, _heard: Sequence[object], now: int) -> list[Event]:
    """With the first yes on stage."""
    take = live.recording.now_on
    if take is None or take.state != "requested" or live.room.chair_empty_since is not None:
        return []
    yes = any(speaks(live, take, person) for person in live.stage.seats)
    return [happened.PartBegan(take.id, 1, now)] if yes else []


def _tracks(live: RecordedRoom, now: int) -> list[Event]:
    """A track for everybody on stage who agreed and has none."""
    take = live.recording.now_on
    if take is None or not take.runs:
        return []
    without = [seat for seat in live.stage.seats.values() if seat.person not in take.kept]
    coming = [seat for seat in without if speaks(live, take, seat.person)]
    return [
        happened.TrackOpened(take.id, new_id(), seat.person, seat.name, len(take.tracks) + n, now)
        for n, seat in enumerate(coming, 1)
    ]


def _may_be(before: RecordedRoom, stands: RecordedRoom, events: Sequence[object]) -> None:
    """Nobody comes on stage without the yes the room asks for; a take keeps the rule it began with."""
    take = before.recording.now_on
    if take is None or stands.room.over:
        return
    if stands.room.settings.recording != take.rule:
        raise StopFirst
    waited = {event.person for event in events if isinstance(event, stage.WaitOver)}
    came = {event.person for event in events if isinstance(event, stage.SpeakerCame) and not event.bot}
    if take.rule == "condition" and any(not _yes(stands, person) for person in came - waited):
        raise YesNeeded


def without_yes(live: RecordedRoom, now: int) -> list[PersonId]:
    """Who is on stage on condition of a yes they have not given, and has had the time to."""
    take = live.recording.now_on
    if take is None or take.rule != "condition":
        return []
    late = [seat for seat in live.stage.seats.values() if max(seat.since, take.requested_at) + TO_ANSWER <= now]
    return [seat.person for seat in late if not seat.bot and not _yes(live, seat.person)]


def _yes(live: RecordedRoom, person: PersonId) -> bool:
    take = live.recording.now_on
    return take is not None and speaks(live, take, person)
