"""What pages are told in some scenes: `python -m tests.live.write_transcripts` writes them to `tests/transcripts`.

Each file is one viewer of one scene: the snapshot before, every frame, and a new snapshot after. The browser's tests
replay them; ids, times and epochs are made stable, so that a difference is a difference of the protocol.
"""

import asyncio
import itertools
import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from causerie.clock import SECOND
from causerie.ids import PersonId
from causerie.recordings import actions as recordings
from causerie.recordings.catch_up import stretches
from causerie.recordings.words import WORDS
from tests.live.conftest import Evening, evening_in
from tests.place import Frame, Page, opened
from tests.sound_on_paper import OFFER

FOLDER = Path(__file__).parent.parent / "transcripts"
VIEWERS = {"host": "ada", "asker": "ben", "listener": "cho", "visitor": "visitor"}
HEARD = ("snapshot", "events", "tick", "caption")


async def questions(evening: Evening) -> None:
    """Asked, voted on, taken back, on air, put back, answered."""
    ada, ben, cho, clock = evening.ada, evening.ben, evening.cho, evening.place.clock
    first = (await ben.does("question.ask", text="Why do sparrows bathe in dust?"))["made"]
    second = (await cho.does("question.ask", text="لماذا تغني الطيور؟", myself=False))["made"]
    clock.turn(11 * SECOND)
    third = (await ben.does("question.ask", text="And in snow?"))["made"]
    await evening.place.tick()
    for page, question in [(ada, first), (cho, first), (ben, second), (cho, third), (ada, third)]:
        await page.does("question.vote", question=question)
    await evening.place.tick()
    await cho.does("question.unvote", question=first)
    await ben.does("question.withdraw", question=third)
    await ada.does("floor.pick", question=second)
    await evening.place.settle()
    await ada.does("floor.pick", question=first)
    await ada.does("floor.put_back", question=first)
    clock.turn(11 * SECOND)
    await cho.does("question.ask", text="How long is a song?")
    await ada.does("floor.pick", question=second)
    await ben.does("question.hide_name", question=first)
    await cho.does("question.hide_name", question=second)
    await ada.does("floor.topic", text="What remains")
    await ben.does("question.hide_name", question=first)


async def dumping(evening: Evening) -> None:
    """The audience hears and reads it later; a moment is taken out, and what comes after is read."""
    ada, clock = evening.ada, evening.place.clock
    await ada.does("room.set", safety_delay=10)
    await ada.does("caption.say", text="Rivers have memories.", speaker=evening.id("Ada"))
    clock.turn(10 * SECOND)
    await evening.place.tick()
    await ada.does("caption.say", text="A name that should not fall.", speaker=evening.id("Ada"))
    clock.turn(SECOND)
    await ada.does("room.dump")
    await ada.does("caption.say", text="They forget nothing.", speaker=evening.id("Ada"))
    clock.turn(10 * SECOND)
    await evening.place.tick()


async def moderation(evening: Evening) -> None:
    """Read first, taken and not taken, joined with another, worded otherwise, opened again; guests and the nameless."""
    ada, ben, cho, clock = evening.ada, evening.ben, evening.cho, evening.place.clock
    _, cookie = await evening.place.person("Gus", guest=True)
    gus = evening.place.page(cookie)
    await gus.enter()

    async def asks(page: Page, text: str, **more: Any) -> str:
        clock.turn(11 * SECOND)
        return str((await page.does("question.ask", text=text, **more))["made"])

    await ada.does("room.set", anonymous="allowed", words=["casino"], down_votes=True)
    why, sale = await asks(ben, "Why do sparrows bathe?"), await asks(ben, "Which casino pays best?")
    snow, from_guest = (
        await asks(cho, "Why do sparrows bathe in snow?", anonymous=True),
        await asks(gus, "And in rain?"),
    )
    for page, question, value in [(cho, why, 1), (ada, snow, 1), (ben, snow, -1), (gus, why, 1), (gus, snow, 1)]:
        await page.does("question.vote", question=question, value=value)
    await ada.does("question.dismiss", question=sale, reason="against_the_rules")
    await ada.does("question.approve", question=from_guest)
    await evening.place.tick()
    await ada.does("question.merge", question=snow, into=why)
    await ada.does("question.edit", question=why, text="Why do sparrows bathe in dust?")
    await ada.does("question.dismiss", question=from_guest, reason="unclear")
    await ada.does("room.set", anonymous="always", read_first=True, guests_vote_counts=True)
    nameless, taken_back = await asks(ben, "Who is afraid of cats?"), await asks(cho, "Never mind")
    outlives = await asks(gus, "Never mind what?")
    await ada.does("question.approve", question=outlives)
    await ben.does("question.vote", question=taken_back)
    await ada.does("question.merge", question=outlives, into=taken_back)
    await ada.does("question.dismiss", question=taken_back, reason="unclear")
    await ada.does("question.restore", question=taken_back)
    await cho.does("question.withdraw", question=taken_back)
    await ada.does("question.approve", question=nameless)
    await ada.does("question.restore", question=sale)
    await ada.does("floor.pick", question=why)
    await ada.does("floor.answered", question=why)
    await ada.does("question.reopen", question=why)
    await asks(gus, "Still there?")
    for n in range(3):
        _, cookie = await evening.place.person("Hal", guest=True)
        neighbour = evening.place.page(cookie, f"203.0.113.{n}")
        await neighbour.enter()
        await neighbour.does("question.vote", question=sale)


