"""The home page over HTTP: what is on, what comes, whose it is. A place in a list is never bought."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from causerie.accounts.people import Person
from causerie.groups import queries as groups
from causerie.notices.interest import reminded_of
from causerie.rooms import lists
from causerie.rooms.lists import Looked, Name, Place
from causerie.rooms.queries import rooms_by_id
from causerie.rooms.tags import plain
from causerie.web.cards import RoomCard, card
from causerie.web.group_views import cover_address
from causerie.web.house import House, house, open_to, who

front = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Language = Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$")]
Tag = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]+$")]
Cursor = Annotated[str, Query(pattern=r"^\d{1,15}(\.[0-9A-Za-z]{1,26})?$")]
Paged = Literal["live", "soon", "followed", "ended"]
# How many rooms a list shows at first, and with each page more.
SHOWN: dict[Name, int] = {
    "live": 12,
    "soon": 10,
    "undated": 5,
    "followed": 8,
    "own": 30,
    "reminded": 0,
    "ended": 6,
    "fallen": 6,
}
GROUPS = 12
PAGED: tuple[Paged, ...] = ("live", "soon", "followed", "ended")
RANKED: frozenset[Name] = frozenset({"live", "followed"})


class HomeGroup(BaseModel):
    """One of one's groups. `next_at`: when its next room begins."""

    handle: str
    name: str
    cover: str | None
    members: int
    live: bool
    next_at: int | None


class HomePage(BaseModel):
    """Each list with its first rooms; `next` says where those go on that have more.

    `reminded`: those of them one wants to be reminded of.
    """

    live: list[RoomCard]
    soon: list[RoomCard]
    followed: list[RoomCard]
    own: list[RoomCard]
    ended: list[RoomCard]
    fallen: list[RoomCard]
    groups: list[HomeGroup]
    reminded: list[str]
    next: dict[str, str]


class More(BaseModel):
    """More rooms of a list, and where it goes on."""

    rooms: list[RoomCard]
    next: str | None


def looked(language: Language = None, tag: Tag = None) -> Looked:
    """What somebody looks for; a tag is the same however it is typed."""
    return Looked(language, plain(tag) if tag is not None else None)


For = Annotated[Looked, Depends(looked)]


@front.get("/home")
async def home_page(request: Request, home: Home, person: Who, looked: For) -> HomePage:
    """What is on, what comes, and what was; and of who has a name what is theirs and of those they follow."""
    found = await _found(home, *_lists(person, looked, now=home.clock.now()))
    shown = {name: places[: SHOWN[name]] for name, places in found.items()}
    cards = await _cards(request, [place for places in shown.values() for place in places])
    told = {name: [cards[place.room] for place in places if place.room in cards] for name, places in shown.items()}
    soon = told["soon"] + told["undated"]
    return HomePage(
        live=told["live"],
        soon=soon,
        followed=told.get("followed", []),
        own=told.get("own", []),
        ended=told["ended"],
        fallen=told["fallen"],
        groups=await _groups(home, person),
        reminded=[cards[place.room].room for place in found.get("reminded", []) if place.room in cards],
        next={name: at for name in PAGED if (at := _next(name, found.get(name, [])))},
    )


@front.get("/home/{name}")
async def more(request: Request, home: Home, person: Who, looked: For, name: Paged, after: Cursor) -> More:
    """How one of its lists goes on. What is ranked may move meanwhile: a room can come twice."""
    wanted = [one for one in _lists(person, looked, now=home.clock.now(), after=after) if one[0] == name]
    places = (await _found(home, *wanted)).get(name, []) if wanted else []
    begins = int(after.partition(".")[0]) if name in RANKED else 0
    rest = places[begins:]
    cards = await _cards(request, rest[: SHOWN[name]])
    rooms = [cards[place.room] for place in rest[: SHOWN[name]] if place.room in cards]
    return More(rooms=rooms, next=_next(name, places, begins))


def _lists(person: Person | None, looked: Looked, *, now: int, after: str | None = None) -> list[lists.List]:
    """Every list there is for somebody; those that go on by time begin after this."""
    every = [
        lists.live(looked),
        lists.soon(looked, now=now, most=SHOWN["soon"] + 1, after=after),
        lists.undated(looked, now=now, most=SHOWN["undated"]),
        lists.ended(looked, now=now, most=SHOWN["ended"] + 1, after=after),
        lists.fallen(looked, now=now, most=SHOWN["fallen"]),
    ]
    if person is None or person.name is None:
        return every
    return [*every, lists.own(person.id, now=now), lists.followed(person.id, looked, now=now), reminded_of(person.id)]


async def _found(home: House, *wanted: lists.List) -> dict[Name, list[Place]]:
    """Where each room stands in these lists."""
    async with home.database.read() as connection:
        found = await lists.found(connection, *wanted)
    for name in RANKED & found.keys():
        heard = {place.room: home.rooms.audience(place.room) for place in found[name] if place.started_at is not None}
        found[name] = lists.ranked(found[name], heard)
    return found


def _next(name: Name, places: Sequence[Place], begins: int = 0) -> str | None:
    """Where a list goes on, if it does."""
    ends = begins + SHOWN[name]
    if len(places) <= ends:
        return None
    return str(ends) if name in RANKED else places[ends - 1].cursor


async def _cards(request: Request, places: Sequence[Place]) -> dict[str, RoomCard]:
    """The rooms in these places that somebody may know of."""
    home = house(request)
    async with home.database.read() as connection:
        rooms = await rooms_by_id(connection, {place.room for place in places})
    return {room.id: card(home, room) for room in await open_to(request, *rooms.values())}


async def _groups(home: House, person: Person | None) -> list[HomeGroup]:
    """One's groups: those first in which something is on, then by what comes next."""
    if person is None or person.guest:
        return []
    async with home.database.read() as connection:
        own = [group for group, _ in await groups.groups_of(connection, person.id)]
        ids = [group.id for group in own]
        stirs = await lists.stirring(connection, ids, now=home.clock.now())
        members = await groups.counted(connection, ids)
    told = [(group, *stirs.get(group.id, (False, None))) for group in own]
    told.sort(key=lambda one: (not one[1], one[2] is None, one[2] or 0, one[0].name))
    return [
        HomeGroup(
            handle=group.handle,
            name=group.name,
            cover=cover_address(group),
            members=members.get(group.id, 0),
            live=live,
            next_at=next_at,
        )
        for group, live, next_at in told[:GROUPS]
    ]
