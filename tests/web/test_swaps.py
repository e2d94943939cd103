"""Every address with something of one's own in it, with what is somebody else's put there: it is as if it were not."""

import re
from typing import Any

import pytest
from sqlalchemy import insert, select

from causerie.accounts.models import decisions, emails, exports, passkeys, proofs
from causerie.accounts.sessions import sessions_of
from causerie.copies import store
from causerie.copies.contents import written
from causerie.copies.models import editions, withdrawals
from causerie.copies.queries import edition_made
from causerie.copies.state import Copy
from causerie.ids import PersonId, RoomId
from causerie.rooms.models import asked_along, rooms, speaker_links
from causerie.rooms.state import Room
from tests.copies.shelf import NAME, NOON
from tests.filled import CLIP, Filled, filled
from tests.place import Place
from tests.web.test_looking import place as place  # a place with everything that can be looked at
from tests.web.test_looking import rows

API = "/api/v1"
OWN_COPY = "dddddddddddddddddddddd"
KEY, ADDRESS = "01JZ0000000000000000000001", "01JZ0000000000000000000002"
# What is said at each address with something in something, or of one's own. A new one has no line here, and fails.
SAID: dict[tuple[str, str], Any] = {
    ("DELETE", "/me/passkeys/{id}"): None,
    ("DELETE", "/me/sessions/{id}"): None,
    ("DELETE", "/me/emails/{id}"): None,
    ("GET", "/me/export/{id}/causerie.zip"): None,
    ("PUT", "/passkeys/{id}"): {"name": "Mine"},
    ("POST", "/me/proofs/{id}/look"): {},
    ("DELETE", "/me/proofs/{id}"): None,
    ("POST", "/me/decisions/{id}/appeal"): {"text": "It is not so."},
    ("DELETE", "/rooms/{name}/speaker-links/{id}"): None,
    ("DELETE", "/rooms/{name}/asked/{id}"): None,
    ("GET", "/rooms/{name}/catch-up/{file}"): None,
    ("POST", "/copies/{name}/withdrawals/{id}"): {"grant": True},
    ("DELETE", "/copies/{name}/clips/{clip}"): None,
    ("POST", "/copies/{name}/answers/{question}"): {"text": "So it is."},
}
# Whom one blocks is nobody's property; a group's are tried in `test_group_swaps.py`, what only admins do is theirs.
ELSEWHERE = re.compile(r"^/(groups/\{handle\}/|admin/|people/|me/blocks/)")