async def stage(evening: Evening) -> None:
    """Hands, invitations of each ending, seats, microphones, a line that is lost and found."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    await ada.does("room.set", guests_speak=True)
    dee, cookie = await evening.place.person("Dee", guest=True)
    page = evening.place.page(cookie)
    await page.enter(sdp=OFFER)
    await cho.does("hand.raise")
    await cho.does("hand.raise", note="About swifts")
    await page.does("hand.raise")
    await evening.place.settle()
    for person in (evening.id("Cho"), evening.id("Ben"), dee.id):
        await ada.does("stage.invite", person=person)
    await cho.does("stage.accept")
    await ben.does("stage.more_time")
    await ben.does("stage.decline")
    await page.does("stage.accept")
    await ada.does("stage.mute", person=evening.id("Cho"))
    await cho.does("microphone.unmute")
    await page.leave()
    await evening.place.settle()
    back = evening.place.page(cookie)
    await back.enter()
    await back.does("microphone.unmute")
    await ada.does("microphone.unmute")
    await cho.does("stage.step_down")
    await ada.does("stage.move_down", person=dee.id)
    await cho.does("hand.raise", note="Once more")
    picked = (await ben.does("question.ask", text="May I come up?"))["made"]
    await ada.does("floor.pick", question=picked)
    await ben.does("stage.accept")
    await back.leave()
    await ada.does("hand.lower_all")


async def silence(evening: Evening) -> None:
    """Kept muted, asked, released, hushed; a microphone that is away; a wish."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    for page, name in ((ben, "Ben"), (cho, "Cho")):
        await ada.does("stage.invite", person=evening.id(name))
        await page.does("stage.accept")
    await ada.does("stage.mute", person=evening.id("Ben"), hold=True)
    await ben.does("microphone.ask")
    await cho.does("microphone.away", on=True)
    await ada.does("stage.ask_unmute", person=evening.id("Cho"))
    await cho.does("microphone.unmute")
    await ada.does("stage.hush", on=True)
    await ada.does("stage.release", person=evening.id("Ben"))
    await ada.does("stage.hush", on=False)
    await ben.does("microphone.unmute")
    await ada.does("stage.mute_all")
    await ada.does("stage.mute", person=evening.id("Cho"), hold=True)
    await cho.does("microphone.ask")


async def backstage(evening: Evening) -> None:
    """Accepted, spoken with, noted, brought on air; another who leaves."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    await ada.does("room.set", backstage=True)
    await ada.does("microphone.unmute")
    for page, name in ((ben, "Ben"), (cho, "Cho")):
        await ada.does("stage.invite", person=evening.id(name))
        await page.does("stage.accept")
    await ada.does("backstage.talk", on=True)
    await cho.does("backstage.ready", topic="Swifts", ready=True)
    await ada.does("backstage.note", person=evening.id("Ben"), topic="Rivers", note="Speaks softly", ready=True)
    await ada.does("backstage.talk", on=False)
    await ada.does("stage.put_on_air", person=evening.id("Ben"))
    await cho.does("microphone.mute")
    await ada.does("backstage.talk", on=True)


async def full(evening: Evening) -> None:
    """Every seat is taken: who accepts waits, and comes up by themselves."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    with patch("causerie.stage.state.SEATS", 2), patch("causerie.stage.moves.SEATS", 2):
        for page, name in ((ben, "Ben"), (cho, "Cho")):
            await ada.does("stage.invite", person=evening.id(name))
            await page.does("stage.accept")
        await ben.does("stage.step_down")
        evening.place.clock.turn(SECOND)
        await evening.place.settle()
        await ada.does("stage.invite", person=evening.id("Ben"))
        await ben.does("stage.accept")


