"""Logs as a bad evening leaves them: torn, empty, of another version, with times that leap, fifty of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from causerie._engine import GATE_STAGE, Engine, Track
from causerie.copies.errors import TakeUnreadable
from causerie.copies.loudness import SILENCE
from causerie.copies.mixing import mixed
from causerie.copies.plan import Plan, Speaker
from causerie.copies.speakers import Heard, spoken, voiced
from causerie.copies.timeline import RATE, SECOND, timeline
from tests.copies.evening import ADA, evening, moment, part, plan, sound_of, strength, voices
from tests.copies.logs import HEAD, NIGHT, Talk, log
from tests.media.engine_people import tone_file


def heard(log: Path, to: Path, *, hidden: Sequence[tuple[float, float]] = (), seconds: float = 6) -> Heard:
    """One speaker's file of a short evening."""
    room = replace(plan(seconds=seconds), hidden=tuple(part(*one) for one in hidden))
    return spoken(Speaker("p", "Ada", log), timeline(room), to, {}, lambda _: None)


async def test_what_the_engine_recorded_is_in_the_copy(tmp_path: Path):
    path = tmp_path / "1.take"
    engine = Engine(bind="127.0.0.1", port=0, advertise=[], workers=1)
    try:
        engine.play(peer=1, room=1, speaker=1, path=str(tone_file(tmp_path / "ada.opus", ADA)), loop=True)
        engine.gate(1, GATE_STAGE)
        engine.open_track(1, str(path))
        engine.record(1, 1)
        await asyncio.sleep(1.5)
    finally:
        engine.stop()
    came = Track(str(path)).came
    assert came is not None

    room = replace(plan(), begins=came[0], ends=came[0] + SECOND)
    spoken(Speaker("p", "Ada", path), timeline(room), tmp_path / "a.flac", {}, lambda _: None)

    sound = sound_of(tmp_path / "a.flac")
    assert (len(sound), voices(sound, 0.1, 0.9)) == (RATE, {ADA})


def test_a_torn_log_is_what_was_whole(tmp_path: Path):
    whole = log(tmp_path / "1.take", [Talk(0, 4, ADA)]).read_bytes()
    (tmp_path / "2.take").write_bytes(whole[: len(whole) // 2])

    came = heard(tmp_path / "2.take", tmp_path / "a.flac")

    sound = sound_of(tmp_path / "a.flac")
    assert (came.torn, len(sound)) == (True, 6 * RATE)
    assert [voices(sound, *when) for when in ((0.2, 1.8), (2.2, 6))] == [{ADA}, set()]


@pytest.mark.parametrize("content", [None, b"", HEAD[:7], HEAD])
def test_who_never_spoke_is_silence(tmp_path: Path, content: bytes | None):
    path = tmp_path / "1.take"
    if content is not None:
        path.write_bytes(content)

    came = heard(path, tmp_path / "a.flac")

    assert (len(sound_of(tmp_path / "a.flac")), sound_of(tmp_path / "a.flac").any()) == (6 * RATE, False)
    assert (came.levels == SILENCE).all()
    assert voiced(Speaker("p", "Ada", path)) == []


@pytest.mark.parametrize("content", [b"causerietake\x09\x00\x00\x00", b"OggS" * 9])
def test_what_another_version_wrote_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "1.take"
    path.write_bytes(content)

    with pytest.raises(TakeUnreadable):
        heard(path, tmp_path / "a.flac")


def test_times_that_leap_by_half_of_all_numbers_move_nobody(tmp_path: Path):
    path = log(tmp_path / "1.take", [Talk(0, 1, ADA), Talk(2, 1, ADA), Talk(4, 1, ADA)], jump=2**31)

    heard(path, tmp_path / "a.flac")

    loud = np.abs(sound_of(tmp_path / "a.flac")) > 0.01
    spoke = [loud[round((at + 0.1) * RATE) : round((at + 0.9) * RATE)].mean() for at in range(6)]
    assert [share > 0.3 for share in spoke] == [True, False] * 3


def test_a_log_from_before_the_copy_begins_is_joined_where_it_is(tmp_path: Path):
    path = log(tmp_path / "1.take", [Talk(-3, 5, ADA)])

    heard(path, tmp_path / "a.flac")

    sound = sound_of(tmp_path / "a.flac")
    assert [voices(sound, *when) for when in ((0.2, 1.8), (2.2, 6))] == [{ADA}, set()]


def test_a_cut_does_not_click(tmp_path: Path):
    path = log(tmp_path / "1.take", [Talk(0, 6, ADA, -6)])

    heard(path, tmp_path / "a.flac", hidden=[(2.0007, 3.0003)])

    sound = sound_of(tmp_path / "a.flac")
    assert len(sound) == pytest.approx(5 * RATE, abs=40)
    steps = np.abs(np.diff(sound))
    assert steps[round(1.9 * RATE) : round(2.1 * RATE)].max() <= 1.2 * steps[RATE : round(1.8 * RATE)].max()


def test_when_somebody_spoke_is_without_what_they_left_out(tmp_path: Path):
    path = log(tmp_path / "1.take", [Talk(1, 4, ADA)])

    spans = voiced(Speaker("p", "Ada", path, (part(2, 3), part(-5, 1.5))))

    seconds = [((span.begins - NIGHT) / SECOND, (span.ends - NIGHT) / SECOND) for span in spans]
    assert seconds == [(pytest.approx(1.5, abs=0.03), 2), (3, pytest.approx(5, abs=0.05))]


def test_fifty_speakers_are_all_in_the_mix(tmp_path: Path):
    tones = [200.0 + 40 * number for number in range(50)]
    room = plan(seconds=10)
    files, levels = [tmp_path / f"{number}.flac" for number in range(50)], []
    for number, (hz, to) in enumerate(zip(tones, files, strict=True)):
        path = log(tmp_path / f"{number}.take", [Talk(number * 0.18, 1, hz)])
        levels.append(spoken(Speaker(f"p{number}", "x", path), timeline(room), to, {}, lambda _: None).levels)

    mixed(files, levels, 10 * RATE, tmp_path / "mix.flac", lambda _: None)

    mix = sound_of(tmp_path / "mix.flac")
    parts = [mix[round((number * 0.18 + 0.1) * RATE) :][: RATE * 3 // 4] for number in range(50)]
    assert len(mix) == 10 * RATE
    assert min(strength(part, hz) for part, hz in zip(parts, tones, strict=True)) > 0.003


def test_what_is_trimmed_is_nowhere(tmp_path: Path):
    whole = evening(tmp_path)
    room: Plan = replace(whole, begins=moment(9), ends=moment(13))

    spoken(room.speakers[0], timeline(room), tmp_path / "a.flac", {}, lambda _: None)

    sound = sound_of(tmp_path / "a.flac")
    assert (len(sound), voices(sound, 0, 4)) == (4 * RATE, set())
