"""The inbox, and what somebody wants to be told and how."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.emails import emails_of
from causerie.egress import Unreachable
from causerie.i18n import ours
from causerie.notices import devices, inbox, wishes, words
from causerie.notices.errors import DeviceAddress
from causerie.notices.kinds import Channel, Topic
from causerie.notices.wishes import Wishes
from causerie.push.sealing import Receiver
from causerie.web.house import House, house, who
from causerie.web.interests import Named
from causerie.web.languages import readers

notices = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
LARGEST_ID = 2**53
Language = Annotated[str, Query(max_length=10)]
Before = Annotated[int | None, Query(ge=0, le=LARGEST_ID)]
Id = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReadThese(Body):
    ids: Annotated[list[Id], Field(max_length=200)]


class ReadAll(Body):
    up_to: Id


class Wished(Body):
    zone: Annotated[str, Field(max_length=64)]
    quiet: bool
    quiet_from: Annotated[int, Field(ge=0, lt=1440)]
    quiet_until: Annotated[int, Field(ge=0, lt=1440)]
    off: Annotated[list[tuple[Topic, Channel]], Field(max_length=20)] = []


class Keys(Body):
    p256dh: Annotated[str, Field(max_length=100, pattern=r"^[\w-]+$")]
    auth: Annotated[str, Field(max_length=40, pattern=r"^[\w-]+$")]


class Device(Body):
    endpoint: Annotated[str, Field(max_length=2000)]
    keys: Keys


class GoneDevice(Body):
    endpoint: Annotated[str, Field(max_length=2000)]


# ---- the inbox ----


@notices.get("/inbox")
async def read(
    request: Request, home: Home, person: Named, before: Before = None, language: Language = ""
) -> dict[str, Any]:
    """A page of one's notices, newest first, in this language or one's own."""
    speaks = ours(language) if language else await readers(request)
    async with home.database.read() as connection:
        found = await inbox.inbox(connection, person.id, before=before)
        left = await inbox.unread(connection, person.id)
        zone = (await wishes.wishes_of(connection, person.id)).zone
    lines = [_line(notice, words.worded(notice.kind, notice.said, wanted=speaks, zone=zone)) for notice in found]
    return {"unread": left, "notices": lines, "more": len(found) == inbox.PAGE}


@notices.get("/inbox/unread")
async def unread(request: Request, home: Home) -> dict[str, int]:
    """How many one has not read; nobody has none."""
    person = await who(request)
    if person is None or person.name is None:
        return {"unread": 0}
    async with home.database.read() as connection:
        return {"unread": await inbox.unread(connection, person.id)}


@notices.post("/inbox/read", status_code=204)
async def read_these(home: Home, person: Named, said: ReadThese) -> None:
    await home.database.write(lambda tx: inbox.read_these(tx, person.id, said.ids))


@notices.post("/inbox/read-all", status_code=204)
async def read_all(home: Home, person: Named, said: ReadAll) -> None:
    await home.database.write(lambda tx: inbox.read_all(tx, person.id, up_to=said.up_to))


# ---- how one is told ----


@notices.get("/wishes")
async def wished(home: Home, person: Named) -> dict[str, Any]:
    """How one is told. Where this place sends no mail, nothing is said of it."""
    async with home.database.read() as connection:
        wanted = await wishes.wishes_of(connection, person.id)
        off = await wishes.off(connection, person.id)
        given = await emails_of(connection, person.id)
    told: dict[str, Any] = {**vars(wanted), "off": off, "push_key": home.notices.delivering.pusher.vapid.public}
    if home.mail.there:
        told["mail"] = {"address": given[0].address if given else None}
    return told


@notices.put("/wishes", status_code=204)
async def wish(home: Home, person: Named, said: Wished) -> None:
    wanted = Wishes(said.zone, said.quiet, said.quiet_from, said.quiet_until)

    async def both(tx: Any) -> None:
        await wishes.wish(tx, person.id, wanted)
        await wishes.switch_all(tx, person.id, said.off)

    await home.database.write(both)


@notices.post("/devices", status_code=204)
async def add_device(request: Request, home: Home, person: Named, said: Device) -> None:
    """Tell this browser by push, as long as one is signed in in it."""
    session, receiver = await _reached(request, home, said)
    await home.database.write(lambda tx: devices.add_device(tx, person.id, session, said.endpoint, receiver))


@notices.put("/devices/here", status_code=204)
async def renew_device(request: Request, home: Home, person: Named, said: Device) -> None:
    """The browser changed where it takes messages: there from now on, and not where it was. It says so by itself, with
    no page open (`pushsubscriptionchange`), and switches nothing on.
    """
    session, receiver = await _reached(request, home, said)
    await home.database.write(lambda tx: devices.renew_device(tx, person.id, session, said.endpoint, receiver))


async def _reached(request: Request, home: House, said: Device) -> tuple[str, Receiver]:
    """The session a browser belongs to, and what is sealed for it; or `DeviceAddress`, where nothing is sent to."""
    try:
        await home.notices.delivering.pusher.guard.target(said.endpoint)
    except Unreachable:
        raise DeviceAddress from None
    session = home.cookies.session(request.headers.get("cookie", ""))
    return session or "", Receiver(said.keys.p256dh, said.keys.auth)


@notices.post("/devices/gone", status_code=204)
async def remove_device(home: Home, person: Named, said: GoneDevice) -> None:
    await home.database.write(lambda tx: devices.remove_device(tx, said.endpoint, person=person.id))


def _line(notice: inbox.Notice, said: words.Words) -> dict[str, Any]:
    told = {"id": notice.id, "kind": notice.kind, "title": said.title, "text": said.text}
    return {**told, "path": notice.said.path, "at": notice.at, "read": notice.read}
