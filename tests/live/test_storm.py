"""A host sends people out while everybody talks at full speed: it counts at once, and nobody else loses a word."""

import asyncio
from dataclasses import dataclass, field

from tests.live.conftest import Evening
from tests.place import Page

PEOPLE, REMOVED, SAYS = 24, 8, 18


@dataclass
class Talker:
    """Somebody who raises and lowers their hand as fast as the server lets them."""

    id: str
    page: Page
    said: list[str] = field(default_factory=list)

    async def talks(self) -> None:
        for n in range(SAYS):
            self.said.append(f"{self.id[-8:]}-{n}")
            self.page.says({"do": ("hand.raise", "hand.lower")[n % 2], "id": self.said[-1]})
            await asyncio.sleep(0)

    @property
    def answered(self) -> list[str]:
        return [frame["id"] for frame in self.page.frames if frame.get("id") in self.said]

    async def is_answered(self) -> None:
        await self.page.hears(lambda frame: frame.get("id") == self.said[-1])


async def crowd(evening: Evening) -> list[Talker]:
    """So many people with names come in."""
    talkers = []
    for n in range(PEOPLE):
        person, cookie = await evening.place.person(f"Person {n}")
        talkers.append(Talker(person.id, evening.place.page(cookie)))
        await talkers[-1].page.enter()
    return talkers


async def test_who_is_removed_in_a_storm_says_no_more_and_nobody_else_loses_a_word(evening: Evening):
    talkers = await crowd(evening)
    out, stay = talkers[:REMOVED], talkers[REMOVED:]

    storm = [asyncio.create_task(one.talks()) for one in talkers]
    heard_then = {}
    for one in out:
        await evening.ada.does("room.remove", person=one.id)
        heard_then[one.id] = len(one.answered)
    await asyncio.gather(*storm)
    for one in stay:
        await one.is_answered()
    await evening.place.settle()

    assert [one.page.closed is not None for one in talkers] == [True] * REMOVED + [False] * len(stay)
    assert {one.id: len(one.answered) for one in out} == heard_then
    assert [one.answered for one in stay] == [one.said for one in stay]
    assert not {one.id for one in out} & evening.place.state().stage.hands.keys()
    told = [frame for frame in evening.ada.frames if frame["type"] == "events" and frame["channel"] == "desk"]
    assert [frame["n"] - len(frame["events"]) for frame in told[1:]] == [frame["n"] for frame in told[:-1]]
