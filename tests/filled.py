"""A place in which something of everything is, six people from the street to the admin, and every address in it."""

import base64
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from PIL import Image
from sqlalchemy import insert, select, update

from causerie.accounts import actions as accounts
from causerie.accounts import checks
from causerie.accounts.people import Person
from causerie.clock import DAY, MINUTE
from causerie.copies.catch_up import key_of
from causerie.copies.contents import File
from causerie.copies.contents import written as as_written
from causerie.copies.files import AUDIOGRAM, CLIP_M4A
from causerie.copies.keys import of_clip, of_edition
from causerie.copies.models import clips, editions
from causerie.copies.queries import edition_made
from causerie.copies.state import Copy
from causerie.groups.models import groups
from causerie.ids import new_id
from causerie.notices.links import Reminding
from causerie.rooms.models import asked_along, asked_letters, rooms
from causerie.rooms.queries import room_by_name
from causerie.web.pages import assets
from tests.copies.held import Held, speak, turn
from tests.copies.shelf import ANSWERS, NAME, NOON, Shelf, shelved
from tests.live.conftest import Evening
from tests.place import Place
from tests.push.service import browser as own_browser
from tests.web.test_plans import drawing

ROLES = ("visitor", "guest", "member", "host", "group admin", "site admin")
CLIP = "kkkkkkkkkkkkkkkkkkkkkk"


@dataclass
class Filled:
    """The place, who is who in it, and what stands in its addresses: `parts` by the address as its route has it."""

    place: Place
    shelf: Shelf
    cookies: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    room: str = ""
    answer: str = ""

    def addresses(self, route: str, role: str) -> list[str]:
        """Where this route leads here: to each thing of its kind; nowhere where nobody said what stands there."""
        if route == "/files/catch-up/{room}/{file}.m4a":
            return [self._catch_up(role)]
        if "{" not in route or route in self.parts:
            return self.parts.get(route, [route])
        known = next((name for name in sorted(self.parts, key=len, reverse=True) if route.startswith(f"{name}/")), None)
        rest = route.removeprefix(known or "")
        return [one + rest for one in self.parts[known]] if known and "{" not in rest else []

    def _catch_up(self, role: str) -> str:
        links, now = self.place.causerie.house.copying.links, self.place.clock.now()
        visitor = self.place.causerie.house.cookies.visitor(self.cookies[role])
        person = self.people[role].id if role in self.people else visitor
        assert person is not None
        return links.within(key_of(self.room, self.answer), person, now=now)


# Sound without an end while its room is on air: asked of a room that is not (`test_streams.py` hears them).
ENDLESS = {
    *(f"/r/{{name}}/stream.{format}" for format in ("mp3", "aac", "opus", "m3u8")),
    "/r/{name}/stream/{file}",
}


# Only where a place is in a house of its own (`test_trust.py` looks at them).
IN_A_HOUSE = {"/trust", "/trust/works", "/trust/ca.crt", "/trust/ca.mobileconfig"}


