"""The recorder with the real engine: what is said on stage comes back from the log, and nothing else is in it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from causerie._engine import GATE_BACKSTAGE, GATE_SHUT, GATE_STAGE, Engine, EngineError, Track
from tests.media.engine_people import RATE, strength, tone_file
from tests.media.five import PITCHES, SECOND, Five


@contextmanager
def engine(reserve: int = 0) -> Iterator[Engine]:
    running = Engine(bind="127.0.0.1", port=0, advertise=[], workers=2, reserve=reserve)
    try:
        yield running
    finally:
        running.stop()


def plays(at: Engine, folder: Path, peer: int, hz: float) -> None:
    """A file speaks on stage as a person would."""
    path = tone_file(folder / f"{peer}.opus", hz)
    at.play(peer=peer, room=1, speaker=peer, path=str(path), loop=True)
    at.gate(peer, GATE_STAGE)


async def closed(at: Engine, track: int) -> None:
    at.close_track(track)
    async with asyncio.timeout(10):
        while any(number == track for number, *_ in at.tracks()):  # noqa: ASYNC110  the recorder has no bell for Python
            await asyncio.sleep(0.02)


def heard(log: Path, seconds: float, begins: int | None = None) -> np.ndarray:
    track = Track(str(log))
    assert track.came is not None
    sound = track.sound(track.came[0] if begins is None else begins).read(int(seconds * RATE))
    return np.frombuffer(sound, np.float32) * 32_768


async def test_each_speaker_comes_back_from_their_own_log(tmp_path: Path):
    with engine() as at:
        tones = {1: 440.0, 2: 660.0}
        for peer, hz in tones.items():
            plays(at, tmp_path, peer, hz)
            at.open_track(peer, str(tmp_path / f"{peer}.take"))
            at.record(peer, peer)
        await asyncio.sleep(1.5)
        for peer in tones:
            await closed(at, peer)

    for peer, hz in tones.items():
        sound = heard(tmp_path / f"{peer}.take", 1.2)[RATE // 10 :]
        other = next(tone for tone in tones.values() if tone != hz)
        assert strength(sound, hz) > 4_000 > 400 > strength(sound, other)


async def test_off_is_no_file_and_muted_or_backstage_no_byte(tmp_path: Path):
    with engine() as at:
        plays(at, tmp_path, 1, 440)
        log = tmp_path / "1.take"
        at.open_track(1, str(log))
        await asyncio.sleep(0.4)
        assert not log.exists()

        at.record(1, 1)
        await asyncio.sleep(0.6)
        for gate in (GATE_SHUT, GATE_BACKSTAGE):
            at.gate(1, gate)
            await asyncio.sleep(0.4)
            packets = Track(str(log)).packets
            await asyncio.sleep(0.5)
            assert Track(str(log)).packets == packets > 20

        at.record(1, None)
        at.gate(1, GATE_STAGE)
        await asyncio.sleep(0.5)
        assert Track(str(log)).packets == packets


async def test_a_pause_is_silence_of_its_length(tmp_path: Path):
    with engine() as at:
        plays(at, tmp_path, 1, 440)
        at.open_track(1, str(tmp_path / "1.take"))
        told = []
        for wanted in (1, None, 1):
            at.record(1, wanted)
            told.append(time.monotonic())
            await asyncio.sleep(1.0)
        await closed(at, 1)

    sound = heard(tmp_path / "1.take", 3.0)
    loud = np.flatnonzero(np.abs(sound) > 1_000) / RATE
    silence = np.diff(loud).max()
    assert loud[-1] > 2.7
    assert silence == pytest.approx(told[2] - told[1], abs=0.3), "as long as it was, however busy the machine is"


async def test_a_log_that_is_there_goes_on_behind_its_torn_tail(tmp_path: Path):
    log = tmp_path / "1.take"
    for _ in range(2):
        with engine() as at:
            plays(at, tmp_path, 1, 440)
            at.open_track(1, str(log))
            at.record(1, 1)
            await asyncio.sleep(0.8)
        before = Track(str(log)).packets
        with log.open("ab") as file:
            file.write(b"half a record, as a kill leaves it")
        assert Track(str(log)).torn is not None

    assert before > 60
    sound = heard(log, 0.7)
    assert strength(sound, 440) > 4_000


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"OggS" * 10, "not a take"), (b"causerietake\x09\x00\x00\x00", "format 9"), (None, "cannot be read")],
)
def test_what_is_no_log_is_refused_with_a_sentence(tmp_path: Path, content: bytes | None, says: str):
    path = tmp_path / "x.take"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match=says) as refused:
        Track(str(path))
    assert refused.value.code == "take.unreadable"


def test_a_log_of_somebody_who_never_spoke_is_silence(tmp_path: Path):
    path = tmp_path / "x.take"
    path.write_bytes(b"causerietake\x01\x00\x00\x00")
    track = Track(str(path))
    assert (track.came, track.packets, track.torn, track.spans()) == (None, 0, None, [])
    assert track.sound(0).read(480) == bytes(480 * 4)


async def test_a_disk_in_trouble_costs_nobody_anything_and_is_tried_again(tmp_path: Path):
    folder = tmp_path / "not yet there"
    with engine() as at:
        plays(at, tmp_path, 1, 440)
        at.open_track(1, str(folder / "1.take"))
        at.record(1, 1)
        async with asyncio.timeout(5):
            while at.tracks()[0][3] is None:  # noqa: ASYNC110  the recorder has no bell for Python
                await asyncio.sleep(0.05)
        assert at.tracks()[0][3] == "broken"
        folder.mkdir()
        async with asyncio.timeout(5):
            while at.tracks()[0][3] is not None:  # noqa: ASYNC110  the recorder has no bell for Python
                await asyncio.sleep(0.05)
        await closed(at, 1)

    track = Track(str(folder / "1.take"))
    assert track.packets > 40
    assert track.lost == 0, "what was said meanwhile had waited"


def test_kills_cost_less_than_a_second_of_each_track_and_the_log_goes_on(tmp_path: Path):
    five = Five(tmp_path)

    lost = [loss for seconds in (0.31, 0.73, 1.02) for loss in five.talk_until_killed(seconds)]
    five.talk(0.5)

    assert [loss for loss in lost if loss.seconds > 1] == []
    for number, hz in PITCHES.items():
        track = Track(str(five.log(number)))
        assert (track.torn, track.lost, track.packets > 90) == (None, 0, True)
        others = [strength(tail(five.log(number)), other) for other in PITCHES.values() if other != hz]
        assert strength(tail(five.log(number)), hz) > 4_000 > 400 > max(others)


def tail(log: Path) -> np.ndarray:
    """What was said last."""
    came = Track(str(log)).came
    assert came is not None
    return heard(log, 0.3, came[1] - SECOND // 3)
