"""What a crowd costs: one encode an event, one frame a tick, however many hear it."""

import json
from dataclasses import dataclass, field

import pytest

from causerie.accounts.people import Person
from causerie.clock import SECOND
from causerie.ids import PersonId
from tests.place import Place
from tests.sound_on_paper import OFFER

CROWD = 2_000


@dataclass(eq=False)
class Hearing:
    """A page that keeps what it is handed."""

    person: Person
    desk: bool = False
    frames: list[str] = field(default_factory=list)

    def frame(self, text: str, *, may_be_lost: bool = False) -> None:  # noqa: ARG002  as a page has it
        self.frames.append(text)


def crowd(place: Place) -> list[Hearing]:
    """So many people more in the room, without sockets."""
    pages = [Hearing(Person(PersonId(f"crowd{n}"))) for n in range(CROWD)]
    for page in pages:
        place.causerie.rooms.hubs[place.causerie.rooms.names["sparrows"]].pages.add(page)
    return pages


@pytest.mark.parametrize(
    ("do", "fields"),
    [("question.ask", {"text": "Where do sparrows go?", "myself": False}), ("room.set", {"policy": "in_turn"})],
)
async def test_an_event_is_encoded_once_for_everybody(place: Place, do: str, fields: dict[str, object]):
    ada, cookie = await place.person("Ada", admin=True)
    await place.room(ada)
    host = place.page(cookie)
    await host.enter()
    pages = crowd(place)
    for page in pages:
        page.frames.clear()

    await host.does(do, **fields)

    assert [len(page.frames) for page in pages] == [1] * CROWD
    assert len({id(page.frames[0]) for page in pages}) == 1


async def test_many_votes_are_one_frame_a_tick(place: Place):
    ada, cookie = await place.person("Ada", admin=True)
    await place.room(ada)
    host = place.page(cookie)
    await host.enter()
    made = []
    for n in range(3):
        made.append((await host.does("question.ask", text=f"Question {n}?", myself=False))["made"])
        place.clock.turn(11 * SECOND)
    voters = [place.page((await place.person(f"Voter {n}"))[1]) for n in range(20)]
    for voter in voters:
        await voter.enter()
    pages = crowd(place)
    await place.settle()
    for page in pages:
        page.frames.clear()

    for voter in voters:
        for question in made:
            await voter.does("question.vote", question=question)
    await place.tick()

    told = [frame for frame in pages[0].frames if "question.votes" in frame or "tallies" in frame]
    assert len(told) == 1
    assert told[0].count(":20") == len(made)
    assert all(page.frames == pages[0].frames for page in pages)


async def test_in_a_hall_the_number_of_who_listens_is_told_once_a_second(place: Place):
    ada, cookie = await place.person("Ada", admin=True)
    await place.room(ada)
    host = place.page(cookie)
    await host.enter()
    await host.does("room.start")
    pages = crowd(place)
    hub = place.causerie.rooms.hubs[place.causerie.rooms.names["sparrows"]]
    await place.tick(2 * SECOND)
    pages[0].frames.clear()

    for n in range(8):
        hub.pages.add(Hearing(Person(PersonId(f"late{n}"))))
        await place.tick(SECOND // 4)
    numbers = [json.loads(frame)["listeners"] for frame in pages[0].frames]
    await host.does("react", kind="clap")
    await place.tick(SECOND // 4)

    assert numbers == [CROWD + 4, CROWD + 8]
    assert [said["reactions"] for said in map(json.loads, pages[0].frames[2:]) if said["reactions"]] == [{"clap": 1}]


async def test_in_a_large_hall_who_speaks_is_told_less_often(place: Place):
    ada, cookie = await place.person("Ada", admin=True)
    await place.room(ada)
    host = place.page(cookie)
    await host.enter()
    await host.does("room.start")
    await host.does("media.offer", sdp=OFFER)
    pages = crowd(place)
    await place.tick(2 * SECOND)
    pages[0].frames.clear()

    for n in range(8):
        place.engine.loudest = [n]
        await place.tick(SECOND // 4)

    assert [json.loads(frame)["speaking"] for frame in pages[0].frames] == [[1], [3], [5], [7]]
