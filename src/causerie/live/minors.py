"""Who is said to be a minor while they are here: nothing of theirs is recorded, and what was is taken back."""

from dataclasses import replace

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.live.rooms import Rooms
from causerie.recordings.coming import note_minor, withdraw
from causerie.recordings.live import RecordedRoom


async def marked(rooms: Rooms, person: Person) -> None:
    """Their open pages know it, too. That somebody is no minor holds where they come in next."""

    async def never(tx: Tx, live: RecordedRoom) -> None:
        await withdraw(tx, live, person)
        await note_minor(tx, live, person)

    for key, hub in list(rooms.hubs.items()):
        pages = hub.pages.of(person.id)
        for page in pages:
            page.person = replace(page.person, minor=person.minor, portrait=person.portrait)
        if pages and person.minor:
            await rooms.act(key, never, closing=True)
