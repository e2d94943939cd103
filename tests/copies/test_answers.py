"""Each answer by itself: the sound of just this answer, and its card."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from PIL import Image

from causerie.copies.answers import FADE, Tape, _faded
from causerie.copies.cards import PREVIEW, preview, words
from causerie.copies.making import made
from causerie.copies.plan import Chapter
from causerie.copies.timeline import RATE
from tests.copies.conftest import Copy
from tests.copies.evening import ADA, BEN, moment, plan, sound_of, voices


def test_an_answer_is_what_was_said_between_its_chapters_ends(copy: Copy):
    sound = sound_of(copy.folder / "answers/01.mp3")

    assert len(sound) / RATE == pytest.approx(14, abs=0.06)
    assert [voices(sound, *when) for when in ((1, 5.5), (8.5, 12.5), (13.2, 13.8))] == [{ADA}, {BEN}, set()]


def test_it_begins_and_ends_softly(copy: Copy):
    sound = sound_of(copy.folder / "answers/01.mp3")

    assert np.abs(sound[: RATE // 1000]).max() < 0.02
    assert np.abs(sound[-RATE // 1000 :]).max() < 0.02


def test_sound_that_is_cut_grows_from_nothing_and_ends_in_nothing():
    soft = _faded(np.ones(RATE, np.float32), 0, RATE)

    assert (soft[0], soft[-1], soft[FADE // 2], soft[RATE // 2]) == (0, 0, 0.5, 1)
    assert (np.diff(soft[:FADE]) > 0).all()
    assert (_faded(np.ones(9, np.float32), RATE, 3 * RATE) == 1).all(), "a part in the middle is as it was"


def test_it_carries_question_host_room_and_cover(copy: Copy):
    tags = ID3(copy.folder / "answers/01.mp3")

    assert [str(tags[name]) for name in ("TIT2", "TPE1", "TALB")] == [
        "Who speaks for the river?",
        "Aurélie Martin",
        "Can a river have rights?",
    ]
    assert tags.getall("APIC")[0].data == (copy.folder / "pictures/cover.jpg").read_bytes()
    assert tags.getall("CHAP") == []
    assert MP3(copy.folder / "answers/01.mp3").info.channels == 1


def test_a_topic_is_no_answer(copy: Copy):
    assert sorted(path.name for path in (copy.folder / "answers").iterdir()) == ["01.mp3", "01.png"]


def test_a_tape_gives_each_sample_once():
    tape = Tape(iter([np.arange(4, dtype=np.float32), np.arange(4, 10, dtype=np.float32)]))

    given = [[part.tolist() for part in tape.until(ends)] for ends in (2, 5, 5, 99)]

    assert given == [[[0, 1]], [[2, 3], [4]], [], [[5, 6, 7, 8, 9]]]


@pytest.mark.parametrize("asker", ["Nour", "نور", None])
@pytest.mark.parametrize("text", ["Who speaks?", "لماذا؟ " * 36, "Why? " * 51, "🦦" * 255, "w" * 255])
def test_a_preview_keeps_its_question_on_the_slip(text: str, asker: str | None):
    made = np.asarray(preview(words(plan("حق Loire " * 11)), text, asker)).astype(int)

    assert made.shape == (PREVIEW[1], PREVIEW[0], 3)
    slip = np.array([0xEF, 0xE2, 0xC3])
    for edge in (made[145:162, 60:1140], made[150:520, 44:60], made[150:520, 1140:1156], made[520:534, 60:1140]):
        assert np.abs(edge - slip).max() == 0, "nothing is written over its rim"
    assert (made[:30] == made[0, 0]).all()


def test_a_preview_is_drawn_from_the_side_its_question_is_read_from():
    left, right = (np.asarray(preview(words(plan()), text, None))[36:112] for text in ("Why?", "لماذا؟"))

    lamp = [
        np.argwhere(np.abs(one.astype(int) - [0xF2, 0xB6, 0x52]).sum(axis=2) < 9)[:, 1].mean() for one in (left, right)
    ]
    assert lamp[0] < 200
    assert lamp[1] > 1000


def test_an_answer_in_which_nobody_was_recorded_is_silence(tmp_path: Path):
    only = replace(plan(seconds=1), chapters=(Chapter(moment(0), "Why?", None, "Why?", "later", "01J"),))

    made(only, tmp_path / "copy", lambda *_: None)

    assert float(np.abs(sound_of(tmp_path / "copy/answers/01.mp3")).max()) == pytest.approx(0, abs=1e-4)
    with Image.open(tmp_path / "copy/answers/01.png") as card:
        assert (card.size, card.format) == (PREVIEW, "PNG")