class Stranger:
    """Ivo, with a room and a copy of his own and a domain, who knows every id of Aurélie's."""

    def __init__(self, everything: Filled) -> None:
        self.of = everything
        self.place = everything.place
        self.cookie = ""
        self.theirs: dict[str, str] = {}

    async def comes(self) -> None:
        ivo, self.cookie = await self.place.person("Ivo", may_open_rooms=True)
        self.room = await self.place.room(ivo, "Robins", name="robins")
        await self._copy(await self.place.room(ivo, "Owls", name="owls"))
        self.theirs = await self._known()

    async def _copy(self, room: Room) -> None:
        """A copy like Aurélie's, of a room of his own."""
        over = {"started_at": NOON, "ended_at": NOON + 20_000, "missed_at": None}
        made = Copy("C9", OWN_COPY, RoomId(room.id), "ready", "published", 3, 1, 1, NOON, published_at=NOON)
        async with self.place.causerie.database.read() as connection:
            edition = await edition_made(connection, await self.of.shelf.copy())
        assert edition is not None
        assert edition.contents is not None
        row = {"copy": "C9", "number": 1, "edits": "{}", "wanted_at": NOON, "made_at": NOON}
        await self.of.shelf.sql(rooms.update().where(rooms.c.id == room.id).values(over))
        await self.place.causerie.database.write(lambda tx: store.add(tx, made))
        await self.of.shelf.sql(insert(editions).values(**row, contents=written(edition.contents)))

    async def _known(self) -> dict[str, str]:
        """What is Aurélie's, by the address in which it stands."""
        host = self.of.people["host"].id
        key = {"id": KEY, "person": host, "credential": "c", "public_key": "k", "signed": 0, "name": "Laptop"}
        decided = {"id": "D1", "kind": "copy.hide", "person": host, "about": "C1", "title": "River", "path": "/"}
        leaves = {"id": "W1", "copy": "C1", "person": self.of.shelf.people["Karim"], "name": "Karim", "state": "asked"}
        for made in (
            insert(passkeys).values(**key, made_at=NOON),
            insert(emails).values(id=ADDRESS, address="aurelie@example.org", person=host, confirmed_at=NOON),
            insert(decisions).values(**decided, reason="Not theirs", by="R", at=NOON),
            insert(withdrawals).values(**leaves, asked_at=NOON, due_at=NOON + 1),
        ):
            await self.of.shelf.sql(made)
        return {
            "passkeys": KEY,
            "sessions": await self._session(host),
            "emails": ADDRESS,
            "export": await self._one(exports.c.id, exports.c.made_at.is_not(None)),
            "proofs": await self._one(proofs.c.id, proofs.c.person == host),
            "decisions": "D1",
            "speaker-links": await self._one(speaker_links.c.id, speaker_links.c.room != self.room.id),
            "asked": await self._one(asked_along.c.id, asked_along.c.room != self.room.id),
            "catch-up": self.of.answer,
            "withdrawals": "W1",
            "clips": CLIP,
            "answers": "Q4",
        }

    async def _session(self, host: PersonId) -> str:
        async with self.place.causerie.database.read() as connection:
            return (await sessions_of(connection, host, here=None, now=0))[0].id

    async def _one(self, column: Any, where: Any) -> str:
        async with self.place.causerie.database.read() as connection:
            return str((await connection.execute(select(column).where(where).limit(1))).scalar_one())

    async def asks(self, method: str, path: str, said: Any) -> int:
        async with self.place.browser(self.cookie) as browser:
            told = await browser.request(method, path, json=said if method in ("POST", "PUT") else None)
        return told.status_code

    def meant(self, path: str, *, room: str, copy: str) -> str:
        """The address with Aurélie's in it, under this room or copy."""
        kind = next(part for part in reversed(path.split("/")) if part in self.theirs)
        inner = re.sub(r"\{(id|file|clip|question)\}(?=/|$|\.)", self.theirs[kind], path)
        return API + inner.replace("/rooms/{name}", f"/rooms/{room}").replace("/copies/{name}", f"/copies/{copy}")


@pytest.fixture
async def stranger(place: Place) -> Stranger:
    stranger = Stranger(await filled(place))
    await stranger.comes()
    return stranger


async def addresses(place: Place) -> list[tuple[str, str]]:
    """Every address in which something of somebody's stands, from the API's own description of itself."""
    async with place.browser() as browser:
        described = (await browser.get("/api/openapi.json")).json()["paths"]
    within = [path.removeprefix(API) for path in described if path.startswith(API)]
    own = [path for path in within if path.count("{") > 1 or (path.startswith(("/me/", "/passkeys/")) and "{" in path)]
    return [(method.upper(), path) for path in own if not ELSEWHERE.match(path) for method in described[API + path]]


async def test_every_address_with_something_in_something_is_tried(stranger: Stranger):
    assert set(await addresses(stranger.place)) == set(SAID)


@pytest.mark.parametrize("under", ["ones own", "theirs"])
async def test_what_is_somebody_elses_is_not_found_and_stays(stranger: Stranger, under: str):
    """Under Ivo's own room and copy it is not there; under Aurélie's he may do nothing to it."""
    room, copy = ("robins", OWN_COPY) if under == "ones own" else ("swifts", NAME)
    before, told = await rows(stranger.place), dict[tuple[str, str], int]()

    for (method, path), said in SAID.items():
        there = stranger.meant(path, room="sparrows" if "catch-up" in path and under == "theirs" else room, copy=copy)
        told[method, path] = await stranger.asks(method, there, said)

    refused = {404} if under == "ones own" else {403, 404}
    assert {one: status for one, status in told.items() if status not in refused} == {}
    assert await rows(stranger.place) == before
