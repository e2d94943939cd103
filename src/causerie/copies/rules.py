"""Who may do what with a copy.

Who leads the room or looks after its group, each speaker with their own track, everybody with what is shown.
"""

from typing import Literal

from causerie.accounts.people import Person
from causerie.copies.contents import Contents
from causerie.copies.keys import guarded
from causerie.copies.state import Copy
from causerie.ids import PersonId
from causerie.rooms.state import Room

Right = Literal["edit", "publish", "unpublish", "clip", "delete", "tracks"]
OF_HOST: tuple[Right, ...] = ("edit", "publish", "clip", "delete", "tracks")
OF_COHOST: tuple[Right, ...] = ("edit", "clip")


def rights(room: Room, person: Person | None) -> tuple[Right, ...]:
    """What somebody may do with the copy of a room, by their authority in it or in its group."""
    if person is None:
        return ()
    if person.id == room.host or person.id in room.admins:
        return OF_HOST
    if person.id in room.cohosts:
        return OF_COHOST
    return ("delete",) if person.admin else ()


def leads(room: Room, person: Person | None) -> bool:
    """Whether the copy is theirs before anybody else sees it."""
    return person is not None and person.id in {room.host, *room.cohosts, *room.admins}


def may_see(copy: Copy, room: Room, person: Person | None) -> bool:
    """Whether somebody may know of it; bans are asked at the door."""
    return copy.seen or leads(room, person)


def may_unpublish(copy: Copy, room: Room, person: Person | None) -> bool:
    """Those who run this place take back what everybody sees; they show nothing to anybody."""
    return "publish" in rights(room, person) or (person is not None and person.admin and copy.seen)


def may_have(key: str, copy: Copy, room: Room, person: Person | None, held: Contents | None) -> bool:
    """Whether somebody may have this file: what single speakers said is for the host, and each one's own for them."""
    if not guarded(key):
        return may_see(copy, room, person)
    return "tracks" in rights(room, person) or (person is not None and key in own_tracks(held, person.id))


def own_tracks(held: Contents | None, person: PersonId) -> set[str]:
    """The files that hold what somebody said, and nothing of others."""
    if held is None:
        return set()
    mine = {voice.number for voice in held.voices if voice.person == person}
    return {file.key for file in held.files if file.kind == "track" and file.number in mine}
