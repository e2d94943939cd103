"""Loudness, and levels: nobody has to reach for the volume."""

from pathlib import Path

import numpy as np
import pytest

from causerie.copies.levelling import MOST, TARGET, gains, levelled, quiet
from causerie.copies.loudness import CEILING, Meter, limited, mastered
from causerie.copies.sound import BLOCK, Lossless, Samples, blocks
from causerie.copies.timeline import RATE
from tests.copies.evening import sound_of
from tests.copies.logs import Talk, voice


def bursts(peak: float = 0.95, seconds: int = 8) -> Samples:
    """Quiet speech with a clap each second, far louder than the rest."""
    sound = voice(Talk(0, seconds, 400, -34))
    for at in range(seconds):
        sound[at * RATE : at * RATE + 400] += peak * np.sin(np.arange(400) * 0.9, dtype=np.float32)
    return sound


def written(path: Path, sound: Samples) -> Path:
    with Lossless(path, bits=24) as file:
        for at in range(0, len(sound), BLOCK):
            file.add(sound[at : at + BLOCK])
    return path


def test_a_tone_at_minus_twenty_is_as_loud_as_the_standard_says():
    meter = Meter(peaks=True)
    time = np.arange(5 * RATE) / RATE
    meter.hear((0.1 * np.sin(2 * np.pi * 997 * time)).astype(np.float32))

    total = meter.total()

    # EBU Tech 3341: a sine of 997 Hz at −20 dB in one channel is −23.0 LUFS.
    assert (total.lufs, total.true_peak) == (pytest.approx(-23, abs=0.1), pytest.approx(-20, abs=0.1))


def test_a_lossless_file_gives_back_what_was_put_in(tmp_path: Path):
    sound = voice(Talk(0, 2.5, 440, -6))

    again = np.concatenate(list(blocks(written(tmp_path / "a.flac", sound), 7000)))

    assert np.abs(again - sound).max() < 2**-22


def test_a_limiter_keeps_every_sample_in_its_place_and_none_above():
    quiet_one = 0.3 * bursts(0.3)

    same = np.concatenate(list(limited([quiet_one[:BLOCK], quiet_one[BLOCK:]], 0)))

    assert len(same) == len(quiet_one)
    assert np.abs(same - quiet_one)[RATE:-RATE].max() < 0.01
    loud = Meter(peaks=True)
    loud.hear(np.concatenate(list(limited([bursts()], 12))))
    assert loud.total().true_peak <= CEILING + 0.3


@pytest.mark.parametrize("decibels", [-30, -15, -6])
def test_whatever_came_in_goes_out_as_loud_as_it_should(tmp_path: Path, decibels: float):
    sound = bursts() * np.float32(10 ** (decibels / 20))
    meter = Meter()
    meter.hear(sound)

    said = mastered(written(tmp_path / "mix.flac", sound), meter.total().lufs, len(sound), tmp_path / "master.flac")

    again = Meter(peaks=True)
    again.hear(sound_of(tmp_path / "master.flac"))
    assert again.total().lufs == pytest.approx(-16, abs=0.3)
    assert said.lufs == pytest.approx(again.total().lufs, abs=0.1)
    assert again.total().true_peak <= -2.5
    assert len(sound_of(tmp_path / "master.flac")) == len(sound)


def test_loud_and_quiet_people_end_alike():
    loud, low = (np.full(300, level) for level in (-9.0, -33.0))

    assert [float(level[150] + gains(level)[150]) for level in (loud, low)] == pytest.approx([TARGET, TARGET], abs=0.1)


def test_who_comes_nearer_to_the_microphone_is_followed_slowly():
    levels = np.concatenate([np.full(300, -30.0), np.full(300, -18.0)])

    after = levels + gains(levels)

    assert [float(after[at]) for at in (100, 500)] == pytest.approx([TARGET, TARGET], abs=2.5)
    assert np.abs(np.diff(gains(levels))).max() < 1


def test_breath_between_words_is_not_raised():
    levels = np.where(np.arange(120) % 40 < 20, -18.0, -45.0)

    assert np.abs(gains(levels)).max() < 1


def test_silence_stays_silence_and_a_whisper_has_its_limit():
    assert (gains(quiet(9)) == 0).all()
    assert gains(np.full(9, -49.0)).max() == MOST


def test_a_gain_changes_without_a_step():
    gain = np.array([0.0, 6.0, -6.0])
    seconds = [levelled(np.ones(RATE, np.float32), gain, second) for second in range(3)]

    assert np.abs(np.diff(np.concatenate(seconds))).max() < 1e-3
