"""People of chance, each with two pages: they come, speak, lose their lines, are sent out and let in; no ghosts."""

import random
from pathlib import Path
from typing import Any

import pytest

from causerie.clock import SECOND
from tests.invariants import Watch
from tests.place import Page, Place, opened
from tests.sound_on_paper import OFFER

STEPS = 300
HOSTS: list[tuple[str, dict[str, Any]]] = [
    ("stage.invite", {}),
    ("stage.invite", {}),
    ("stage.mute", {"hold": True}),
    ("stage.mute", {"hold": False}),
    ("stage.release", {}),
    ("stage.move_down", {}),
    ("stage.put_on_air", {}),
    ("room.remove", {}),
    ("room.ban", {"reason": "noise", "hours": None, "network": False}),
    ("role.give", {"role": "cohost"}),
    ("role.give", {"role": "screener"}),
    ("role.take", {}),
]
OF_ALL: list[tuple[str, dict[str, Any]]] = [
    ("stage.hush", {"on": True}),
    ("stage.hush", {"on": False}),
    ("stage.mute_all", {}),
    ("room.lock", {"on": True}),
    ("room.lock", {"on": False}),
    ("room.set", {"backstage": True}),
    ("room.set", {"backstage": False}),
    ("backstage.talk", {"on": True}),
    ("backstage.talk", {"on": False}),
]
ONES_OWN: list[tuple[str, dict[str, Any]]] = [
    ("media.offer", {"sdp": OFFER}),
    ("media.offer", {"sdp": OFFER}),
    ("media.close", {}),
    ("stage.accept", {}),
    ("stage.accept", {}),
    ("microphone.unmute", {}),
    ("microphone.unmute", {}),
    ("microphone.mute", {}),
    ("stage.step_down", {}),
    ("hand.raise", {"note": None}),
    ("room.leave", {}),
]


class Crossing:
    """The pages of four people, two each; a page that was closed is opened anew."""

    def __init__(self, place: Place, cookies: dict[str, str], seed: int) -> None:
        self.place = place
        self.cookies = cookies
        self.chance = random.Random(seed)
        self.pages = {(id, n): place.page(cookie) for id, cookie in cookies.items() for n in (1, 2)}

    async def step(self) -> None:
        key = self.chance.choice(list(self.pages))
        page, which = self.pages[key], self.chance.random()
        if page.closed is not None or which < 0.05:
            await self._again(key, page)
        elif which < 0.2:
            await self._does(page, "room.enter", room="sparrows")
        elif which < 0.3:
            await self.place.tick(self.chance.choice([1, 31]) * SECOND)
        elif which < 0.65:
            do, more = self.chance.choice(ONES_OWN)
            await self._does(page, do, **more)
        else:
            await self._lead()

    async def _lead(self) -> None:
        """The host does something with one of the others, with all, or lifts what keeps them out."""
        host, *others = self.cookies
        page, live = self.pages[host, self.chance.choice([1, 2])], self.place.state()
        if page.closed is not None:
            return
        if live.safety.bans and self.chance.random() < 0.3:
            await self._does(page, "room.unban", ban=next(iter(live.safety.bans)))
        elif self.chance.random() < 0.3:
            do, more = self.chance.choice(OF_ALL)
            await self._does(page, do, **more)
        else:
            do, more = self.chance.choice(HOSTS)
            person = self.chance.choice(others)
            await self._does(page, do, person=person, **more)
            theirs = self.pages[person, self.chance.choice([1, 2])]
            if do == "stage.invite" and theirs.closed is None:
                for next_step, said in (
                    ("media.offer", {"sdp": OFFER}),
                    ("stage.accept", {}),
                    ("microphone.unmute", {}),
                ):
                    await self._does(theirs, next_step, **said)

    async def _again(self, key: tuple[str, int], page: Page) -> None:
        """The line is lost; another takes its place."""
        if page.closed is None:
            await page.leave()
        self.pages[key] = self.place.page(self.cookies[key[0]])

    async def _does(self, page: Page, do: str, **more: Any) -> None:
        try:
            await page.does(do, **more)
        except AssertionError:  # it was closed meanwhile
            if page.closed is None:
                raise


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_has_sound_is_here_and_whoever_is_out_is_out(tmp_path: Path, database_url: str, seed: int):
    async with opened(tmp_path / "data", url=database_url) as place:
        people = [await place.person(name, may_open_rooms=name == "Ada") for name in ("Ada", "Ben", "Cho", "Dee")]
        await place.room(people[0][0])
        crossing = Crossing(place, {person.id: cookie for person, cookie in people}, seed)
        host = crossing.pages[people[0][0].id, 1]
        await host.enter()
        await host.does("room.start")

        for number in range(STEPS):
            await crossing.step()
            if number % 40 == 0:
                watch = Watch(place)
                await watch.at_the_end()
                assert watch.broken == [], number
