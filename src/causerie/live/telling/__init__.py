"""Which domain event becomes which wire event, on which channel."""

from causerie.floor.rules import rights_by_settings
from causerie.live import site
from causerie.live.telling import audience, doors, floor, people, questions, rooms, safety, stage
from causerie.live.telling.announcement import Announcement
from causerie.live.telling.recordings import tell_recorded
from causerie.recordings.live import RecordedRoom

__all__ = ["Announcement", "announcement"]

TELLERS = (rooms.tell, audience.tell, doors.tell, safety.tell, stage.tell, questions.tell, floor.tell, people.tell)


def announcement(events: list[object], before: RecordedRoom, after: RecordedRoom) -> Announcement:
    """Everything that follows from a turn's events, told from the state after it."""
    said = Announcement(everybody=rights_by_settings(before) != rights_by_settings(after))
    said.rights |= before.room.expected.keys() ^ after.room.expected.keys()  # a speaker link brings a guest on stage
    if before.room.settings.cohosts_without != after.room.settings.cohosts_without:
        said.rights |= after.room.cohosts
    if before.room.keepers != after.room.keepers:
        said.rights |= {*before.room.keepers, *after.room.keepers}
    if before.room.askers is not None and after.room.askers is not None:
        said.rights |= before.room.askers ^ after.room.askers
    if before.room.records != after.room.records:
        said.rights |= after.room.leaders
    for event in events:
        for tell in TELLERS:
            tell(said, event, after)
    tell_recorded(said, before, after)
    said.site = site.events(said.desk, before, after)
    said.group = site.events(said.desk, before, after, knocks=True)
    return said
