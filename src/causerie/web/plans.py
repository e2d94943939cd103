"""Plans over HTTP: a room is opened, told more of, and planned once more."""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.opening import with_rights
from causerie.accounts.people import Person
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.floor.rules import can
from causerie.groups.queries import groups_of
from causerie.groups.state import Standing
from causerie.ids import secret
from causerie.rooms import actions as rooms
from causerie.rooms import covers as pictures
from causerie.rooms import zones
from causerie.rooms.errors import CoverUnusable, MayNot, MayNotOpen, RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.rooms.settings import USUAL, CohostRight, GuestsAsk, RecordingRule, SafetyDelay, WhoAsks
from causerie.rooms.state import Visibility
from causerie.rooms.zones import Which
from causerie.web.cards import RoomCard, card
from causerie.web.group_views import charter_view, lets_open
from causerie.web.house import House, house, open_to, who

plans = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Line = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Path(max_length=120)]
# A cover of twelve megabytes, as text.
LARGEST_PICTURE = 17 * 1024 * 1024


def _example(**said: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [said]})


class NewRoom(BaseModel):
    """A plan. It begins at a moment, or when the clocks of a zone show `local_start`; `like` names a room before it."""

    model_config = _example(
        title="What bees remember of a meadow",
        description="Bring what you **saw** this year.",
        zone="Europe/Paris",
        local_start="2027-03-26T20:30",
        length=60,
        language="en",
        tags=["bees", "gardens"],
        agenda=["The dance", "The hive in winter"],
        recording="each",
        record_from_start=True,
        guests_ask="read_first",
    )
    title: Annotated[str, Field(max_length=2000)]
    description: Annotated[str, Field(max_length=20_000)] = ""
    starts_at: int | None = None
    zone: Annotated[str, Field(max_length=64)] | None = None
    local_start: Annotated[str, Field(max_length=16)] | None = None
    which: Which | None = None
    tags: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] = []
    visibility: Visibility = "public"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    draft: bool = False
    cohosts_without: Annotated[tuple[CohostRight, ...], Field(max_length=20)] = ()
    agenda: Annotated[list[Line], Field(max_length=200)] = []
    length: Annotated[int, Field(ge=15, le=360)] = USUAL
    recording: RecordingRule | None = None
    record_from_start: bool = False
    guests_ask: GuestsAsk | None = None
    who_asks: WhoAsks | None = None
    safety_delay: SafetyDelay | None = None
    group: Annotated[str, Field(max_length=30)] | None = None
    like: Annotated[str, Field(max_length=120)] | None = None


class Tags(BaseModel):
    """What a room is about, all of it."""

    model_config = _example(tags=["bees", "gardens"])
    tags: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)]


class HeldIn(BaseModel):
    """The handle of a group, or none."""

    model_config = _example(group=None)
    group: Annotated[str, Field(max_length=30)] | None


class Cover(BaseModel):
    """A picture as base64, or none."""

    model_config = _example(picture=None)
    picture: Annotated[str, Field(max_length=LARGEST_PICTURE)] | None


class Plan(BaseModel):
    """All that was planned of a room; `next_start`: the same weekday and hour by its clocks, where it had one."""

    title: str
    description: str
    language: str
    visibility: Visibility
    tags: list[str]
    agenda: list[str]
    length: int
    recording: RecordingRule
    record_from_start: bool
    guests_ask: GuestsAsk
    who_asks: WhoAsks
    safety_delay: SafetyDelay
    cohosts_without: list[CohostRight]
    group: str | None
    cover: str | None
    starts_at: int | None
    zone: str | None
    local_start: str | None
    next_start: str | None


@plans.post("/rooms", status_code=201)
async def open_room(request: Request, home: Home, person: Who, said: NewRoom) -> RoomCard:
    """Open a room; one leads it oneself. One that is `like` another is set and looks like it."""
    if person is None or person.name is None:
        raise MayNotOpen
    before = (await _planned(request, person, said.like)).room if said.like is not None else None
    async with home.database.read() as connection:
        person = await with_rights(connection, person, home.settings.instance.who_may_open_rooms)
    plan = said.model_dump(exclude={"like"})
    kept = await _copied(home, before.cover) if before is not None else None
    try:
        room, _ = await home.database.write(
            lambda tx: rooms.open_room(tx, person, **plan, cover=kept, like=before.settings if before else None)
        )
    except Exception:
        await _remove(home, pictures.key_of(kept))
        raise
    return card(home, room)


