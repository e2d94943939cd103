"""What is recorded of a room, as each may see it."""

from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.recordings.live import RecordedRoom, asked, speaks


def sign(live: RecordedRoom) -> wire.Recording:
    """What everybody is shown."""
    take = live.recording.take
    if take is None or take.state == "off":
        return wire.Recording(state="off", since=None, before=0)
    return wire.Recording(state=take.state, since=take.since, before=take.before)


def own_part(live: RecordedRoom, person: PersonId) -> wire.OwnPart:
    """What one is asked, and what one said."""
    take = live.recording.take
    answer = take.answers.get(person) if take is not None else None
    return wire.OwnPart(asked=asked(live, person), answer=answer)


def left_out(live: RecordedRoom) -> list[wire.LeftOut]:
    """Who on stage is in no copy, as far as they have said by now; who is never recorded is left out like others."""
    take = live.recording.now_on
    if take is None:
        return []
    heard = [seat for seat in live.stage.seats.values() if not seat.bot and not speaks(live, take, seat.person)]
    minors = live.recording.minors
    return [
        wire.LeftOut(
            person=seat.person,
            name=seat.name,
            answer="left_out" if seat.person in minors else take.answers.get(seat.person),
        )
        for seat in heard
    ]


def missing(live: RecordedRoom) -> bool:
    """A recording was planned, the room is live, and nothing is recorded."""
    settings, take = live.room.settings, live.recording.take
    planned = settings.record_from_start and settings.recording != "off" and live.room.phase == "live"
    return planned and not (take is not None and take.runs)
