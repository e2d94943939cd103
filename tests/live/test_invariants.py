"""The watch over the invariants bites: a place in which one of them is broken fails its test, and says which."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from causerie.accounts.people import Person
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live.hub import Hub
from causerie.live.recorder import Recorder
from causerie.media import Media
from causerie.recordings.words import WORDS
from causerie.rooms import events as rooms
from causerie.rooms.roles import Leader
from causerie.safety.comers import Comer
from causerie.stage import events as stage
from causerie.stage import silence, store
from tests.live.conftest import Evening, evening_in
from tests.place import opened
from tests.served import entered, opening, served
from tests.sound_on_paper import OFFER

Breaking = Callable[[Evening, pytest.MonkeyPatch], Awaitable[None]]


async def speaks(evening: Evening) -> None:
    """Ben is on stage, heard."""
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")


async def emitted(evening: Evening, *events: object) -> None:
    """Something comes about that nobody did, and that nobody wrote."""
    live = evening.place.state()

    async def turn(tx: Any, _: object) -> None:
        tx.emit(*events)

    await evening.place.causerie.rooms.act(live.room.id, turn)


async def a_ghost_hears(evening: Evening, _: pytest.MonkeyPatch) -> None:
    await evening.ben.does("media.offer", sdp=OFFER)
    hub = next(iter(evening.place.causerie.rooms.hubs.values()))
    hub.pages.discard(hub.pages_of(PersonId(evening.id("Ben")))[0])


async def one_door_decides_otherwise(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("causerie.web.sound.at_door", _of_a_stranger)
    await evening.ada.does("room.lock", on=True)


async def _of_a_stranger(_: object) -> Comer:
    return Comer()


async def who_is_banned_stays(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evening.place.causerie.rooms, "shut_out", lambda *_: None)
    await evening.ada.does("room.ban", person=evening.id("Ben"), reason="noise", hours=None, network=False)


async def somebody_acts_as_another(evening: Evening, _: pytest.MonkeyPatch) -> None:
    pages = {page.person.name: page for page in evening.place.causerie.gateway.pages}
    pages["Ben"].person = pages["Ada"].person


async def told_and_not_written(evening: Evening, _: pytest.MonkeyPatch) -> None:
    await emitted(evening, stage.HandRaised(PersonId(evening.id("Ben")), "Ben", None, 1))


async def a_command_breaks(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "number", lambda *_: 1 // 0)
    await evening.ben.does("media.offer", sdp=OFFER)
    monkeypatch.undo()


async def a_host_unmutes(evening: Evening, _: pytest.MonkeyPatch) -> None:
    await speaks(evening)
    await evening.ben.does("microphone.mute")
    await emitted(evening, stage.SpeakerUnmuted(PersonId(evening.id("Ben"))))


async def sound_is_kept(evening: Evening, _: pytest.MonkeyPatch) -> None:
    (evening.place.causerie.settings.data / "take.opus").write_bytes(b"!")


async def somebody_is_recorded_without_a_yes(evening: Evening, _: pytest.MonkeyPatch) -> None:
    await speaks(evening)
    await evening.ada.does("recording.start")
    rooms_ = evening.place.causerie.rooms
    rooms_.media.record(rooms_.names["sparrows"], evening.id("Ben"), 1)
    await evening.ben.does("microphone.mute")


async def who_paused_is_recorded_on(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    await speaks(evening)
    await evening.ada.does("recording.start")
    await evening.ben.does("recording.consent", keep=True, words=WORDS)
    monkeypatch.setattr(Recorder, "close", lambda *_: None)
    monkeypatch.setattr(Recorder, "_silence", lambda *_: None)
    await evening.ada.does("recording.pause")


async def who_is_muted_sounds_on(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    await speaks(evening)
    monkeypatch.setattr(Media, "shut", lambda *_: None)
    await evening.ada.does("stage.mute", person=evening.id("Ben"))


async def a_listener_leads_by_itself(evening: Evening, _: pytest.MonkeyPatch) -> None:
    await emitted(evening, rooms.HostChanged(Leader(PersonId(evening.id("Ben")), "Ben"), "lost"))


async def somebody_is_not_counted(_: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "listeners", lambda *_: 0)


async def a_power_is_used_in_silence(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hushed(tx: Any, live: LiveRoom, by: Person, *, on: bool) -> None:
        await store.store(tx, live.room.id, silence.hush(live.stage, by=by.id, on=on))

    monkeypatch.setattr(actions, "hush", hushed)
    await evening.ada.does("stage.hush", on=True)


@pytest.mark.parametrize(
    ("invariant", "breaking"),
    [
        ("I1", a_ghost_hears),
        ("I2", one_door_decides_otherwise),
        ("I3", who_is_banned_stays),
        ("I4", somebody_acts_as_another),
        ("I5", told_and_not_written),
        ("I6", a_command_breaks),
        ("I7", a_host_unmutes),
        ("I8", sound_is_kept),
        ("I8", somebody_is_recorded_without_a_yes),
        ("I8", who_paused_is_recorded_on),
        ("I9", who_is_muted_sounds_on),
        ("I10", a_listener_leads_by_itself),
        ("I11", somebody_is_not_counted),
        ("I12", a_power_is_used_in_silence),
    ],
)
async def test_a_broken_invariant_is_noticed(tmp_path: Path, invariant: str, breaking: Breaking):
    with pytest.raises(AssertionError, match=rf"\b{invariant}:"):
        await story_with(breaking, tmp_path / "data")


async def story_with(breaking: Breaking, data: Path) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        async with opened(data) as place:
            await breaking(await evening_in(place), monkeypatch)


async def test_it_bites_behind_the_real_server_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(AssertionError, match="I11: somebody who is here is not counted"):
        await miscounted(tmp_path / "data", monkeypatch)


async def miscounted(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada goes live and away, and seven are said to listen."""
    async with served(data) as (place, port):
        ada, cookie = await place.person("Ada", may_open_rooms=True)
        await place.room(ada)
        async with opening(port, cookie) as page:
            await entered(page)
            await page.send('{"do": "room.start", "id": "start"}')
            while '"id":"start"' not in str(await asyncio.wait_for(page.recv(), 10)):
                pass
        monkeypatch.setattr(Hub, "listeners", lambda *_: 7)
