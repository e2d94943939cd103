"""What somebody sent as an answer: heard by a process of its own, and refused in a sentence where it is none."""

import socket
import struct
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from causerie.copies import hearing
from causerie.copies.answering import heard
from causerie.copies.errors import LaterTooLong
from causerie.copies.timeline import RATE
from causerie.errors import Refusal
from tests.copies.evening import ADA, sound_of, strength
from tests.copies.logs import Talk, voice

KINDS = [("webm", "libopus", 48_000), ("mp4", "aac", 44_100), ("wav", "pcm_s16le", 16_000), ("ogg", "libopus", 48_000)]


def recorded(path: Path, kind: str, codec: str, rate: int, seconds: float = 2, channels: str = "stereo") -> Path:
    """As a browser's recorder writes it."""
    sound = voice(Talk(0, seconds, ADA, -12)) if seconds < 60 else np.zeros(int(seconds * RATE), np.float32) + 0.1
    with av.open(str(path), "w", format=kind) as out:
        stream = out.add_stream(codec, rate=rate)
        stream.layout = channels
        for at in range(0, len(sound), RATE):
            part = sound[at : at + RATE].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(part, format="flt", layout="mono")
            frame.sample_rate, frame.pts = RATE, at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


async def refused(sound: Path, to: Path) -> str:
    with pytest.raises(Refusal) as found:
        await heard(sound, to)
    return found.value.code


@pytest.mark.parametrize(("kind", "codec", "rate"), KINDS)
def test_what_browsers_record_is_heard(tmp_path: Path, kind: str, codec: str, rate: int):
    sound = recorded(tmp_path / "upload", kind, codec, rate)

    length = hearing.heard(sound, tmp_path / "answer.flac")

    written = sound_of(tmp_path / "answer.flac")
    assert (length, len(written) / RATE) == (pytest.approx(2000, abs=80), pytest.approx(2, abs=0.08))
    assert strength(written[RATE // 4 : -RATE // 4], ADA) > 0.1


async def test_it_is_heard_by_a_process_of_its_own(tmp_path: Path):
    sound = recorded(tmp_path / "upload", *KINDS[0])
    (tmp_path / "silence").write_bytes(wav(bytes(2 * 16_000)))

    assert await heard(sound, tmp_path / "a.flac") == pytest.approx(2000, abs=80)
    assert await refused(tmp_path / "silence", tmp_path / "a.flac") == "later.silent"
    assert await refused(sound, tmp_path / "no" / "folder" / "a.flac") == "later.unreadable"


def test_ten_minutes_are_the_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hearing, "LONGEST", 1)
    sound = recorded(tmp_path / "upload", *KINDS[2])

    with pytest.raises(LaterTooLong):
        hearing.heard(sound, tmp_path / "a.flac")
    assert hearing.heard(recorded(tmp_path / "short", *KINDS[2], seconds=0.9), tmp_path / "b.flac") == 900


def wav(samples: bytes, *, says: int | None = None) -> bytes:
    length = len(samples) if says is None else says
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + length, b"WAVE", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16)
    return head + struct.pack("<4sI", b"data", length) + samples


def spoiled(path: Path) -> Sequence[bytes]:
    whole = recorded(path, *KINDS[0]).read_bytes()
    return [
        b"",
        b"\0" * 5000,
        b"<html>no sound</html>" * 50,
        whole[:200],
        whole[:60] + bytes(reversed(whole[60:])),
        wav(b""),
        wav(b"", says=0xFFFFFF00),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    ]


def test_what_is_no_sound_is_refused(tmp_path: Path):
    for number, bad in enumerate(spoiled(tmp_path / "whole")):
        path = tmp_path / "upload"
        path.write_bytes(bad)
        with pytest.raises(Refusal) as found:
            hearing.heard(path, tmp_path / "a.flac")
        assert found.value.code == "later.unreadable", number


def test_a_film_without_sound_is_no_answer(tmp_path: Path):
    with av.open(str(tmp_path / "upload"), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=2, width=64, height=64)
        stream.pix_fmt = "yuv420p"
        for _ in range(4):
            out.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(stream.encode(None))

    with pytest.raises(Refusal, match=r"later\.unreadable"):
        hearing.heard(tmp_path / "upload", tmp_path / "a.flac")


def test_a_sound_never_opens_an_address(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.2)
        address = f"http://127.0.0.1:{door.getsockname()[1]}/a.wav"
        (tmp_path / "upload").write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n")

        with pytest.raises(Refusal, match=r"later\.unreadable"):
            hearing.heard(tmp_path / "upload", tmp_path / "a.flac")
        with pytest.raises(TimeoutError):
            door.accept()
