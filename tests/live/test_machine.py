"""Evenings of chance behind the real doors: five people with two pages each, and a small model that has to agree.

`CAUSERIE_EVENINGS=2000` tells more of them, `CAUSERIE_SEED=7` others.
"""

import asyncio
import contextlib
import copy
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiosqlite import Connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.people import Person
from causerie.app import built
from causerie.clock import HOUR, SECOND, HandClock
from causerie.config import Settings
from tests.invariants import Watch
from tests.model.doors import NETWORKS
from tests.model.evening import Evening
from tests.model.people import Device
from tests.model.said import EVERYBODY, GUEST, Dice, Said, dice, said
from tests.place import Frame, Page, Place
from tests.sound_on_paper import PaperEngine

# A disk that is slow to say it has written makes these evenings slower, and finds nothing more.
MEMORY = Path("/dev/shm")
EVENINGS, STEPS, SEED = int(os.environ.get("CAUSERIE_EVENINGS", "100")), 100, os.environ.get("CAUSERIE_SEED")


async def without_thread(_: Connection, do: Callable[..., Any], *given: Any, **more: Any) -> Any:
    """What the driver's thread does, without waiting for a thread to wake; others have their turn before it."""
    await asyncio.sleep(0)
    return do(*given, **more)


class Machine(RuleBasedStateMachine):
    """A place that can be killed, the pages of its people, and the model beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.data = Path(tempfile.mkdtemp(prefix="causerie-machine-", dir=MEMORY if MEMORY.is_dir() else None))
        self.clock = HandClock()
        self.until = self.clock.now() + 5 * HOUR
        self.watching = contextlib.ExitStack()
        self.hurry()
        self.people: dict[str, Person] = {}
        self.cookies: dict[Device, str] = {}
        self.pages: dict[Device, Page] = {}

    def teardown(self) -> None:
        self.run(self.watch.at_the_end())
        self.run(self.stop())
        self.loop.close()
        shutil.rmtree(self.data)
        assert self.watch.broken == [], self.watch.broken

    def run(self, what: Any) -> Any:
        return self.loop.run_until_complete(what)

    def hurry(self) -> None:
        """The database answers at once."""
        self.watching.enter_context(patch("aiosqlite.core.Connection._execute", without_thread))

    # ---- the program ----

    @initialize()
    def the_host_starts(self) -> None:
        self.run(self.start())
        self.run(self.begin())
        self.model = Evening(self.clock.now(), "Ada", {name: one.id for name, one in self.people.items()})
        for name in EVERYBODY:
            self.comes((name, 1))
        self.run(self.pages["Ada", 1].does("room.start"))
        self.run(self.pages["Ada", 1].does("room.set", guests_speak=True))
        self.model.unmute(("Ada", 1))
        self.model.mute("Ada", "Ada")

    async def start(self) -> None:
        self.engine = PaperEngine()
        causerie = built(Settings(data=self.data), engine=self.engine, clock=self.clock)
        await causerie.database.open()
        causerie.media.start()
        self.place = Place(causerie, self.engine, self.clock)
        self.watch = Watch(self.place)
        self.watching.enter_context(self.watch.looking_on())

    async def begin(self) -> None:
        for name in EVERYBODY:
            person, cookie = await self.place.person(name, guest=name == GUEST, may_open_rooms=name == "Ada")
            self.people[name], self.cookies[name, 1] = person, cookie
            await self.sign_in((name, 2))
        await self.place.room(self.people["Ada"])

    async def stop(self) -> None:
        """As if killed: nothing is written from now on, no turn ends, no page is missed by anybody."""
        causerie = self.place.causerie
        tasks = [causerie.database._writing, *causerie.rooms.turns._workers.values()]
        for page in causerie.gateway.pages:
            page.key = page.knocks_at = None
        for task in (*tasks, *(page.task for page in self.place.pages)):
            task.cancel()
        await asyncio.gather(*(page.task for page in self.place.pages), return_exceptions=True)
        await causerie.rooms.close()
        await causerie.database.close()
        causerie.media.stop()
        self.pages = {}
        self.watching.close()
        self.hurry()

    async def restart(self) -> None:
        await self.stop()
        await self.start()
        await self.place.causerie.rooms.open()
        await self.place.causerie.rooms.ticks.stop()

    # ---- pages ----

    async def sign_in(self, device: Device) -> None:
        person = self.people[device[0]]
        token, _ = await self.place.causerie.database.write(lambda tx: accounts.open_session(tx, person))
        self.cookies[device] = f"{SESSION}={token}"

    def page(self, device: Device) -> Page:
        """The page that is open, or another one where that was closed."""
        page = self.pages.get(device)
        if page is None or page.closed is not None or page.task.done():
            page = self.pages[device] = self.place.page(self.cookies[device], f"{NETWORKS[device[0]]}.7")
        return page

    async def settled(self) -> None:
        """Whoever was sent out is gone, and every turn is taken."""
        leaving = [page.task for page in self.place.causerie.gateway.pages if page.goodbye is not None]
        await asyncio.gather(*leaving, return_exceptions=True)
        unfinished = self.place.causerie.rooms.turns._unfinished.values()
        await asyncio.gather(*(turn for turns in unfinished for turn in turns), return_exceptions=True)

    def words(self, one: Said) -> dict[str, Any]:
        """What is said, with ids."""
        ids = list(self.place.state().questions.all) if "sparrows" in self.place.causerie.rooms.names else []
        more = dict(one.more)
        for field in ("question", "into"):
            if field in more:
                more[field] = ids[more[field]]
        if "person" in more:
            more["person"] = self.people[more["person"]].id
        return more

    async def say(self, one: Said) -> Frame:
        told = await self.page(one.device).does(one.do, **self.words(one))
        await self.settled()
        return told

    # ---- what happens ----

    def does(self, one: Said) -> None:
        """Somebody says something; whether it is done is as the model says."""
        self.passes(1)
        done = one.done_in(self.model)
        told = self.run(self.say(one))
        assert (told["type"] == "ack") == done, (one, told)

    def passes(self, seconds: int) -> None:
        self.clock.turn(seconds * SECOND)
        self.model.now = self.clock.now()

    @rule(d=dice)
    def somebody_says(self, d: Dice) -> None:
        self.does(said(d, self.model))

    @rule(d=dice)
    def somebody_comes(self, d: Dice) -> None:
        self.comes(d.device)

    def comes(self, device: Device) -> None:
        self.does(Said(device, "room.enter", lambda m: m.enter(device), {"room": "sparrows"}))

    @rule(d=dice)
    def the_host_says(self, d: Dice) -> None:
        """Who leads does so more often than others try to."""
        leads = next((device for device in sorted(self.model.pages) if device[0] == self.model.host), None)
        if leads is not None:
            self.does(said(Dice(leads, d.other, d.account, d.n, d.m, d.yes, d.which), self.model))

    @rule(d=dice)
    def somebody_speaks(self, d: Dice) -> None:
        """Invited, accepted, microphone open."""
        me, who = d.device, d.who
        for one in (
            Said((self.model.host, 1), "stage.invite", lambda m: m.invite(m.host, who), {"person": who}),
            Said(me, "media.offer", lambda m: m.offer(me), {"sdp": "v=0"}),
            Said(me, "stage.accept", lambda m: m.accept(me)),
            Said(me, "microphone.unmute", lambda m: m.unmute(me)),
        ):
            self.does(one)

    @precondition(lambda self: self.model.locked)
    @rule(d=dice)
    def somebody_knocks(self, d: Dice) -> None:
        if d.device not in self.model.pages:
            self.does(Said(d.device, "room.knock", lambda m: m.knock(d.device), {"room": "sparrows"}))

    @precondition(lambda self: self.model.bans)
    @rule(d=dice)
    def somebody_is_let_in_again(self, d: Dice) -> None:
        n = d.n % len(self.model.bans)
        ban = list(self.place.state().safety.bans)[n]
        self.does(Said(d.device, "room.unban", lambda m: m.unban(d.who, n), {"ban": ban}))

    @rule(d=dice)
    def something_breaks(self, d: Dice) -> None:
        """A line is lost, a session ends, now and then the whole program."""
        happens = self.a_line_is_lost, self.a_line_is_lost, self.somebody_signs_out, self.it_is_killed
        happens[d.n](d)

    def a_line_is_lost(self, d: Dice) -> None:
        page = self.pages.get(d.device)
        if page is not None and not page.task.done():
            self.passes(1)
            self.run(page.leave())
            self.model.leave(d.device)

    def somebody_signs_out(self, d: Dice) -> None:
        """By one of their devices; then they sign in again there."""
        self.passes(1)
        self.run(self.signs_out(d.device))
        self.model.leave(d.device)

    async def signs_out(self, device: Device) -> None:
        async with self.place.browser(self.cookies[device]) as browser:
            assert (await browser.delete("/api/v1/session")).status_code == 204
        await self.settled()
        await self.sign_in(device)

    @rule(seconds=st.sampled_from([1, 31, 61, 121, 601]))
    def time_goes_by(self, seconds: int) -> None:
        ends = (
            self.model.empty_since is not None
            and self.clock.now() + seconds * SECOND >= self.model.empty_since + 600 * SECOND
        )
        if ends or self.clock.now() + seconds * SECOND > self.until:
            return
        self.run(self.place.tick(seconds * SECOND))
        self.model.tick(self.clock.now())

    # ---- at once ----

    @rule(first=dice, second=dice)
    def two_say_something_at_once(self, first: Dice, second: Dice) -> None:
        """As if one had spoken before the other."""
        self.passes(1)
        both = said(first, self.model), said(second, self.model)
        if first.device == second.device:
            return
        told = self.run(self.at_once(*both))
        outcomes = [self.in_order(*order) for order in (both, both[::-1])]
        self.model = next((model for model, done in outcomes if done == told and self.differs(model) == {}), self.model)

    async def at_once(self, *both: Said) -> dict[Said, bool]:
        pages = [self.page(one.device) for one in both]
        asked = [page.does(one.do, **self.words(one)) for page, one in zip(pages, both, strict=True)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        await self.settled()
        return {one: isinstance(frame, dict) and frame["type"] == "ack" for one, frame in zip(both, told, strict=True)}

    def in_order(self, *order: Said) -> tuple[Evening, dict[Said, bool]]:
        model = copy.deepcopy(self.model)
        return model, {one: one.done_in(model) for one in order}

    def it_is_killed(self, d: Dice) -> None:
        """While somebody says something: it is done wholly or not at all, and what was acknowledged is done."""
        self.passes(1)
        one = said(d, self.model)
        acknowledged = self.run(self.killed_amid(one, long=d.which % 13))
        after = copy.deepcopy(self.model)
        one.done_in(after)
        self.model.restart()
        after.restart()
        if acknowledged or self.differs(self.model):
            self.model = after

    async def killed_amid(self, one: Said, *, long: int) -> bool:
        saying = asyncio.ensure_future(self.page(one.device).does(one.do, **self.words(one)))
        for _ in range(long):
            await asyncio.sleep(0)
        acknowledged = saying.done() and saying.exception() is None and saying.result()["type"] == "ack"
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        await self.restart()
        return acknowledged

    # ---- what always holds ----

    @invariant()
    def the_room_is_as_the_model_says(self) -> None:
        if self.pages or self.people:
            differs = self.differs(self.model)
            assert differs == {}, differs
            assert self.watch.broken == [], self.watch.broken

    def differs(self, model: Evening) -> dict[str, tuple[Any, Any]]:
        """What is otherwise than in the model: there, and here."""
        there, here = self.told(), meant(model)
        return {what: (there[what], here[what]) for what in there if there[what] != here[what]}

    def told(self) -> dict[str, Any]:
        """The room as it is."""
        live, key = self.place.state(), self.place.state().room.id
        names = {person.id: name for name, person in self.people.items()}
        hub = self.place.causerie.rooms.hubs[key]
        numbers = {number: names[person] for person, number in hub.numbers.items()}
        ids = list(live.questions.all)
        room, stage = live.room, live.stage
        return {
            "here": sorted(names[page.person.id] for page in hub.pages),
            "host": names[room.host],
            "roles": {names[id]: helper.role for id, helper in room.helpers.items()},
            "kept from co-hosts": set(room.settings.cohosts_without),
            "heir": names.get(room.heir),
            "lost": names.get(room.lost_host),
            "away": {names[id]: at for id, at in room.away.items() if id in room.leaders},
            "chair": room.chair_empty_since,
            "seats": {
                names[id]: (seat.muted, seat.held_until, seat.role, seat.away) for id, seat in stage.seats.items()
            },
            "backstage": {names[id]: (guest.muted, guest.left_at) for id, guest in stage.backstage.items()},
            "aside": {names[id] for id in stage.aside},
            "hands": {names[id]: hand.left_at for id, hand in stage.hands.items()},
            "invited": {names[id]: given.until for id, given in stage.invitations.items()},
            "quiet": ({names[id] for id in stage.kept}, stage.hushed),
            "bans": sorted(names[ban.person] for ban in live.safety.bans.values()),
            "inside": (live.audience.locked, {names[id] for id in live.audience.inside}),
            "knocks": {names[id]: (knock.at, knock.turned_away) for id, knock in live.audience.knocks.items()},
            "at door": sorted(names[page.person.id] for page in hub.at_door),
            "questions": [
                (one.state, {names[id] for id in one.voters}, ids.index(one.merged_into) if one.merged_into else None)
                for one in live.questions.all.values()
            ],
            "heard": {numbers[n] for n in self.engine.heard},
            "heard backstage": {numbers[n] for n in self.engine.numbers(self.engine.aside)},
            "hear backstage": {numbers[n] for n in self.engine.numbers(self.engine.ears)},
            "hear at once": {numbers[n] for n in self.engine.numbers(self.engine.at_once)},
        }


def meant(model: Evening) -> dict[str, Any]:
    """The same of the model."""
    return {
        "here": sorted(who for who, _ in model.pages),
        "host": model.host,
        "roles": {who: role for who, (role, _) in model.roles.items()},
        "kept from co-hosts": model.without,
        "heir": model.heir,
        "lost": model.lost,
        "away": {who: at for who, at in model.away.items() if who in model.leaders},
        "chair": model.empty_since,
        "seats": {who: (seat.muted, seat.held, model.called(who), seat.taken) for who, seat in model.seats.items()},
        "backstage": {who: (guest.muted, guest.held) for who, guest in model.backstage.items()},
        "aside": model.aside,
        "hands": model.hands,
        "invited": model.invited,
        "quiet": (model.kept, model.hushed),
        "bans": sorted(ban.who for ban in model.bans),
        "inside": (model.locked, model.inside),
        "knocks": model.knocks,
        "at door": sorted(who for who, _ in model.at_door),
        "questions": [(one.state, one.votes, one.into) for one in model.asked],
        "heard": model.heard,
        "heard backstage": model.heard_backstage,
        "hear backstage": model.hear_backstage,
        "hear at once": model.hear_at_once,
    }


Machine.TestCase.settings = settings(
    max_examples=EVENINGS,
    stateful_step_count=STEPS,
    deadline=None,
    phases=(Phase.generate,),
    derandomize=SEED is None,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMachine = pytest.mark.timeout(20 * EVENINGS)(
    Machine.TestCase if SEED is None else seed(int(SEED))(Machine.TestCase)
)
