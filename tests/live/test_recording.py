"""Recording through the real doors: who is written at the media core, and what each is told."""

from pathlib import Path
from typing import Any

import pytest

from causerie.accounts.actions import mark_minor
from causerie.clock import MINUTE, SECOND
from causerie.recordings import queries
from causerie.recordings.words import WORDS
from tests.live.conftest import Evening, evening_in
from tests.live.page import comparable, folded
from tests.outages import back, locked
from tests.place import Page, opened
from tests.sound_on_paper import OFFER

KEEP, LEAVE_OUT = {"keep": True, "words": WORDS}, {"keep": False, "words": WORDS}


async def speaks(evening: Evening, page: Page, name: str, **more: Any) -> int:
    """Somebody comes on stage and is heard; gives their speaker number."""
    told = await page.enter(sdp=OFFER)
    if page is evening.ada:
        await page.does("microphone.unmute")
    else:
        await evening.ada.does("stage.invite", person=evening.id(name))
        await page.does("stage.accept", **more)
    return told["me"]["number"]


def recorded(evening: Evening) -> set[int]:
    """The speaker numbers that are being written."""
    return evening.place.engine.numbers(evening.place.engine.recorded.keys())


async def sign(evening: Evening) -> str:
    """What everybody is shown."""
    return (await evening.visitor.enter())["room"]["recording"]["state"]


async def both_agree(evening: Evening) -> tuple[int, int]:
    """Ada and Ben are recorded."""
    numbers = await speaks(evening, evening.ada, "Ada"), await speaks(evening, evening.ben, "Ben")
    await evening.ada.does("recording.start")
    for page in (evening.ada, evening.ben):
        assert (await page.does("recording.consent", **KEEP))["type"] == "ack"
    assert recorded(evening) == set(numbers)
    return numbers


async def test_not_a_byte_before_the_yes_and_each_of_their_own(evening: Evening):
    await speaks(evening, evening.ada, "Ada")
    ben = await speaks(evening, evening.ben, "Ben")

    await evening.ada.does("recording.start")
    asked = recorded(evening), await sign(evening), (await evening.ben.enter())["me"]["recording"]
    await evening.ben.enter(sdp=OFFER)
    await evening.ben.does("microphone.unmute")
    await evening.ada.does("recording.consent", **LEAVE_OUT)
    nobody = recorded(evening), await sign(evening)
    await evening.ben.does("recording.consent", **KEEP)

    assert asked == (set(), "requested", {"asked": True, "answer": None})
    assert nobody == (set(), "requested")
    assert (recorded(evening), await sign(evening)) == ({ben}, "recording")


@pytest.mark.parametrize(("part", "kept"), [(KEEP, True), (LEAVE_OUT, False), (None, False)])
async def test_coming_up_by_two_equal_buttons(evening: Evening, part: dict[str, Any] | None, kept: bool):
    await speaks(evening, evening.ada, "Ada")
    await evening.ada.does("recording.start")
    ben = await speaks(evening, evening.ben, "Ben", part=part)

    assert ben in evening.place.engine.heard
    assert recorded(evening) == ({ben} if kept else set())


async def test_the_desk_alone_sees_who_is_left_out(evening: Evening):
    await both_agree(evening)
    await speaks(evening, evening.cho, "Cho", part=LEAVE_OUT)

    desk = (await evening.ada.enter())["desk"]
    others = [await page.enter() for page in (evening.ben, evening.visitor)]

    assert desk["left_out"] == [{"person": evening.id("Cho"), "name": "Cho", "answer": "left_out"}]
    assert [told["desk"] for told in others] == [None, None]
    assert "left_out" not in str([frame for frame in evening.visitor.frames if frame["type"] == "events"])


@pytest.mark.parametrize("do", ["recording.pause", "recording.stop", "room.end"])
async def test_what_closes_is_closed_before_anybody_is_told(evening: Evening, do: str):
    await both_agree(evening)
    at_the_sign: list[set[int]] = []
    hear = evening.place.engine.record

    def heard(peer: int, track: int | None) -> None:
        hear(peer, track)
        at_the_sign.append({n for n, frame in enumerate(evening.visitor.frames) if "recording.changed" in str(frame)})

    evening.place.engine.record = heard
    before = {n for n, frame in enumerate(evening.visitor.frames) if "recording.changed" in str(frame)}
    await evening.ada.does(do)

    assert (recorded(evening), at_the_sign) == (set(), [before, before])


async def test_a_pause_goes_on_with_the_same_logs(evening: Evening):
    numbers = await both_agree(evening)
    logs = dict(evening.place.engine.logs)

    await evening.ada.does("recording.pause")
    paused = recorded(evening), await sign(evening)
    await evening.ada.does("recording.resume")

    assert paused == (set(), "paused")
    assert (recorded(evening), evening.place.engine.logs) == (set(numbers), logs)


