"""The demo room: three voices in conversation, so that a newcomer sees a living room alone at their desk.

Its people are bots, accounts marked as such. It reuses its questions, so it can run for years without growing.
"""

import asyncio
import contextlib
import random
from functools import partial
from pathlib import Path

from causerie.accounts.actions import add_person
from causerie.accounts.people import Person
from causerie.accounts.queries import person_named
from causerie.clock import SECOND, Clock
from causerie.db import Database, Tx
from causerie.demo.talk import AUDIENCE, COVER, DESCRIPTION, QUESTIONS, ROOM, STAGE, TITLE
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId, QuestionId, new_id
from causerie.live.rooms import Rooms
from causerie.media import Media, Peer
from causerie.questions import store as questions
from causerie.questions.events import QuestionAsked
from causerie.questions.state import Question
from causerie.rooms.actions import open_room
from causerie.rooms.queries import room_by_name

VOICES = Path(__file__).parent / "voices"
BEAT = 3.0
ON_AIR_FOR = 45 * SECOND
HAND_UP_FOR = 6 * SECOND


class Demo:
    """Keeps one room alive: seats its bots, lets them vote, and lets its host invite whoever wants to come up."""

    def __init__(self, database: Database, rooms: Rooms, media: Media, clock: Clock) -> None:
        self.database = database
        self.rooms = rooms
        self.media = media
        self.clock = clock
        self.chance = random.Random(7)
        self.stage: list[Person] = []
        self.audience: list[Person] = []
        self.key = ""
        self._living: asyncio.Task[None] | None = None

    @property
    def host(self) -> Person:
        return self.stage[0]

    @property
    def live(self) -> LiveRoom:
        return self.rooms.state(self.key)

    async def open(self) -> str:
        """Bring the room on air; gives its public name."""
        self.stage = [await self._bot(name, portrait) for name, portrait, _ in STAGE]
        self.audience = [await self._bot(name, None) for name in AUDIENCE]
        await self._room()
        self.key = await self.rooms.key_of(ROOM)
        await self.rooms.act(self.key, self._open_box)
        await self.rooms.act(self.key, self._begin)
        for bot, (_, _, file) in zip(self.stage, STAGE, strict=True):
            number = self.rooms.number(self.key, bot.id)
            await self.rooms.act(self.key, partial(self._seat, bot=bot, number=number))
            self.media.play(self.key, bot.id, number, str(VOICES / file), _unheeded)
            self.media.open(self.key, bot.id)
        self._living = asyncio.create_task(self._live(), name="demo room")
        return ROOM

    async def close(self) -> None:
        if self._living is not None:
            self._living.cancel()
            await asyncio.gather(self._living, return_exceptions=True)

    # ---- before it is on air ----

    async def _bot(self, name: str, portrait: str | None) -> Person:
        async with self.database.read() as connection:
            found = await person_named(connection, name)
        if found is not None:
            return found
        person, _ = await self.database.write(lambda tx: add_person(tx, name=name, bot=True, portrait=portrait))
        return person

    async def _room(self) -> None:
        async with self.database.read() as connection:
            found = await room_by_name(connection, ROOM)
        if found is None:
            await self.database.write(
                lambda tx: open_room(tx, self.host, title=TITLE, description=DESCRIPTION, name=ROOM, cover=COVER)
            )

    async def _open_box(self, tx: Tx, live: LiveRoom) -> None:
        """Nobody reads questions first here: what guests ask is open at once, and their votes and hands count."""
        wanted = {"guests_ask": "open", "guests_vote_counts": True, "guests_speak": True}
        if any(getattr(live.room.settings, name) != value for name, value in wanted.items()):
            await actions.set_room(tx, live, self.host, **wanted)

    async def _begin(self, tx: Tx, live: LiveRoom) -> None:
        """Go live, and ask what has not been asked yet."""
        if live.room.phase == "scheduled":
            await actions.start_room(tx, live, self.host, number=self.rooms.number(self.key, self.host.id))
        asked = {question.text for question in live.questions.all.values()}
        for n, text in enumerate(text for text in QUESTIONS if text not in asked):
            asker = self.audience[n % len(self.audience)]
            # Several at once: the usual distance between one person's questions is for people.
            id = QuestionId(new_id())
            said = QuestionAsked(id, asker.id, asker.name or "", text, False, tx.now)
            await questions.store(tx, live.room.id, [said])

    async def _seat(self, tx: Tx, live: LiveRoom, *, bot: Person, number: int) -> None:
        if bot.id not in live.stage.seats:
            await actions.seat_bot(tx, live, bot, number=number)
        elif live.stage.seats[bot.id].muted:
            await actions.unmute(tx, live, bot, number=number)

    # ---- its life ----

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            with contextlib.suppress(Refusal):  # a guest was quicker; the next beat looks again
                await self._beat(self.clock.now())

    async def _beat(self, now: int) -> None:
        """One small thing that happens in a room: somebody is invited, a question moves, somebody votes."""
        waiting = next((h for h in self.live.stage.hands.values() if now - h.raised_at > HAND_UP_FOR), None)
        invited = self.live.stage.invitations
        if waiting is not None and waiting.left_at is None and waiting.person not in invited:
            person, name = waiting.person, waiting.name
            await self.rooms.act(
                self.key, lambda tx, live: actions.invite(tx, live, self.host, person=person, name=name)
            )
            return
        on_air = self.live.questions.on_air
        if self.live.questions.next is not None:
            return  # its asker is called, and comes or does not
        if on_air is None or now - (on_air.on_air_at or 0) > ON_AIR_FOR:
            await self._next(on_air)
            return
        await self._vote()

    async def _next(self, on_air: Question | None) -> None:
        """A guest's question first; the bots' own go back in line instead of being used up."""
        if on_air is not None and self._is_bots(on_air):
            id = on_air.id
            await self.rooms.act(self.key, lambda tx, live: actions.put_back(tx, live, self.host, question=id))
        wanted = sorted(self.live.questions.open, key=lambda q: (self._is_bots(q), -q.votes, q.asked_at))
        others = [question for question in wanted if on_air is None or question.id != on_air.id]
        if others:
            picked = others[0] if not self._is_bots(others[0]) else self.chance.choice(others[:4])
            here = bool(self.rooms.hubs[self.key].pages_of(picked.person))
            await self.rooms.act(
                self.key, lambda tx, live: actions.pick(tx, live, self.host, question=picked.id, here=here)
            )

    async def _vote(self) -> None:
        voter = self.chance.choice(self.audience)
        able = [q for q in self.live.questions.open if q.person != voter.id and voter.id not in q.voters]
        if able:
            question = self.chance.choice(able).id
            await self.rooms.act(self.key, lambda tx, live: actions.vote(tx, live, voter, question=question))

    def _is_bots(self, question: Question) -> bool:
        return question.person in {PersonId(bot.id) for bot in self.audience}


def _unheeded(_peer: Peer) -> None:
    """A looped file has no link to lose."""
