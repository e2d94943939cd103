"""Answers that were given after the room: behind its last chapter, in every file, and nowhere in the room itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from causerie.copies import changes
from causerie.copies.changes import Stands
from causerie.copies.chapters import placed
from causerie.copies.contents import Contents, Kept
from causerie.copies.edits import Edits
from causerie.copies.errors import ChapterFirst, ChapterPlace, LaterLength
from causerie.copies.later import joined, plain
from causerie.copies.outline import MILLISECOND, Evening
from causerie.copies.plan import Plan, Range, read, written
from causerie.copies.sound import Lossless
from causerie.copies.state import Answer
from causerie.copies.tapes import Tape
from causerie.copies.timeline import RATE, timeline
from tests.copies.conftest import copy_of
from tests.copies.evening import ADA, BEN, CLEO, evening, moment, sound_of, voices
from tests.copies.logs import Talk, voice

NOON = moment(0) // MILLISECOND


def answer(id: str, begins: float, ends: float, **more: object) -> Answer:
    """Given by Ada, so many seconds after the beginning on the room's clock."""
    fields = {"sound": f"{id}.flac" if ends > begins else None, "person": "p-ada", "who": "Ada", **more}
    at = (NOON + round(begins * 1000), NOON + round(ends * 1000))
    return Answer(id, f"name-{id}", "copy", "later", f"q-{id}", None, f"Title {id}", *at, **fields)  # type: ignore[arg-type]  # as the row has them


def with_later(plan: Plan, *answers: Answer, folder: Path = Path()) -> Plan:
    return joined(plan, answers, lambda one: folder / (one.sound or ""), lambda one: ("Nour", f"Words of {one.id}?"))


def said(path: Path, hz: float, seconds: float) -> None:
    with Lossless(path) as file:
        file.add(voice(Talk(0, seconds, hz, -26)))


def test_a_later_answer_is_heard_behind_the_evening(tmp_path: Path):
    said(tmp_path / "one.flac", CLEO, 3)
    whole = with_later(evening(tmp_path), answer("one", 60, 63), folder=tmp_path)

    made = copy_of(whole, tmp_path / "copy")

    for name in ("sound/room.mp3", "sound/room.m4a", "video/room.mp4"):
        sound = sound_of(made.folder / name)
        assert len(sound) / RATE == pytest.approx(23, abs=0.06), name
        assert [voices(sound, *when) for when in ((15, 18.5), (20.3, 22.7))] == [{ADA}, {CLEO}], name
    track = sound_of(made.folder / "sound/speakers/01.flac")
    assert [voices(track, *when) for when in ((1, 7), (20.3, 22.7))] == [{ADA}, {CLEO}], (
        "Ada's track is hers, later too"
    )
    assert voices(sound_of(made.folder / "answers/03.mp3"), 0.3, 2.7) == {CLEO}
    assert "Title one" in (made.folder / "words/chapters.json").read_text()


def test_a_written_answer_takes_no_time_and_has_its_card(tmp_path: Path):
    whole = with_later(evening(tmp_path), answer("one", 60, 60, text="By law."), folder=tmp_path)

    made = copy_of(replace(whole, speakers=()), tmp_path / "copy")

    assert len(sound_of(made.folder / "sound/room.mp3")) / RATE == pytest.approx(20, abs=0.06)
    assert (made.folder / "answers/03.png").exists()
    assert not (made.folder / "answers/03.mp3").exists()
    assert "Title one" not in (made.folder / "words/chapters.json").read_text()


def test_what_lies_between_is_cut_out(tmp_path: Path):
    whole = with_later(
        evening(tmp_path), answer("two", 100, 104), answer("one", 60, 63), answer("no", 80, 90, hidden=True)
    )

    assert (whole.hidden, whole.ends) == (
        (Range(moment(20), moment(60)), Range(moment(63), moment(100))),
        moment(104),
    )
    assert timeline(whole).seconds == 27
    chapters = [(one.id, one.begins, one.ends) for one in placed(whole, timeline(whole), [])]
    assert chapters == [(None, 0, 13.2), (None, 13.2, 20), ("one", 20, 23), ("two", 23, 27)]


def test_a_trimmed_evening_keeps_its_later_answers(tmp_path: Path):
    trimmed = replace(evening(tmp_path), ends=moment(10))

    whole = with_later(trimmed, answer("one", 60, 63))

    chapters = [(one.id, one.begins, one.ends) for one in placed(whole, timeline(whole), [])]
    assert chapters == [(None, 0, 10), ("one", 10, 13)], "what was trimmed has gone with its chapter"


def test_who_never_spoke_in_the_room_comes_behind_the_others(tmp_path: Path):
    whole = with_later(evening(tmp_path), answer("one", 60, 63, person="p-dee", who="Dee"))

    assert [one.name for one in whole.speakers] == ["Ada", "Ben", "Cleo", "Dee"]
    assert [len(one.later) for one in whole.speakers] == [0, 0, 0, 1]
    assert not whole.speakers[-1].log.exists()
    assert read(written(whole)) == whole


def test_a_tape_waits_for_its_moment(tmp_path: Path):
    said(tmp_path / "one.flac", BEN, 1)
    (speaker,) = [
        one for one in with_later(evening(tmp_path), answer("one", 60, 61), folder=tmp_path).speakers if one.later
    ]
    tape = Tape(speaker.later[0])

    playing = tape.sound(moment(59.5))
    heard = np.concatenate([np.frombuffer(playing.read(RATE // 4), np.float32) for _ in range(8)])

    assert [voices(heard, *when) for when in ((0, 0.5), (0.6, 1.4), (1.5, 2))] == [set(), {BEN}, set()]
    assert tape.spans() == [(moment(60), moment(61))]


def test_a_host_trims_the_evening_and_not_what_was_said_after_it():
    kept = (Kept(NOON, NOON + 18_000, 0), Kept(NOON + 60_000, NOON + 63_000, 18_000))
    last = answer("one", 60, 63)
    stands = Stands(Edits(trim_ends=NOON + 18_000), (last,), Contents(21_000, kept=kept), Evening(NOON, NOON + 20_000))

    ends = [changes.trim(stands, 0, at).trim_ends for at in (10_000, 19_500, 21_000, 23_000)]

    assert [end and end - NOON for end in ends] == [10_000, None, 18_000, None], "two seconds were trimmed before"
    with pytest.raises(ChapterPlace):
        changes.move(stands, "one", 5_000)
    with pytest.raises(ChapterFirst):
        changes.join(stands, "one")


@pytest.mark.parametrize("bad", ["", "  \n ", "\u0007", "a" * 5001])
def test_an_answer_has_one_to_five_thousand_characters(bad: str):
    with pytest.raises(LaterLength):
        plain(bad)


def test_lines_stay_lines_and_nothing_steers_a_screen():
    assert plain("  By\tlaw.\x07 \r\n\r\n\n Not  by   might. ") == "By law.\nNot by might."
    assert len(plain("a" * 5000)) == 5000