@plans.get("/plan/groups")
async def groups_to_plan_in(home: Home, person: Who) -> list[dict[str, Any]]:
    """Those of one's own groups in which one may open a room, by name, with what their charters say of rooms."""
    if person is None:
        return []
    async with home.database.read() as connection:
        own = await groups_of(connection, person.id)
    lets = [group for group, role in own if lets_open(group, Standing(role), person)]
    return [
        {"handle": one.handle, "name": one.name, "private": one.private, "charter": charter_view(one)} for one in lets
    ]


@plans.get("/rooms/{name}/plan")
async def look_at_plan(request: Request, home: Home, person: Who, name: Name) -> Plan:
    """What was planned, for who may plan it: to change it, or to plan the next one like it."""
    room = (await _planned(request, person, name)).room
    later = zones.weeks_later(room.start, after=home.clock.now()) if room.start else None
    same = {field: getattr(room, field) for field in Plan.model_fields if hasattr(room, field)}
    set_ = {field: getattr(room.settings, field) for field in Plan.model_fields if hasattr(room.settings, field)}
    more = {"group": room.group_handle, "next_start": later.local if later else None}
    return Plan.model_validate({**same, **set_, **more, "tags": list(room.tags), "agenda": list(room.settings.agenda)})


@plans.put("/rooms/{name}/tags", status_code=204)
async def tag(request: Request, home: Home, person: Who, name: Name, said: Tags) -> None:
    """Have it found by these words."""
    live = await _planned(request, person, name)
    await home.rooms.act(live.room.id, lambda tx, now: actions.tag_room(tx, now, _named(person), about=said.tags))


@plans.put("/rooms/{name}/group", status_code=204)
async def hold_in(request: Request, home: Home, person: Who, name: Name, said: HeldIn) -> None:
    """Have it held in another group, or in none, before it begins; as one could open a room there."""
    live, by = await _planned(request, person, name), _named(person)
    async with home.database.read() as connection:
        by = await with_rights(connection, by, home.settings.instance.who_may_open_rooms)
    await home.rooms.groups.hold(live.room.id, by, said.group)


@plans.put("/rooms/{name}/cover")
async def show_cover(request: Request, home: Home, person: Who, name: Name, said: Cover) -> dict[str, str | None]:
    """Show a picture, drawn anew here; or none."""
    live, by = await _planned(request, person, name), _named(person)
    home.limits.pictures.spend(by.id, home.clock.now())
    address = await _kept(home, said.picture) if said.picture is not None else None
    gone = pictures.key_of(address)
    try:
        gone = await home.rooms.act(live.room.id, lambda tx, now: actions.show_cover(tx, now, by, address=address))
    finally:
        await _remove(home, gone)
    return {"cover": address}


async def _planned(request: Request, person: Person | None, name: str) -> LiveRoom:
    """A room, for who may plan it."""
    home = house(request)
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    live = home.rooms.alive(await home.rooms.key_of(name))
    if person is None or live is None or not can(live, person, "room.plan"):
        raise MayNot
    return live


def _named(person: Person | None) -> Person:
    assert person is not None  # who may plan a room is somebody
    return person


async def _kept(home: House, picture: str) -> str:
    """Draw a picture anew and keep it; its address."""
    try:
        given = base64.b64decode(picture.rpartition(",")[2], validate=True)
    except ValueError:
        raise CoverUnusable from None
    return await _keep(home, await pictures.cover(given))


async def _keep(home: House, drawn: bytes) -> str:
    key = f"{pictures.FOLDER}{secret()}.jpg"
    await home.copying.storage.keep(key, drawn)
    return f"/{key}"


async def _copied(home: House, address: str | None) -> str | None:
    """The same picture once more, so that each room's is its own."""
    key = pictures.key_of(address)
    if key is None:
        return address
    content = await home.copying.storage.whole(key)
    return await _keep(home, content) if content is not None else None


async def _remove(home: House, key: str | None) -> None:
    if key is not None:
        home.copying.storage.remove([key])