async def deck(evening: Evening) -> None:
    """Two are asked ahead; one is not ready, the other comes on air by one press."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    for page in (ben, cho):
        await page.does("hand.raise")
    await evening.place.settle()
    await cho.does("deck.not_ready")
    await ben.does("deck.ready")
    await evening.place.settle()
    await ada.does("floor.pick", hand=evening.id("Ben"))
    await evening.place.settle()


async def end(evening: Evening) -> None:
    """Everything is going on when the room ends."""
    asked = (await evening.ben.does("question.ask", text="Is it over?"))["made"]
    await evening.cho.does("question.vote", question=asked)
    await evening.ada.does("room.set", anonymous="allowed")
    evening.place.clock.turn(11 * SECOND)
    await evening.ben.does("question.ask", text="And what was not asked?", anonymous=True)
    await evening.cho.does("question.ask", text="Who has the last word?")
    await evening.ada.does("floor.topic", text="What we came for")
    await evening.ada.does("floor.topic", text="What we forgot")
    await evening.ada.does("floor.pick", question=asked)
    await evening.ben.does("stage.accept")
    await evening.cho.does("hand.raise", note="Wait")
    await evening.ada.does("stage.invite", person=evening.id("Cho"))
    await evening.place.settle()
    await evening.ada.does("room.end")


async def settings(evening: Evening) -> None:
    """Questions and hands wait, and the host has them come in turn."""
    for page, note in ((evening.cho, "First"), (evening.visitor, None)):
        await page.does("hand.raise", note=note)
    await evening.ben.does("question.ask", text="Who comes first?")
    await evening.ada.does("room.set", policy="in_turn")
    await evening.place.settle()


async def audience(evening: Evening) -> None:
    """A line is pinned, another takes its place and is taken down; hosts want no more reactions."""
    ada = evening.ada
    await ada.does("room.pin", text="The map we speak of", link="https://example.org/map")
    await evening.cho.does("react", kind="clap")
    await evening.cho.does("sound.silent", on=True)
    for n in range(6):
        await ada.does("caption.say", text=f"Line {n}.", speaker=evening.id("Ada"))
    await evening.place.tick()
    await ada.does("room.pin", text="Questions until nine")
    await ada.does("room.unpin")
    await ada.does("room.set", reactions=False)
    await ada.does("room.pin", text="Thank you all")
    await evening.place.settle()


async def lines(evening: Evening) -> None:
    """A speaker's sound arrives worse and worse; the host sees it, the speaker reads it."""
    rooms, ben = evening.place.causerie.rooms, evening.id("Ben")
    await evening.ben.enter(sdp=OFFER)
    await evening.ada.does("stage.invite", person=ben)
    await evening.ben.does("stage.accept")
    peer = rooms.media.microphone_of(rooms.names["sparrows"], PersonId(ben))
    assert peer is not None
    for said, arrived in ((100, 100), (200, 195), (300, 290), (400, 350), (500, 410)):
        counted = {"said_expected": said, "said_arrived": arrived, "said_jitter_ms": 8, "round_trip_ms": 60}
        evening.place.engine.counted[peer.number] = counted
        await evening.place.tick(2 * SECOND)


async def roles(evening: Evening) -> None:
    """A speaker becomes co-host, a listener screener; both see the desk, and then not any more. Co-hosts may less."""
    ada, ben, cho = evening.ada, evening.ben, evening.cho
    await cho.does("hand.raise", note="I was there")
    await ada.does("stage.invite", person=evening.id("Ben"))
    await ben.does("stage.accept")
    await ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await cho.does("hand.lower")
    await ben.does("role.give", person=evening.id("Cho"), role="screener")
    await ben.does("question.ask", text="Who is next?")
    await evening.place.settle()
    await ada.does("role.take", person=evening.id("Cho"))
    await ben.does("role.take", person=evening.id("Ben"))
    await ada.does("role.give", person=evening.id("Cho"), role="cohost")
    await ada.does("role.give", person=evening.id("Ben"), role="may_lead")
    await ada.does("room.set", cohosts_without=["floor.pick", "room.end"])
    await ada.does("room.set", cohosts_without=["room.end"])


