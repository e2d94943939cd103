"""An answer for who came later is made of those who speak in it, on one clock, as loud as a copy."""

from dataclasses import replace
from pathlib import Path

import pytest

from causerie.copies.catch_up_child import main
from causerie.copies.catch_up_making import made
from causerie.copies.errors import ClipSilent
from causerie.copies.files import CATCH_UP, files_in
from causerie.copies.left_out import together
from causerie.copies.plan import Plan, Speaker
from causerie.copies.timeline import RATE
from causerie.recordings.files import log_of
from tests.copies.evening import ADA, BEN, CLEO, moment, part, plan, sound_of, voices
from tests.copies.held import VOICES, speak, spoken, turn
from tests.copies.logs import Talk, log
from tests.live.conftest import evening_in
from tests.place import opened


def answer(folder: Path, **more: object) -> Plan:
    """From the second second to the seventh: Ada speaks, then both, then nothing is recorded for a second."""
    said = {"Ada": [Talk(0, 7, ADA)], "Ben": [Talk(3, 4, BEN)], "Cleo": [Talk(9, 1, CLEO)]}
    speakers = tuple(Speaker(f"p-{name}", name, log(folder / f"{name}.take", talks)) for name, talks in said.items())
    whole = replace(plan("Who?"), begins=moment(1), ends=moment(7), speakers=speakers, hidden=(part(5, 6),))
    return replace(whole, **more)


def test_it_holds_what_was_said_from_begin_to_end_and_leaves_nothing_else(tmp_path: Path):
    made(answer(tmp_path), tmp_path / "made", lambda _part, _share: None)

    sound = sound_of(tmp_path / "made" / CATCH_UP)
    assert files_in(tmp_path / "made") == [Path(CATCH_UP)]
    assert len(sound) == pytest.approx(5 * RATE, abs=2048)
    assert [voices(sound, *when) for when in ((0.2, 1.8), (2.2, 3.8), (4.2, 4.8))] == [{ADA}, {ADA, BEN}, {ADA, BEN}]


def test_where_nobody_is_heard_there_is_none(tmp_path: Path):
    _, _, cleo = answer(tmp_path).speakers

    with pytest.raises(ClipSilent):
        made(answer(tmp_path, speakers=(cleo,)), tmp_path / "made", lambda _part, _share: None)

    assert files_in(tmp_path / "made") == []


def test_it_is_made_by_a_process_of_low_priority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told = list[object]()
    monkeypatch.setattr("causerie.copies.catch_up_child.answered", lambda make: told.append(make) or 0)

    assert (main([str(tmp_path / "plan.json"), str(tmp_path)]), len(told)) == (0, 1)


async def test_from_the_logs_of_a_room_that_goes_on_to_what_is_heard(tmp_path: Path):
    async with opened(tmp_path / "data") as place:
        evening = await evening_in(place)
        await speak(evening)
        began = place.clock.now()
        question = (await evening.cho.does("question.ask", text="Who speaks?", myself=False))["made"]
        await evening.ada.does("floor.pick", question=question)
        await turn(place, 6)
        await evening.ada.does("floor.answered", question=question)
        (take,) = place.state().recording.takes.values()
        for track in take.tracks.values():
            spoken(log_of(place.causerie.settings.data, take.id, track.id), began, VOICES[track.name])
        await turn(place, 11)
        for _ in range(2):
            await place.causerie.catch_up.sweep()
        (file,) = (tmp_path / "data" / "files" / "catch-up").rglob("*.m4a")
        sound = sound_of(file)

    assert [voices(sound, *when) for when in ((0.2, 4.8), (5.2, 5.8))] == [{ADA}, {ADA, BEN}]
    assert "catch_up.changed" in evening.visitor.events("room")


def test_two_at_once_on_stage_are_one_time():
    assert [together(spans) for spans in ([], [(0, 5), (3, 8)], [(10, 12), (0, 5)], [(0, 9), (2, 3)])] == [0, 8, 7, 9]
