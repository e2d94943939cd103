"""A room as a card: what the home page and the door show of it."""

from typing import Literal

from pydantic import BaseModel

from causerie.floor.doors import full
from causerie.floor.live import LiveRoom
from causerie.rooms.described import Block, described
from causerie.rooms.settings import GuestsAsk, RecordingRule, WhoAsks
from causerie.rooms.state import Room
from causerie.web.house import House

Door = Literal["open", "locked", "full", "ended"]


class Face(BaseModel):
    """Somebody on stage."""

    name: str
    portrait: str | None


class GroupName(BaseModel):
    """The group a room is held in."""

    handle: str
    name: str
    private: bool


class RoomCard(BaseModel):
    """A room from outside. Times are milliseconds since 1970."""

    room: str
    title: str
    description: str
    host: str
    host_portrait: str | None
    phase: str
    language: str
    visibility: str
    starts_at: int | None
    zone: str | None
    local_start: str | None
    tags: list[str]
    started_at: int | None
    ended_at: int | None
    late_since: int | None
    listeners: int
    open_questions: int
    faces: list[Face]
    speaking: str | None
    on_air: str | None
    cover: str | None
    door: Door
    visible_list: bool
    box_after_end: bool
    captions: bool
    guests_ask: GuestsAsk
    who_asks: WhoAsks
    guests_speak: bool
    recording: RecordingRule
    record_from_start: bool
    recorded_now: bool
    group: GroupName | None


class RoomAtDoor(RoomCard):
    """A room as its door shows it. `about`: its description, taken apart."""

    about: list[Block]


def at_door(home: House, room: Room) -> RoomAtDoor:
    """The card, with its description as it is read."""
    shown = card(home, room)
    return RoomAtDoor(**shown.model_dump(), about=described(shown.description))


def door(home: House, room: Room, live: LiveRoom | None) -> Door:
    """How the door stands for somebody new."""
    if room.over:
        return "ended"
    if live is not None and live.audience.locked:
        return "locked"
    return "full" if live is not None and full(live, home.rooms.audience(room.id)) else "open"


def card(home: House, room: Room) -> RoomCard:
    """A card from the plan, and from the live state where the room is alive."""
    live = home.rooms.alive(room.id)
    now = live.room if live else room
    on_air = live.questions.on_air if live else None
    return RoomCard(
        room=now.name,
        title=now.title,
        description=now.description,
        host=now.host_name,
        host_portrait=now.host_portrait,
        phase=now.phase,
        language=now.language,
        visibility=now.visibility,
        starts_at=now.starts_at,
        zone=now.zone,
        local_start=now.local_start,
        tags=list(now.tags),
        started_at=now.started_at,
        ended_at=now.ended_at,
        late_since=now.late_since,
        listeners=home.rooms.audience(room.id) if live else 0,
        open_questions=len(live.questions.open) if live else 0,
        faces=[Face(name=seat.name, portrait=seat.portrait) for seat in live.stage.seats.values()] if live else [],
        speaking=_speaking(home, live) if live else None,
        on_air=on_air.text if on_air else None,
        cover=now.cover,
        door=door(home, now, live),
        visible_list=now.settings.visible_list,
        box_after_end=now.settings.box_after_end,
        captions=home.rooms.captioned(room.id) if live else room.captioner,
        guests_ask=now.settings.guests_ask,
        who_asks=now.settings.who_asks,
        guests_speak=now.settings.guests_speak,
        recording=now.settings.recording,
        record_from_start=now.settings.record_from_start,
        recorded_now=live is not None and live.recording.now_on is not None,
        group=_group(now),
    )


def _group(room: Room) -> GroupName | None:
    if room.group_handle is None or room.group_name is None:
        return None
    return GroupName(handle=room.group_handle, name=room.group_name, private=bool(room.group_private))


def _speaking(home: House, live: LiveRoom) -> str | None:
    loudest = next(iter(home.rooms.heard(live.room.id)), None)
    return next((seat.name for seat in live.stage.seats.values() if seat.number == loudest), None)