async def chair(evening: Evening) -> None:
    """The room is handed over, its new host is lost, a speaker takes the chair, and the host comes back to it."""
    ada, ben, clock = evening.ada, evening.ben, evening.place.clock
    dee, cookie = await evening.place.person("Dee")
    page = evening.place.page(cookie)
    await page.enter()
    await ada.does("stage.invite", person=evening.id("Ben"))
    await ben.does("stage.accept")
    await ada.does("role.give", person=evening.id("Ben"), role="may_lead")
    for person in (evening.id("Cho"), dee.id):
        await ada.does("room.hand_over", person=person)
    await page.does("host.decline")
    await ada.does("room.hand_over", person=dee.id)
    await page.does("host.accept")
    await page.does("room.hand_over", person=evening.id("Cho"))
    await ada.does("role.take", person=evening.id("Ada"))
    await page.leave()
    for minutes in (2, 8):
        clock.turn(minutes * 60 * SECOND)
        await evening.place.settle()
    await ben.does("chair.take")
    await evening.place.settle()
    await evening.place.page(cookie).enter()


async def safety(evening: Evening) -> None:
    """Somebody on stage is removed and comes back; another is banned, let in again, and banned for an hour."""
    ada, ben = evening.ada, evening.ben
    await ada.does("room.set", guests_speak=True)
    asked = (await ben.does("question.ask", text="May I stay?"))["made"]
    await ada.does("floor.pick", question=asked)
    await ben.does("stage.accept")
    for name in ("Dee", "Eve"):
        _, cookie = await evening.place.person(name, guest=True)
        page = evening.place.page(cookie)
        person = (await page.enter())["me"]["person"]
        await page.does("hand.raise")
        await evening.place.settle()
        if name == "Dee":
            await ada.does("stage.invite", person=person)
            await page.does("stage.accept")
            await ada.does("room.remove", person=person)
            await page.task
        else:
            given = [{"reason": "Shouts"}, {"hours": 1}, {"hours": 2}]
            for more in given:
                await ada.does("room.ban", person=person, **more)
    first, *_ = evening.place.state().safety.bans
    await ada.does("room.unban", ban=first)
    async with evening.place.browser(evening.cho.cookie) as browser:
        for about in ("room", "person"):
            said = {"about": about, "subject": evening.id("Ben"), "grounds": "insults", "note": "Shouts"}
            await browser.post("/api/v1/rooms/sparrows/reports", json=said)
    _, *waiting = evening.place.state().safety.reports
    await ada.does("report.done", report=waiting[0])
    evening.place.clock.turn(61 * 60 * SECOND)
    await evening.place.settle()


async def length(evening: Evening) -> None:
    """The room is given more time when it has nearly been as long as rooms are."""
    evening.place.clock.turn(6 * 3600 * SECOND - 600 * SECOND)
    await evening.place.settle()
    await evening.ada.does("room.extend", minutes=30)


async def doors(evening: Evening) -> None:
    """Somebody knocks at the locked room and comes in, others do not; raiders are sent out and one is let back in."""
    ada, clock, pages = evening.ada, evening.place.clock, []
    await ada.does("room.lock", on=True)
    for name in ("Dee", "Eve", "Fay"):
        person, cookie = await evening.place.person(name, guest=True)
        page = evening.place.page(cookie)
        await page.does("room.knock", room="sparrows", note=f"{name} here")
        pages.append((page, person.id))
    (dee, first), (_, second), (fay, _) = pages
    await ada.does("knock.answer", person=first, let_in=True)
    await ada.does("knock.answer", person=second, let_in=False)
    await fay.leave()
    await dee.enter()
    await ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await ada.does("room.lock", on=False)
    clock.turn(60 * 60 * SECOND)
    raiders = []
    for name in ("Gil", "Hal"):
        person, cookie = await evening.place.person(name, guest=True)
        raiders.append(person.id)
        await evening.place.page(cookie).enter()
    await ada.does("room.raid", minutes=5)
    await ada.does("raid.undo", person=raiders[0])
    await evening.place.settle()


async def links(evening: Evening) -> None:
    """A speaker link leads its first user to an invitation, and its second nowhere; hosts hear of it."""
    async with evening.place.browser(evening.ada.cookie) as browser:
        made = (await browser.post("/api/v1/rooms/sparrows/speaker-links", json={"name": "Ben"})).json()
    for page in (evening.ben, evening.cho):
        async with evening.place.browser(page.cookie) as browser:
            await browser.post("/api/v1/speaker-links/" + made["url"].rsplit("/", 1)[1], json={})
    await evening.ben.does("stage.accept")


async def named(evening: Evening) -> None:
    """A visitor takes a name and asks; another page of theirs hears it too."""
    second = evening.place.page(evening.visitor.cookie)
    await second.enter()
    async with evening.place.browser(evening.visitor.cookie) as browser:
        answer = await browser.post("/api/v1/guests", json={"name": "Eve"})
        evening.visitor.cookie += "; " + answer.headers["set-cookie"].split(";")[0]
    await evening.visitor.does("question.ask", text="Was I heard before?")
    await evening.place.settle()