def table(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(method, address) of every route that is served."""
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or ()):
            yield method, str(route.path)


async def filled(place: Place) -> Filled:
    """Aurélie's published copy, her live room of the group, one that comes; and what else has an address."""
    shelf = await shelved(place)
    place.causerie.house.ready = True
    everything = Filled(place, shelf)
    await _people(everything)
    with patch("causerie.copies.catch_up.CHILD", "tests.copies.quick_answer"):
        await _group_and_rooms(everything)
        await _evening(everything)
    await _told(everything)
    everything.parts |= await _letters_and_links(everything)
    await _taken_along(everything)
    return everything


async def _people(of: Filled) -> None:
    place, shelf = of.place, of.shelf
    for role, name in (("host", "Aurélie"), ("group admin", "Karim"), ("member", "Nour")):
        of.people[role], of.cookies[role] = await _known(shelf, name), shelf.cookies[name]
    of.people["guest"], of.cookies["guest"] = await place.person("Gus", guest=True)
    of.people["site admin"], of.cookies["site admin"] = await place.person("Root", admin=True)
    of.cookies["visitor"] = place.visitor()
    by = of.people["site admin"].id
    await place.causerie.database.write(lambda tx: checks.check(tx, of.people["host"].id, "Seen at work.", by=by))
    said = {"text": "I keep bees in Tours: ask at the town hall."}
    await does(of, "group admin", "POST", "/api/v1/me/check-request", said)


async def _known(shelf: Shelf, name: str) -> Person:
    return Person(id=shelf.people[name], name=name, guest=False)  # type: ignore[arg-type]  # ids are text there


async def does(of: Filled, role: str, method: str, path: str, json: Any = None) -> Any:
    """Somebody does this over HTTP; it works."""
    async with of.place.browser(of.cookies[role]) as browser:
        answer = await browser.request(method, path, json={} if json is None else json)
    assert answer.status_code < 400, (method, path, answer.text)
    return answer.json() if answer.content else None


async def _group_and_rooms(of: Filled) -> None:
    api, now = "/api/v1", of.place.clock.now()
    await does(of, "host", "POST", f"{api}/groups", {"handle": "loire", "name": "Les Amis", "joining": "request"})
    made = await does(of, "host", "POST", f"{api}/groups/loire/invitations", {"hours": 24, "uses": 9})
    token = made["url"].rsplit("/", 1)[1]
    for role in ("group admin", "member"):
        await does(of, role, "POST", f"{api}/group-invitations/{token}")
    await does(of, "host", "PUT", f"{api}/groups/loire/members/{of.people['group admin'].id}/role", {"role": "admin"})
    await does(of, "host", "PUT", f"{api}/groups/loire/cover", {"picture": picture()})
    await does(of, "host", "PUT", f"{api}/groups/loire/bans/{of.shelf.people['Ben']}", {"reason": "Shouts"})
    for title, more in (("Sparrows", {"group": "loire"}), ("Swifts", {"starts_at": now + DAY - MINUTE})):
        await does(of, "host", "POST", f"{api}/rooms", {"title": title, **more})
    of.parts |= {
        "/api/v1/group-invitations/{token}": [f"{api}/group-invitations/{token}"],
        "/i/{token}": [f"/i/{token}"],
        "/api/v1/groups/{handle}": [f"{api}/groups/loire"],
        "/g/{handle}": ["/g/loire"],
    }


async def _evening(of: Filled) -> None:
    """The live room: the host and the admin of the group speak; who comes later hears what was answered."""
    place = of.place
    pages = {role: place.page(of.cookies[role]) for role in ROLES}
    for page in pages.values():
        await page.enter()
    await pages["host"].does("room.start")
    people = {"Ada": of.people["host"], "Ben": of.people["group admin"]}
    host, admin = pages["host"], pages["group admin"]
    story = Held(Evening(place, host, admin, pages["member"], pages["visitor"], people=people), place.clock.now())
    await speak(story.evening)
    asked = (await pages["member"].does("question.ask", text="Who speaks?", myself=False))["made"]
    await host.does("floor.pick", question=asked)
    await turn(place, 3)
    await host.does("floor.answered", question=asked)
    await turn(place, 11)
    for _ in range(2):
        await place.causerie.catch_up.sweep()
    (heard,) = (await place.page(place.visitor()).enter())["room"]["catch_up"]
    of.room, of.answer = place.state().room.id, heard["url"].rsplit("/", 1)[1]
    of.parts["/api/v1/rooms/{name}/catch-up/{file}"] = [heard["url"]]


async def _told(of: Filled) -> None:
    """Everybody with a name is reminded, and was told something; the host has a handle, a picture and a domain."""
    api = "/api/v1"
    _, receiver = own_browser()
    keys = {"p256dh": receiver.p256dh, "auth": receiver.auth}
    for role in of.people:
        await does(of, role, "PUT", f"{api}/rooms/swifts/interest")
        endpoint = f"https://93.184.215.14/send/{role.replace(' ', '-')}"
        await does(of, role, "POST", f"{api}/devices", {"endpoint": endpoint, "keys": keys})
    await does(of, "member", "PUT", f"{api}/following/{of.people['host'].id}")
    await does(of, "host", "PUT", f"{api}/me/profile", {"name": "Aurélie", "handle": "aurelie", "bio": "Rivers."})
    await does(of, "host", "POST", f"{api}/me/proofs", {"domain": "example.org"})
    shown = await does(of, "host", "PUT", f"{api}/me/picture", {"picture": picture()})
    await does(of, "member", "POST", f"{api}/rooms/sparrows/reports", {"about": "room", "grounds": "spam"})
    await of.place.causerie.notices.sweep()
    of.parts |= {
        "/portraits/{name}.jpg": [shown["portrait"]],
        "/api/v1/profiles/{handle}": [f"{api}/profiles/aurelie"],
        "/api/v1/profiles/{handle}/answers": [f"{api}/profiles/aurelie/answers?most=20"],
        "/@{handle}/answers": ["/@aurelie/answers"],
        "/@{handle}": ["/@aurelie"],
    }


async def _letters_and_links(of: Filled) -> Mapping[str, list[str]]:
    """Every other address: of the copy, of links that were handed over, of what letters lead to."""
    place, api = of.place, "/api/v1"
    host, copy = of.people["host"].id, await _of_the_copy(of)
    sound = place.causerie.house.copying.links.lasting(copy, f"copies/{NAME}/1/sound/room.mp3")
    known = ("sparrows", "swifts", "river")
    return {
        "/": ["/"],
        "/{path:path}": [f"/{next(iter(assets()), 'nothing')}", "/nothing"],
        "/oembed": [f"/oembed?url=http://{place_host(place)}/a/{ANSWERS['nour']}"],
        "/files/{key:path}": [sound],
        "/a/{name}": [f"/a/{ANSWERS['nour']}"],
        "/e/a/{name}": [f"/e/a/{ANSWERS['nour']}"],
        "/k/{name}": [f"/k/{CLIP}"],
        "/c/{name}": [f"/c/{NAME}"],
        "/h/{person}": [f"/h/{host}"],
        "/r/{name}": [f"/r/{room}" for room in known],
        **{route: [route.format(name="river", file="0-1.aac")] for route in ENDLESS},
        "/api/v1/answers": [f"{api}/answers?most=20"],
        "/api/v1/groups/{handle}/answers": [f"{api}/groups/loire/answers?most=20"],
        "/g/{handle}/answers": ["/g/loire/answers"],
        "/api/v1/search": [f"{api}/search?q=more&kind=rooms"],
        "/api/v1/home/{name}": [f"{api}/home/soon?after=0"],
        "/api/v1/rooms/{name}": [f"{api}/rooms/{room}" for room in known],
        "/api/v1/admin/rooms/{name}": [f"{api}/admin/rooms/{room}" for room in known],
        "/admin/rooms/{name}": [f"/admin/rooms/{room}" for room in known],
        "/api/v1/copies/{name}": [f"{api}/copies/{NAME}"],
        "/api/v1/papers/{name}": [f"{api}/papers/privacy"],
        **await _handed_over(of),
        **await _of_letters(of),
    }


async def _of_the_copy(of: Filled) -> Copy:
    """The copy, with a clip and a track of one's own, in a group's room."""
    row = {"id": "K1", "name": CLIP, "copy": "C1", "title": "A rule", "begins": NOON + 1_000, "ends": NOON + 9_000}
    folder = of_clip(NAME, 1, CLIP)
    made = {"state": "ready", "edition": 1, "by": of.people["host"].id, "created_at": NOON}
    made |= {"sound": folder + CLIP_M4A, "video": folder + AUDIOGRAM}
    await of.shelf.sql(insert(clips).values(**row, **made))
    await _own_track(of)
    in_group = select(groups.c.id).where(groups.c.handle == "loire").scalar_subquery()
    await of.shelf.sql(update(rooms).where(rooms.c.id == of.shelf.room.id).values(group_id=in_group))
    return await of.shelf.copy()


async def _handed_over(of: Filled) -> dict[str, list[str]]:
    """Links that somebody gave to somebody, and the cover that a host has drawn."""
    api, swifts = "/api/v1", "/api/v1/rooms/swifts"
    token, _ = await of.place.causerie.database.write(lambda tx: accounts.person_link(tx, of.people["member"].id))
    link = await does(of, "host", "POST", f"{swifts}/speaker-links", {"name": "Karim"})
    speaker = link["url"].rsplit("/", 1)[1]
    along = (await does(of, "host", "POST", f"{swifts}/asked", {"to": "Ida"}))["url"].rsplit("/", 1)[1]
    drawn = {"picture": base64.b64encode(drawing()).decode()}
    cover = (await does(of, "host", "PUT", f"{swifts}/cover", drawn))["cover"]
    letter = await _waiting_letter(of)
    return {
        "/api/v1/admin/outbox/{id}/code": [f"{api}/admin/outbox/{letter}/code"],
        "/in/{token}": [f"/in/{token}"],
        "/s/{token}": [f"/s/{speaker}"],
        "/w/{token}": [f"/w/{along}"],
        "/covers/{name}.jpg": [cover],
        "/api/v1/asked/{token}": [f"{api}/asked/{along}"],
        "/api/v1/sign-in/{token}": [f"{api}/sign-in/{token}"],
        "/api/v1/qr/{token}": [f"{api}/qr/{token}"],
        "/api/v1/speaker-links/{token}": [f"{api}/speaker-links/{speaker}"],
    }


async def _waiting_letter(of: Filled) -> str:
    """One to who was asked along, that is tried by mail tomorrow only."""
    id, now = new_id(), of.place.clock.now()
    async with of.place.causerie.database.read() as connection:
        swifts = await room_by_name(connection, "swifts")
    assert swifts is not None
    asked = {"id": id, "room": swifts.id, "name": "zoe", "address": "zoe@example.org", "role": "listener", "hash": id}
    await of.shelf.sql(insert(asked_along).values(**asked, shown=False, told=True, asked_at=now))
    await of.shelf.sql(insert(asked_letters).values(asked=id, due_at=now + DAY, tries=1, held_until=0))
    return id


async def _of_letters(of: Filled) -> dict[str, list[str]]:
    """What letters lead to."""
    place, letters = of.place, of.place.causerie.notices.delivering.links
    async with place.causerie.database.read() as connection:
        swifts = await room_by_name(connection, "swifts")
    assert swifts is not None
    asked = Reminding(swifts.id, "zoe@example.org", "en", "UTC", ("hour",), place.clock.now() + DAY)
    links = letters.leave(of.people["member"].id, "live"), letters.remind(asked)
    leave, remind = (one.removeprefix(letters.base) for one in links)
    return {"/u/{token}": [leave], "/remind/{token}": [remind]}


async def _taken_along(of: Filled) -> None:
    """The member has had what is kept of them made into a file."""
    await does(of, "member", "POST", "/api/v1/me/export")
    await of.place.causerie.house.belongings.sweep()
    made = await does(of, "member", "GET", "/api/v1/me/export")
    of.parts["/api/v1/me/export/{id}/causerie.zip"] = [made["link"]]


async def _own_track(of: Filled) -> None:
    """The member was recorded, and finds their own voice."""
    async with of.place.causerie.database.read() as connection:
        edition = await edition_made(connection, await of.shelf.copy())
    assert edition is not None
    assert edition.contents is not None
    storage, key = of.place.causerie.house.copying.storage, of_edition(NAME, 1) + "sound/speakers/01.flac"
    stored = await storage.keep(key, b"fLaC")
    held = replace(edition.contents, files=(*edition.contents.files, File("track", stored.key, stored.bytes, 1)))
    await of.shelf.sql(update(editions).values(contents=as_written(held)))


def picture() -> str:
    """A small picture, as it is sent."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#7A3").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def place_host(place: Place) -> str:
    return place.causerie.settings.web.public_url.rstrip("/").rpartition("/")[2]