async def test_a_yes_taken_back_works_at_once_and_the_log_goes(evening: Evening):
    ada, ben = await both_agree(evening)
    data = evening.place.causerie.settings.data
    log = next(path for path in evening.place.engine.logs.values() if track_of(evening, "Ben") in path)
    lies(log)

    await evening.ben.does("recording.withdraw")
    at_once = recorded(evening), log in evening.place.engine.logs.values()
    await gone(evening)

    assert at_once == ({ada}, False)
    assert list((data / "recordings").rglob("*.take")) == []
    assert (await evening.ben.enter())["me"]["recording"] == {"asked": False, "answer": "withdrawn"}
    assert ben not in recorded(evening)


def lies(log: str) -> None:
    """What the core would have written by now."""
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    Path(log).write_bytes(b"what Ben said")


def track_of(evening: Evening, name: str) -> str:
    return evening.place.state().recorded[evening.people[name].id].id


async def gone(evening: Evening) -> None:
    """Until what was withdrawn is off the disk, and that is written."""
    for _ in range(20):
        await evening.place.tick(SECOND)
        await evening.place.causerie.rooms.recorder.files.stop()
        take = evening.place.state().recording.take
        if take is not None and all(track.erased for track in take.tracks.values() if track.withdrawn):
            return
    raise AssertionError("the log stays")


async def test_it_can_be_taken_back_when_the_room_is_over(evening: Evening):
    await both_agree(evening)
    await evening.ada.does("room.end")
    await evening.place.tick(SECOND)

    told = await evening.ben.does("recording.withdraw")
    await gone(evening)

    assert told["type"] == "ack"
    async with evening.place.causerie.database.read() as connection:
        [take] = await queries.takes_to_copy(connection)
        kept = await queries.kept_tracks(connection, evening.place.causerie.settings.data, take.id)
    assert [track.name for track in kept] == ["Ada"]


async def test_stepping_down_muting_and_coming_back(evening: Evening):
    ada, ben = await both_agree(evening)

    await evening.ben.does("stage.step_down")
    down = recorded(evening)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")

    assert (down, recorded(evening)) == ({ada}, {ada, ben})


async def test_a_planned_recording_begins_with_the_room_and_the_desk_says_when_it_does_not_run(evening: Evening):
    place = evening.place
    await place.room(evening.people["Ada"], title="Swifts", record_from_start=True)
    page = place.page(evening.ada.cookie)
    before = await page.enter("swifts")
    await page.does("room.start")
    asked = await page.enter("swifts")
    await page.does("recording.consent", **KEEP)
    runs = await page.enter("swifts")
    await page.does("recording.pause")
    paused = await page.enter("swifts")

    seen = [
        (told["room"]["recording"]["state"], told["desk"]["recording_missing"])
        for told in (before, asked, runs, paused)
    ]
    assert seen == [("off", False), ("requested", True), ("recording", False), ("paused", True)]


async def test_on_condition_there_is_no_seat_without_a_yes(evening: Evening):
    await evening.ada.does("room.set", recording="condition")
    await speaks(evening, evening.ada, "Ada")
    await evening.ada.does("recording.start")
    await evening.ada.does("recording.consent", **KEEP)
    await evening.ben.enter(sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))

    refused = [(await evening.ben.does("stage.accept", part=part))["code"] for part in (None, LEAVE_OUT)]
    told = await evening.ben.does("stage.accept", part=KEEP)

    assert (refused, told["type"]) == (["recording.yes_needed"] * 2, "ack")
    assert evening.id("Ben") in recorded_people(evening)


def recorded_people(evening: Evening) -> set[str]:
    return set(evening.place.state().recorded)


async def test_the_rule_is_another_only_when_nothing_is_recorded(evening: Evening):
    await both_agree(evening)

    refused = await evening.ada.does("room.set", recording="condition")
    await evening.ada.does("recording.stop")
    changed = await evening.ada.does("room.set", recording="condition")

    assert (refused["code"], changed["type"]) == ("recording.stop_first", "ack")


async def test_a_minor_is_not_asked_and_not_recorded(evening: Evening):
    await evening.place.causerie.database.write(lambda tx: mark_minor(tx, evening.people["Ben"].id, minor=True))
    await both_of_them(evening)
    page = evening.place.page(evening.ben.cookie)
    await page.enter()

    told = await page.does("recording.consent", **KEEP)

    assert told["code"] == "recording.never"
    assert (await page.enter())["me"]["recording"] == {"asked": False, "answer": None}
    assert (await evening.ada.enter())["desk"]["left_out"][0]["answer"] == "left_out"
    assert evening.id("Ben") not in recorded_people(evening)


async def both_of_them(evening: Evening) -> None:
    """Ada is recorded, Ben is on stage beside her."""
    await speaks(evening, evening.ada, "Ada")
    await speaks(evening, evening.ben, "Ben")
    await evening.ada.does("recording.start")
    await evening.ada.does("recording.consent", **KEEP)