async def recording(evening: Evening) -> None:
    """Asked, agreed, left out; a disk in trouble; a pause; a yes taken back; stopped, though it was planned."""
    ada, ben, cho, place = evening.ada, evening.ben, evening.cho, evening.place
    await ada.does("stage.invite", person=evening.id("Ben"))
    await ben.does("stage.accept")
    await ada.does("room.set", record_from_start=True)
    await ada.does("recording.start")
    await ada.does("recording.consent", keep=True, words=WORDS)
    await ben.does("recording.consent", keep=False, words=WORDS)
    await ada.does("stage.invite", person=evening.id("Cho"))
    await cho.does("stage.accept", part={"keep": True, "words": WORDS})
    for place.engine.trouble in ("full", None):
        await place.tick(SECOND)
        await place.tick(SECOND)
    await ada.does("recording.pause")
    place.clock.turn(10 * SECOND)
    await ada.does("recording.resume")
    await cho.does("recording.withdraw")
    await ben.does("recording.consent", keep=True, words=WORDS)
    await ben.does("stage.step_down")
    await ada.does("recording.stop")
    await place.settle()


async def catching_up(evening: Evening) -> None:
    """Two answers can be heard again; both are made anew when somebody leaves the recording, one is opened again."""
    ada, ben, place = evening.ada, evening.ben, evening.place
    await ada.does("stage.invite", person=evening.id("Ben"))
    await ben.does("stage.accept")
    await ada.does("recording.start")
    for page in (ada, ben):
        await page.does("recording.consent", keep=True, words=WORDS)
    began, asked = place.clock.now(), list[str]()
    for text in ("Why do sparrows bathe in dust?", "And in snow?"):
        asked.append((await evening.cho.does("question.ask", text=text, myself=False))["made"])
        await ada.does("floor.pick", question=asked[-1])
        place.clock.turn(11 * SECOND)
        await ada.does("floor.answered", question=asked[-1])

    async def heard(*questions: str) -> None:
        live = place.state()
        found = stretches(live, {take: [(began, None)] for take in live.recording.takes})
        there = {one.question: one.made for one in found if one.question in questions}
        await place.causerie.rooms.act(live.room.id, partial(recordings.catch_up, there=there))

    await heard(asked[1])
    await heard(*asked)
    await ben.does("recording.withdraw")
    await heard(*asked)
    await ada.does("question.reopen", question=asked[1])
    await place.settle()


SCENES: dict[str, Callable[[Evening], Awaitable[None]]] = {
    "questions": questions,
    "dumping": dumping,
    "moderation": moderation,
    "stage": stage,
    "silence": silence,
    "full": full,
    "deck": deck,
    "backstage": backstage,
    "end": end,
    "settings": settings,
    "audience": audience,
    "lines": lines,
    "roles": roles,
    "chair": chair,
    "safety": safety,
    "length": length,
    "links": links,
    "doors": doors,
    "named": named,
    "recording": recording,
    "catching_up": catching_up,
}


async def transcript(scene: str, folder: Path) -> dict[str, Any]:
    """One scene as each viewer was told it."""
    ids, secrets = itertools.count(1), itertools.count(1)
    with (
        patch("causerie.ids.ULID", lambda: f"{next(ids):026}"),
        patch("secrets.token_urlsafe", lambda size: f"{next(secrets):0{size}}"),
    ):
        async with opened(folder) as place:
            evening = await evening_in(place)
            pages: dict[str, Page] = {viewer: getattr(evening, name) for viewer, name in VIEWERS.items()}
            before = {viewer: await page.enter() for viewer, page in pages.items()}
            told = {viewer: len(page.frames) for viewer, page in pages.items()}
            await SCENES[scene](evening)
            await place.settle()
            frames = {viewer: _heard(page.frames[told[viewer] :]) for viewer, page in pages.items()}
            after = {viewer: await place.page(page.cookie).enter() for viewer, page in pages.items()}
    return {
        viewer: {"viewer": viewer, "before": before[viewer], "frames": frames[viewer], "after": after[viewer]}
        for viewer in VIEWERS
    }


def _heard(frames: list[Frame]) -> list[Frame]:
    """What a page folds; what became of its own commands is for the command."""
    return [frame for frame in frames if frame["type"] in HEARD]


def transcripts() -> dict[str, str]:
    """Every file that belongs in the folder, by its name."""
    files = {}
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as folder:
            told = asyncio.run(transcript(scene, Path(folder)))
        for viewer, heard in told.items():
            files[f"{scene}-{viewer}.json"] = json.dumps(heard, indent=1, ensure_ascii=False) + "\n"
    return files


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, text in transcripts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
