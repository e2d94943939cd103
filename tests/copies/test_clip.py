"""A clip that was made, looked at by other readers; and the process that makes it."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from PIL import Image

from causerie.copies import clip_making
from causerie.copies.clip_making import FADE, faded, made
from causerie.copies.clip_plan import ClipPlan, written
from causerie.copies.files import digest, files_in
from causerie.copies.loudness import Meter
from causerie.copies.sound import opened
from causerie.copies.timeline import RATE
from tests.copies.conftest import Copy, copy_of
from tests.copies.evening import ADA, BEN, moment, part, sound_of, voices

FILES = ["sound/clip.m4a", "sound/clip.mp3", "video/clip.mp4", "video/preview.jpg"]
LONG = 15.5


@dataclass(frozen=True)
class Clip:
    """A clip and what it was made of."""

    plan: ClipPlan
    folder: Path


def plan_of(copy: Copy) -> ClipPlan:
    """From 2 s to 17.5 s: Ada to 8 s, Ben from 6 s to 13 s, Ada again from 14 s."""
    return ClipPlan(copy.plan, copy.folder, moment(2), moment(2 + LONG))


@pytest.fixture(scope="module")
def clip(copy: Copy, tmp_path_factory: pytest.TempPathFactory) -> Clip:
    folder = tmp_path_factory.mktemp("clip") / "clip"
    made(plan_of(copy), folder, lambda _part, _share: None)
    return Clip(plan_of(copy), folder)


def child(plan: ClipPlan, folder: Path) -> "subprocess.Popen[str]":
    told = folder.with_name("clip.json")
    told.write_bytes(written(plan))
    script = [sys.executable, "-m", "causerie.copies.clip_child", str(told), str(folder)]
    return subprocess.Popen(script, stdout=subprocess.PIPE, text=True)


def lines(program: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    said, _ = program.communicate(timeout=100)
    return [json.loads(line) for line in said.splitlines()]


def refused(plan: ClipPlan, folder: Path) -> str:
    with child(plan, folder) as program:
        code: str = lines(program)[-1]["refused"]["code"]
    assert (program.returncode, folder.exists()) == (3, False)
    return code


def digests(folder: Path) -> dict[str, str]:
    return {path.as_posix(): digest(folder / path) for path in files_in(folder)}


def test_these_are_its_files(clip: Clip):
    assert sorted(digests(clip.folder)) == FILES


@pytest.mark.parametrize("name", ["sound/clip.mp3", "sound/clip.m4a", "video/clip.mp4"])
def test_who_speaks_in_it_is_heard_when_they_spoke(clip: Clip, name: str):
    sound = sound_of(clip.folder / name)

    heard = [voices(sound, *when) for when in ((0.5, 3.5), (4.2, 5.8), (6.5, 10.5), (11.3, 11.8), (12.5, 15))]
    assert heard == [{ADA}, {ADA, BEN}, {BEN}, set(), {ADA}]
    assert len(sound) / RATE == pytest.approx(LONG, abs=0.06)


@pytest.mark.parametrize("name", ["sound/clip.mp3", "sound/clip.m4a"])
def test_it_is_as_loud_as_a_copy(clip: Clip, name: str):
    meter = Meter(peaks=True)
    meter.hear(sound_of(clip.folder / name))
    total = meter.total()

    assert total.lufs == pytest.approx(-16, abs=0.5)
    assert total.true_peak <= -1.5


def test_it_is_cut_at_the_very_sample_and_begins_and_ends_softly(copy: Copy, clip: Clip):
    whole, sound = (sound_of(path) for path in (copy.folder / "sound/room.m4a", clip.folder / "sound/clip.m4a"))

    theirs, ours = whole[3 * RATE : 5 * RATE], sound[1 * RATE : 3 * RATE]
    lags = range(-3, 4)
    alike = [float(np.dot(theirs[9:-9], np.roll(ours, lag)[9:-9])) for lag in lags]
    assert lags[int(np.argmax(alike))] == 0
    assert faded(np.ones(RATE, np.float32))[[0, FADE // 2, FADE, -FADE, -1]] == pytest.approx(
        [0, 0.5, 1, 1, 0], abs=0.01
    )


def test_its_files_say_what_it_is(clip: Clip):
    mp3, m4a = MP3(clip.folder / "sound/clip.mp3"), MP4(clip.folder / "sound/clip.m4a")

    assert [str(mp3.tags[name]) for name in ("TIT2", "TALB", "TPE1")] == [
        "Who speaks for the river?",
        "Can a river have rights?",
        "Aurélie Martin",
    ]
    assert (m4a["\xa9nam"], m4a["\xa9alb"]) == (["Who speaks for the river?"], ["Can a river have rights?"])


def test_the_audiogram_is_a_square_film_with_rings_that_follow_each_voice(clip: Clip):
    with opened(clip.folder / "video/clip.mp4") as film:
        stream = film.streams.video[0]
        said = (stream.codec_context.name, stream.width, stream.height, stream.average_rate)
        heard = film.streams.audio[0].codec_context.name
        pictures = [frame.to_ndarray(format="rgb24") for n, frame in enumerate(film.decode(stream)) if n % 25 == 12]

    assert (said, heard) == (("h264", 1080, 1080, 25), "aac")
    assert len(pictures) == 16
    lit = [[bool((side[:, :, 0] > 225).sum() > 300) for side in _sides(one)] for one in pictures]
    assert [ada for ada, _ in lit] == [second < 6 or second >= 12 for second in range(16)]
    assert [ben for _, ben in lit] == [4 <= second < 11 for second in range(16)]


def _sides(picture: "np.ndarray[Any, Any]") -> list["np.ndarray[Any, Any]"]:
    """Where Ada's ring is, and Ben's."""
    return [picture[500:780, 260:540], picture[500:780, 540:820]]


def test_words_are_shown_while_they_are_said_and_the_wave_fills(clip: Clip):
    with opened(clip.folder / "video/clip.mp4") as film:
        pictures = [frame.to_ndarray(format="gray") for n, frame in enumerate(film.decode(video=0)) if n % 25 == 12]

    words = [bool((one[836:930] > 180).sum() > 500) for one in pictures]
    lit = [int((one[990, 64:1016] > 140).sum()) for one in pictures]
    assert words == [5 <= second < 7 for second in range(16)], "from 6.5 s to 9 s of the evening; Ada's began before"
    assert lit == sorted(lit)
    assert lit[0] < lit[8] < lit[15]


def test_its_preview_is_a_picture(clip: Clip):
    with Image.open(clip.folder / "video/preview.jpg") as picture:
        assert picture.size == (1080, 1080)


def test_its_process_makes_the_same_and_goes_on_where_it_was_killed(clip: Clip, tmp_path: Path):
    with child(clip.plan, tmp_path / "clip") as program:
        assert program.stdout is not None
        while json.loads(program.stdout.readline())["part"] != "video":
            pass
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=60)
    assert sorted(digests(tmp_path / "clip")) == FILES[:2]
    with child(clip.plan, tmp_path / "clip") as program:
        said = lines(program)

    assert (program.returncode, said[-1]) == (0, {"done": True})
    assert digests(tmp_path / "clip") == digests(clip.folder)


def test_who_withdrew_is_not_in_it_and_without_anybody_there_is_none(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clip_making, "PARTS", {"sound": clip_making.PARTS["sound"]})
    ada, ben, cleo = copy.plan.speakers
    less = copy_of(replace(copy.plan, speakers=(replace(ada, left_out=(part(-1, 30),)), ben, cleo)), tmp_path / "copy")
    nobody = replace(less.plan, speakers=(less.plan.speakers[0], cleo))

    made(replace(plan_of(less), title="Without Ada"), tmp_path / "clip", lambda _part, _share: None)

    sound = sound_of(tmp_path / "clip/sound/clip.m4a")
    assert [voices(sound, *when) for when in ((0.5, 3.5), (6.5, 10.5), (12.5, 15))] == [set(), {BEN}, set()]
    assert str(MP3(tmp_path / "clip/sound/clip.mp3").tags["TIT2"]) == "Without Ada"
    assert refused(replace(plan_of(less), of=nobody), tmp_path / "none") == "clip.silent"


@pytest.mark.parametrize(
    ("begins", "ends", "code"), [(2, 16, "clip.short"), (-20, 14, "clip.short"), (40, 60, "clip.short")]
)
def test_what_the_copy_has_too_little_of_is_refused(copy: Copy, tmp_path: Path, begins: float, ends: float, code: str):
    short = replace(plan_of(copy), begins=moment(begins), ends=moment(ends))

    assert refused(short, tmp_path / "clip") == code