async def test_hosts_hear_of_a_disk_in_trouble_and_the_talk_goes_on(evening: Evening):
    await both_agree(evening)
    heard = set(evening.place.engine.heard)
    before, frames = await evening.ada.enter(), len(evening.ada.frames)

    told = []
    for evening.place.engine.trouble in ("full", "slow", "read_only", "broken", None):
        await evening.place.tick(SECOND)
        await evening.place.tick(SECOND)
        told.append((await evening.ada.enter())["desk"]["recording_trouble"])

    assert told == ["full", "slow", "read_only", "broken", None]
    assert evening.ada.events("desk").count("recording.trouble") == 5
    assert "recording.trouble" not in evening.ben.events("room", "me", "desk")
    assert evening.place.engine.heard == heard
    assert comparable(folded(before, evening.ada.frames[frames:])) == comparable(await evening.ada.enter())


async def test_host_gone_nobody_leads_it_pauses_until_somebody_does(evening: Evening):
    ada, ben = await both_agree(evening)

    await evening.ada.leave()
    await evening.place.tick(2 * MINUTE)
    await evening.place.tick(SECOND)
    alone = recorded(evening), await sign(evening)
    page = evening.place.page(evening.ada.cookie)
    await page.enter()

    assert alone == (set(), "paused")
    assert (recorded(evening) - {ada}, await sign(evening)) == ({ben}, "recording")


async def test_a_cohost_ends_the_room_and_the_take_waits_for_its_copy(evening: Evening):
    await both_agree(evening)
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ada.leave()

    await evening.ben.does("room.end")
    await evening.place.tick(SECOND)
    await evening.place.tick(SECOND)

    async with evening.place.causerie.database.read() as connection:
        takes = await queries.takes_to_copy(connection)
    assert len(takes) == 1
    assert evening.place.engine.logs == {}


async def test_what_is_refused_leaves_everybody_recorded(evening: Evening):
    numbers = await both_agree(evening)

    refused = [(await evening.ben.does(do))["code"] for do in ("recording.pause", "recording.stop")]

    assert (refused, recorded(evening)) == (["room.may_not"] * 2, set(numbers))


async def test_nobody_is_written_again_while_it_is_being_decided(evening: Evening):
    ada, ben = await both_agree(evening)
    rooms = evening.place.causerie.rooms
    key = rooms.names["sparrows"]

    with rooms.recorder.silent(key, [evening.people["Ben"].id]):
        await evening.cho.does("question.ask", text="Does this turn begin it again?")
        rooms.record(key)
        meanwhile = recorded(evening)
    rooms.record(key)

    assert (meanwhile, recorded(evening)) == ({ada}, {ada, ben})


async def test_while_the_database_is_away_it_is_stopped_and_that_is_kept(evening: Evening):
    await both_agree(evening)
    database = evening.place.causerie.database
    async with locked(database):
        told = await evening.ada.does("recording.stop")
        at_once = recorded(evening)
    await back(database)
    await evening.place.tick(SECOND)
    await evening.place.tick(SECOND)

    assert (told["type"], at_once, evening.place.state().recording.take.state) == ("ack", set(), "processing")


async def test_after_a_restart_it_goes_on_as_the_next_part(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await both_agree(evening)
        logs = sorted(place.engine.logs.values())
        cookies = evening.ada.cookie, evening.ben.cookie

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            await again.causerie.rooms.ticks.stop()
            silent = dict(again.engine.recorded)
            await again.tick(SECOND)
            await again.tick(SECOND)
            pages = [again.page(cookie) for cookie in cookies]
            for page in pages:
                await page.enter(sdp=OFFER)
                await page.does("microphone.unmute")

            take = again.state().recording.take
            assert (silent, take.state, take.part) == ({}, "recording", 2)
            assert len(again.engine.recorded) == 2
            assert sorted(again.engine.logs.values()) == logs


async def test_what_was_stopped_when_the_program_ended_is_finished(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await both_agree(evening)
        await evening.ada.does("room.end")

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            await again.causerie.rooms.ticks.stop()
            await again.tick(SECOND)
            async with again.causerie.database.read() as connection:
                takes = await queries.takes_to_copy(connection)
            await again.tick(SECOND)

            assert len(takes) == 1
            assert again.causerie.rooms.hubs == {}


async def test_the_door_says_it_before_one_is_in(evening: Evening):
    async with evening.place.browser() as browser:
        before = (await browser.get("/api/v1/rooms/sparrows")).json()
        await evening.ada.does("recording.start")
        after = (await browser.get("/api/v1/rooms/sparrows")).json()

    said = [(card["recording"], card["record_from_start"], card["recorded_now"]) for card in (before, after)]
    assert said == [("each", False, False), ("each", False, True)]
