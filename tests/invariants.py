"""The twelve invariants (`docs/building/invariants.md`), watched in every test that opens a place.

What can be seen only while it happens is looked at turn by turn: who acts, what is announced, and how the microphones
stand at that moment. The rest is asked of the place when the story is over, through the doors people come by.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sqlalchemy import select

from causerie.accounts.models import exports
from causerie.accounts.people import Person
from causerie.copies.models import copies
from causerie.db import Tx
from causerie.db.tables import audit
from causerie.errors import Refusal
from causerie.floor import store as floor
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.hub import Hub
from causerie.live.socket import LivePage
from causerie.questions import store as questions
from causerie.recordings import store as recordings
from causerie.recordings.live import RecordedRoom
from causerie.recordings.models import tracks
from causerie.stage import store as stage
from tests.folders import lying
from tests.house.papers import ROOT
from tests.sound_on_paper import PaperEngine
from tests.stored import after_restart, asked_again, taken_again

if TYPE_CHECKING:
    from tests.place import Place

LOOKS = 20

RIGHTS = (ROOT / "docs" / "building" / "rights.md").read_text(encoding="utf-8")
# What hosts do, and who helps them: the second table of the page.
POWERS = set(
    re.findall(r"^\| `([a-z_.]+)` \|", RIGHTS.split("## What hosts do")[1].split("## Against")[0], re.MULTILINE)
)
# A line in a log that says by itself who typed it.
NOT_KEPT = {"caption.say"}
SENT_OUT = {4001, 4002}
MAY_BE_STORED = re.compile(
    r"causerie(-before-\w+)?\.sqlite(-wal|-shm)?|jobs\.sqlite(-wal|-shm)?|closings\.log"
    r"|keys/(visitors\.key|(push|authority|house)\.pem)"
    r"|files/(portraits|covers)/[\w-]{22}\.jpg|papers/(imprint|privacy|rules)(\.\w+)?\.txt"
)
OF_A_COPY = re.compile(r"files/copies/([\w-]{22})/.+")
OF_AN_ANSWER = re.compile(r"files/catch-up/(\w{26})/([0-9a-f]{32})\.m4a")
TAKE = re.compile(r"recordings/(\w{26})/(\w{26})\.take")


@dataclass
class Doing:
    """Who is doing what in the turn that is taken now; nobody, where time or a line alone brings it about."""

    person: Person | None
    command: str | None


@dataclass
class Watch:
    """Looks on while a story is told; `broken` says what must never be and was."""

    place: "Place"
    broken: list[str] = field(default_factory=list)
    refused: list[object] = field(default_factory=list)
    doing: dict[str, Doing] = field(default_factory=dict)
    said: dict[asyncio.Task[Any], wire.Command] = field(default_factory=dict)

    @contextlib.contextmanager
    def looking_on(self) -> Iterator[None]:
        rooms = self.place.causerie.rooms
        rooms.act = self._acted(rooms.act)  # the same, watched
        rooms.turns.announce = self._announced(rooms.turns.announce)
        with patch.object(Hub, "say", self._told(Hub.say)), patch.object(LivePage, "_do", self._heard(LivePage._do)):
            yield

    def must(self, holds: bool, invariant: str, what: str) -> None:
        if not holds:
            self.broken.append(f"{invariant}: {what}")

    # ---- turn by turn ----

    def _heard(self, do: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def heard(page: LivePage, wanted: wire.Command) -> Any:
            self.said[page.task] = wanted
            try:
                return await do(page, wanted)
            finally:
                self.said.pop(page.task, None)

        return heard

    def _acted(self, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def acted(key: str, action: Callable[[Tx, LiveRoom], Awaitable[Any]], *, closing: bool = False) -> Any:
            task = asyncio.current_task()
            page = next((page for page in self.place.causerie.gateway.pages if page.task is task), None)
            said = self.said.get(task) if task is not None else None
            person = page.person if page is not None and said is not None else None
            return await act(key, self._turn(key, action, Doing(person, said.do if said else None)), closing=closing)

        return acted

    def _turn(self, key: str, action: Callable[[Tx, LiveRoom], Awaitable[Any]], doing: Doing) -> Any:
        async def turn(tx: Tx, live: LiveRoom) -> Any:
            self.doing[key] = doing
            audited: list[str] = []
            write = tx.audit

            async def keeps(verb: str, *, actor: str, **more: Any) -> None:
                audited.append(actor)
                await write(verb, actor=actor, **more)

            tx.audit = keeps  # the same, watched
            try:
                made = await action(tx, live)
            except Refusal:
                self.refused += tx.events
                raise
            self._kept(doing, tx.events, audited)
            return made

        return turn

    def _kept(self, doing: Doing, events: list[object], audited: list[str]) -> None:
        """I4: who acts is who the session says. I12: who uses power leaves a line that says so."""
        if doing.person is None:
            return
        self.must(set(audited) <= {doing.person.id}, "I4", f"{doing.command} was written down as done by {audited}")
        if doing.command in POWERS - NOT_KEPT and events:
            self.must(bool(audited), "I12", f"{doing.command} left no line in the audit")

    def _announced(self, announce: Callable[..., None]) -> Callable[..., None]:
        def announced(key: str, before: LiveRoom, events: list[object], after: LiveRoom) -> None:
            doing = self.doing.get(key, Doing(None, None))
            self.must(not any(one is event for one in self.refused for event in events), "I5", "a refusal was told")
            self._own_key(key, doing, before, after)
            self._nobody_promoted(doing, before, after)
            announce(key, before, events, after)

        return announced

    def _own_key(self, key: str, doing: Doing, before: LiveRoom, after: LiveRoom) -> None:
        """I7: a microphone opens by its person's own act, now or just before."""
        now, acting = self.place.clock.now(), doing.person.id if doing.person else None
        for person in after.stage.lanes.keys() - before.stage.lanes.keys():
            seat = after.stage.seats.get(person)
            theirs = acting == person or before.floor.ready(person, now) or person in before.stage.waiting
            by_program = doing.command is None and ((seat is not None and seat.bot) or self._encoder(key, person))
            self.must(theirs or by_program, "I7", f"{person} was opened by {acting} with {doing.command}")

    def _encoder(self, key: str, person: PersonId) -> bool:
        programs = self.place.causerie.rooms.hubs[key].programs
        return any(program.whose.startswith("whip-") and person in program.comer.ids for program in programs)

    def _nobody_promoted(self, doing: Doing, before: LiveRoom, after: LiveRoom) -> None:
        """I10: who leads was a co-host, or led before, or said yes themselves."""
        host = after.room.host
        if host == before.room.host:
            return
        helper = before.room.helpers.get(host)
        asked = doing.person is not None and doing.person.id == host
        led = host in before.room.leaders
        self.must(asked or led or (helper is not None and helper.role == "cohost"), "I10", f"{host} leads by itself")

    def _told(self, say: Callable[..., None]) -> Callable[..., None]:
        def told(hub: Hub, announcement: Any, live: RecordedRoom, now: int) -> None:
            if self.place.causerie.rooms.hubs.get(hub.key) is hub:
                self._gates(hub.key, live)
                self._recorded(hub.key, live)
            say(hub, announcement, live, now)

        return told

    def _gates(self, key: str, live: LiveRoom) -> None:
        """I9: when a change is told, nobody is heard whom it silenced or took from the stage."""
        engine = self.place.engine
        if not isinstance(engine, PaperEngine):
            return
        for peer in self.place.causerie.media.peers.values():
            if peer.room == key:
                lane = live.stage.lanes.get(PersonId(peer.person))
                self.must(peer.number not in engine.open or lane == "stage", "I9", f"{peer.person} is heard, {lane}")
                aside = peer.number not in engine.aside or lane == "backstage"
                self.must(aside, "I9", f"{peer.person} is heard backstage, {lane}")

    def _recorded(self, key: str, live: RecordedRoom) -> None:
        """I8, I11: what somebody says is written while a take runs, on stage, with their own yes; nobody else's is."""
        engine, take = self.place.engine, live.recording.take
        if not isinstance(engine, PaperEngine):
            return
        for peer in self.place.causerie.media.peers.values():
            if peer.room == key and peer.number in engine.recorded:
                person = PersonId(peer.person)
                runs = take is not None and take.state == "recording" and take.answers.get(person) == "kept"
                seat = live.stage.seats.get(person)
                never = person in live.recording.minors or seat is None or seat.bot
                self.must(runs and not never, "I8", f"{peer.person} is recorded")

    # ---- when the story is over ----

    async def at_the_end(self) -> None:
        rooms = self.place.causerie.rooms
        await rooms.recorder.files.stop()  # a log that is being erased is erased, and that is written
        for key, hub in list(rooms.hubs.items()):
            if key in rooms.turns.states and not rooms.turns.busy(key):
                self._no_ghosts(key, hub)
                self._revoked(key, hub)
                self._gates(key, rooms.state(key))
                self._recorded(key, rooms.state(key))
                await self._all_doors(key)
                await self._stored(key)
        await self._identities()
        self._pages_unhurt()
        await self._no_recording()
        await self._append_only()

    def _no_ghosts(self, key: str, hub: Hub) -> None:
        """I1, I11: whoever has sound is here by a page or a program, and everybody who is here is counted."""
        live, causerie = self.place.causerie.rooms.state(key), self.place.causerie
        bots = {seat.person for seat in live.stage.seats.values() if seat.bot}
        programs = {program.peer.number for program in hub.programs if program.peer is not None}
        for peer in causerie.media.peers.values():
            here = peer.person in hub.here or peer.number in programs or peer.person in bots
            self.must(peer.room != key or here, "I1", f"{peer.person} has sound and is not here")
        open_pages = {page for page in causerie.gateway.pages if page.key == key}
        self.must(open_pages == {page for page in hub.pages if isinstance(page, LivePage)}, "I1", "a page is half here")
        audience = set(hub.here) - live.stage.seats.keys()
        hearing = {program.whose for program in hub.programs if program.hears} - set(hub.here)
        self.must(hub.listeners(live) == len(audience) + len(hearing), "I11", "somebody who is here is not counted")

    def _revoked(self, key: str, hub: Hub) -> None:
        """I3: who was sent out has no page, no sound, no seat, no hand and no role."""
        live, now = self.place.causerie.rooms.state(key), self.place.clock.now()
        out = {id for ban in live.safety.bans.values() if ban.lasts(now) for id in ban.ids}
        out -= {live.room.host, *live.room.helpers}
        heard = {peer.person for peer in self.place.causerie.media.peers.values() if peer.room == key}
        left = (*hub.here, *heard, *live.stage.seats, *live.stage.hands, *live.stage.invitations, *live.stage.backstage)
        self.must(out.isdisjoint(left), "I3", f"{out & set(left)} are banned and still have something here")
        stopped = {page.task for page in self.place.pages if page.closed in SENT_OUT}
        self.must(
            stopped.isdisjoint(page.task for page in self.place.causerie.gateway.pages), "I3", "a page outlived its end"
        )

    async def _all_doors(self, key: str) -> None:
        """I2: the page and a program get the same answer at their doors."""
        name = self.place.causerie.rooms.state(key).room.name
        for page in list(self.place.causerie.gateway.pages):
            theirs = next((one for one in self.place.pages if one.task is page.task), None)
            if theirs is None:
                continue
            by_page = self._answer(key, page)
            async with self.place.browser(theirs.cookie, theirs.address or "") as browser:
                told = await browser.post(
                    f"/whep/{name}", content="no offer", headers={"content-type": "application/sdp"}
                )
            by_program = told.json()["code"]
            self.must(
                (by_page or "sdp.unreadable") == by_program,
                "I2",
                f"{page.person.id}: {by_page} here, {by_program} there",
            )

    def _answer(self, key: str, page: LivePage) -> str | None:
        try:
            self.place.causerie.rooms.admit(key, page.comer)
        except Refusal as refusal:
            return refusal.code
        return None

    async def _stored(self, key: str) -> None:
        """I5: what is written is what is told, no more and no less: a restart finds the room as it is.

        A turn may be under way just now, written and told in a moment: what is different stays so.
        """
        for _ in range(LOOKS):
            if not (different := await self._otherwise(key)):
                return
            await asyncio.sleep(0.05)
        self.broken += [f"I5: {what}" for what in different]

    async def _otherwise(self, key: str) -> list[str]:
        """What a restart would find otherwise than it is told."""
        live, now = self.place.causerie.rooms.state(key), self.place.clock.now()
        async with self.place.causerie.database.read() as connection:
            stood = await stage.read(connection, live.room.id, now=now, expected=live.room.expected)
            asked = await questions.read(connection, live.room.id)
            queue = await floor.read(connection, live.room.id)
            taken = await recordings.read(connection, live.room.id)
        pairs = {
            "takes": (taken, taken_again(live.recording)),
            "questions": (asked, live.questions),
            "queue": (queue, asked_again(live.floor)),
            "stage": (stood, after_restart(live.stage, now, live.room.expected)),
        }
        return [f"{what}: written {one}, told {other}" for what, (one, other) in pairs.items() if one != other]

    async def _identities(self) -> None:
        """I4: each page acts for whom its cookie says, and for nobody else."""
        causerie = self.place.causerie
        for page in list(causerie.gateway.pages):
            theirs = next((one for one in self.place.pages if one.task is page.task), None)
            if theirs is not None:
                async with causerie.database.read() as connection:
                    person = await causerie.house.cookies.who(connection, theirs.cookie, now=causerie.clock.now())
                # Whose session ran out or who took a name has no person by this cookie; their page stays theirs.
                theirs_is = person is None or person.id == page.person.id
                self.must(theirs_is, "I4", f"a page of {page.person.id} came with another's cookie")

    def _pages_unhurt(self) -> None:
        """I6: nothing that anybody said was a fault of ours."""
        faults = [frame for page in self.place.pages for frame in page.frames if frame.get("code") == "fault"]
        self.must(not faults, "I6", f"{len(faults)} commands ended in a fault")

    async def _no_recording(self) -> None:
        """I8: nothing lies on the disk that could be sound, but what somebody agreed to have kept.

        What a piece of work lays down beside it goes a moment after its result is told.
        """
        for _ in range(100):
            if not (more := await self._beside()):
                return
            await asyncio.sleep(0.1)
        self.must(not more, "I8", f"{more} lie beside the database")

    async def _beside(self) -> list[str]:
        """Files that are nothing somebody agreed to, and nothing that may be stored."""
        data = self.place.causerie.settings.data
        there = {str(path.relative_to(data)) for path in lying(data)}
        async with self.place.causerie.database.read() as connection:
            kept = set((await connection.execute(select(tracks.c.id).where(tracks.c.erased_at.is_(None)))).scalars())
            there_are = select(copies.c.name).where(copies.c.deleted_at.is_(None))
            copied = set((await connection.execute(there_are)).scalars())
            packed = {f"files/{file}" for file in (await connection.execute(select(exports.c.file))).scalars()}
        logs = {name for name in there if (found := TAKE.fullmatch(name)) and found[2] in kept}
        of_copies = {name for name in there if (found := OF_A_COPY.fullmatch(name)) and found[1] in copied}
        live = self.place.causerie.rooms.turns.states
        heard = {(id, one.file) for id, room in live.items() for one in room.recording.catch_up.values()}
        answers = {name for name in there if (found := OF_AN_ANSWER.fullmatch(name)) and found.groups() in heard}
        return sorted(name for name in there - logs - of_copies - answers - packed if not MAY_BE_STORED.fullmatch(name))

    async def _append_only(self) -> None:
        """I12: each line says who, what and where."""
        async with self.place.causerie.database.read() as connection:
            lines = (await connection.execute(select(audit))).mappings().all()
        self.must(all(line["actor"] and line["verb"] for line in lines), "I12", "a line of the audit says half of it")
