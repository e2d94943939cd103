"""A place that tells: a push service and a mail server on this machine, Ada who hosts, and people who want to hear."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from causerie.accounts import actions as accounts
from causerie.accounts import following
from causerie.accounts.emails import confirm
from causerie.accounts.people import Person, hashed
from causerie.clock import DAY, HandClock
from causerie.db import Database
from causerie.notices import devices, interest
from causerie.notices.delivering import Delivering
from causerie.notices.inbox import inbox
from causerie.notices.jobs import Notices
from causerie.notices.kinds import USUAL, Time
from causerie.notices.links import LetterLinks
from causerie.notices.models import deliveries
from causerie.push.keys import vapid_in
from causerie.push.sending import Pusher
from causerie.rooms import actions as rooms
from causerie.rooms.queries import room_by_id
from causerie.rooms.state import Room
from tests.mail.postbox import Postbox, postbox
from tests.push.service import PushService, browser, push_service


@dataclass
class Telling:
    """What a story has in its hands."""

    database: Database
    clock: HandClock
    box: Postbox
    service: PushService
    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, tuple] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notices = self.started()

    def started(self) -> Notices:
        """The program that tells, as it is after a start."""
        pusher = Pusher(vapid_in(self.folder, contact="mailto:ada@talk.example.org"), self.service.guard)
        links = LetterLinks(b"key", "https://talk.example.org")
        ways = Delivering(self.database, self.clock, pusher, links, "Evening", self.box.post())
        return Notices(self.database, self.clock, ways, between=0)

    async def person(self, name: str, *, push: bool = False, mail: bool = False) -> Person:
        """Somebody with an account, with a browser that takes push, with an address that is confirmed."""
        key, receiver = browser()

        async def added(tx):
            person = await accounts.add_person(tx, name=name, may_open_rooms=name == "Ada")
            session = hashed(await accounts.open_session(tx, person))
            if push:
                endpoint = self.service.endpoint(name.lower().replace(" ", "-"))
                await devices.add_device(tx, person.id, session, endpoint, receiver)
            if mail:
                await confirm(tx, f"{name.lower()}@example.org", person.id)
            return person

        self.keys[name] = key, receiver
        self.people[name] = (await self.database.write(added))[0]
        return self.people[name]

    async def room(self, title: str = "Sparrows", *, within: int | None = DAY * 2) -> Room:
        starts_at = None if within is None else self.clock.now() + within
        wanted = partial(rooms.open_room, host=self.people["Ada"], title=title, starts_at=starts_at)
        return (await self.database.write(wanted))[0]

    async def remind(self, room: Room, *names: str, times: tuple[Time, ...] = USUAL) -> None:
        for name in names:
            await self.database.write(partial(interest.remind, person=self.people[name], room=room, times=times))

    async def follow(self, *names: str) -> None:
        for name in names:
            host = self.people["Ada"].id
            await self.database.write(partial(following.follow, follower=self.people[name], subject=host))

    async def does(self, what, room: Room, **more) -> Room:
        """Somebody changes the room; gives it as it is then."""
        await self.database.write(lambda tx: what(tx, room, **more))
        async with self.database.read() as connection:
            found = await room_by_id(connection, room.id)
        assert found is not None
        return found

    async def told(self, *names: str) -> dict[str, list[str]]:
        """The kinds of what stands in their inboxes, oldest first."""
        async with self.database.read() as connection:
            return {
                name: [one.kind for one in reversed(await inbox(connection, self.people[name].id))] for name in names
            }

    async def states(self) -> list[tuple[str, str]]:
        """Every delivery: its way, and how it stands."""
        async with self.database.read() as connection:
            wanted = select(deliveries.c.channel, deliveries.c.state).order_by(deliveries.c.id)
            return [tuple(row) for row in await connection.execute(wanted)]


@pytest.fixture
async def story(database: Database, clock: HandClock, tmp_path: Path) -> AsyncIterator[Telling]:
    async with push_service(tmp_path) as service, postbox() as box:
        telling = Telling(database, clock, box, service, tmp_path)
        await telling.person("Ada")
        yield telling
        await telling.notices.close()
