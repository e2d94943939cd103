"""A whole copy, looked at by other readers: what is written in the files, and what is heard in them."""

import contextlib
import hashlib
import io
import json
import socket
import zipfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from PIL import Image

from causerie.copies.loudness import Meter
from causerie.copies.sound import opened
from causerie.copies.timeline import RATE
from tests.copies.conftest import Copy, copy_of
from tests.copies.evening import ADA, BEN, part, plan, sound_of, strength, voices

TITLES = ["Who speaks?", "The court"]
FILES = [
    "answers/01.mp3",
    "answers/01.png",
    "kit/press-kit.zip",
    "pictures/cover.jpg",
    "sound/measures.json",
    "sound/room.m4a",
    "sound/room.mp3",
    *(f"sound/speakers/0{number}.flac" for number in (1, 2, 3)),
    "video/room.mp4",
    *(f"words/{name}" for name in ("chapters.json", "notes.md", "questions.csv", "questions.json")),
    *(f"words/transcript.{kind}" for kind in ("json", "srt", "vtt")),
]

OURS = {"kit/press-kit.zip", "sound/measures.json"}


def measured(path: Path) -> tuple[float, float]:
    """Loudness and true peak of a file as somebody hears it."""
    meter = Meter(peaks=True)
    meter.hear(sound_of(path))
    total = meter.total()
    return total.lufs, total.true_peak


def test_these_are_its_files(copy: Copy):
    assert sorted(copy.digests()) == FILES


def test_it_tells_how_far_it_is_and_never_goes_back(copy: Copy):
    parts = [name for name, _ in copy.told]

    assert list(dict.fromkeys(parts)) == ["pictures", "sound", "words", "answers", "video", "kit"]
    for name in set(parts):
        shares = [share for one, share in copy.told if one == name]
        assert shares == sorted(shares)
        assert (shares[-1], max(shares)) == (1, 1)


def test_mp3_carries_names_chapters_and_cover(copy: Copy):
    path = copy.folder / "sound/room.mp3"
    tags = ID3(path)
    chapters = sorted(tags.getall("CHAP"), key=lambda one: one.start_time)

    assert (str(tags["TIT2"]), str(tags["TPE1"])) == ("Can a river have rights?", "Aurélie Martin")
    assert [str(one.sub_frames["TIT2"]) for one in chapters] == TITLES
    assert [one.start_time for one in chapters] == pytest.approx([0, 14_000], abs=60)
    assert Image.open(io.BytesIO(tags.getall("APIC")[0].data)).size == (1400, 1400)
    assert MP3(path).info.length == pytest.approx(20, abs=0.06)


def test_m4a_carries_names_chapters_and_cover(copy: Copy):
    file = MP4(copy.folder / "sound/room.m4a")

    assert (file["\xa9nam"], file["\xa9ART"]) == (["Can a river have rights?"], ["Aurélie Martin"])
    assert [one.title for one in file.chapters] == TITLES
    assert [one.start for one in file.chapters] == pytest.approx([0, 14], abs=0.06)
    assert Image.open(io.BytesIO(file["covr"][0])).size == (1400, 1400)
    assert file.info.length == pytest.approx(20, abs=0.06)
    assert (copy.folder / "sound/room.m4a").read_bytes()[4:12] == b"ftypM4A "


@pytest.mark.parametrize("name", ["sound/room.mp3", "sound/room.m4a", "video/room.mp4"])
def test_another_reader_sees_the_same_chapters(copy: Copy, name: str):
    with opened(copy.folder / name) as file:
        chapters = [(one["metadata"]["title"], float(one["start"] * one["time_base"])) for one in file.chapters()]

    assert [title for title, _ in chapters] == TITLES
    assert [at for _, at in chapters] == pytest.approx([0, 14], abs=0.06)


@pytest.mark.parametrize("name", ["sound/room.mp3", "sound/room.m4a", "video/room.mp4"])
def test_it_is_as_loud_as_it_should_be(copy: Copy, name: str):
    lufs, peak = measured(copy.folder / name)

    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1.5


def test_each_speakers_file_is_as_long_as_the_copy_and_has_their_voice_alone(copy: Copy):
    ada, ben, cleo = (sound_of(copy.folder / f"sound/speakers/0{number}.flac") for number in (1, 2, 3))

    assert [len(sound) for sound in (ada, ben, cleo)] == [20 * RATE] * 3
    assert [voices(ada, *when) for when in ((1, 7), (8.5, 13.5), (15, 18))] == [{ADA}, set(), {ADA}]
    assert [voices(ben, *when) for when in ((0, 5.9), (6.5, 12.5), (13.5, 20))] == [set(), {BEN}, set()]
    assert not cleo.any()
    assert str(FLAC(copy.folder / "sound/speakers/02.flac")["title"]) == "['Ben']"


def test_voices_begin_when_they_were_heard_in_the_room(copy: Copy):
    ben = sound_of(copy.folder / "sound/speakers/02.flac")
    ada = sound_of(copy.folder / "sound/speakers/01.flac")

    begins = [np.flatnonzero(np.abs(sound) > 0.005)[0] / RATE for sound in (ben, ada[9 * RATE :])]
    assert begins == pytest.approx([6, 14 - 9], abs=0.05)


@pytest.mark.parametrize("name", ["sound/room.mp3", "sound/room.m4a", "video/room.mp4"])
def test_everybody_is_in_the_mix_at_their_time_and_at_one_level(copy: Copy, name: str):
    mix = sound_of(copy.folder / name)
    when = ((1, 5.5), (6.4, 7.8), (8.5, 12.5), (13.3, 13.8), (15, 18.5))

    assert [voices(mix, *one) for one in when] == [{ADA}, {ADA, BEN}, {BEN}, set(), {ADA}]
    ada, ben = strength(mix[1 * RATE : 5 * RATE], ADA), strength(mix[9 * RATE : 12 * RATE], BEN)
    assert 0.5 < ada / ben < 2, "20 dB apart on stage"


def test_the_film_shows_a_card_for_each_chapter_and_a_line_that_grows(copy: Copy):
    with opened(copy.folder / "video/room.mp4") as film:
        stream = film.streams.video[0]
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(stream)]
        said = (stream.codec_context.name, stream.width, stream.height, stream.average_rate)

    assert said == ("h264", 1280, 720, 2)
    assert len(pictures) == 40
    changes = [at for at in range(1, 40) if np.abs(pictures[at][:600].astype(int) - pictures[at - 1][:600]).mean() > 1]
    assert changes == [28], "the second chapter begins at 14 s"
    lit = [int((frame[-4, :, 0] > 180).sum()) for frame in pictures]
    assert lit == pytest.approx([number * 1280 // 40 for number in range(40)], abs=6)


def test_the_film_has_captions_as_text(copy: Copy):
    with opened(copy.folder / "video/room.mp4") as film:
        stream = film.streams.subtitles[0]
        packets = [packet for packet in film.demux(stream) if packet.size]

    shown = [(float(packet.pts * packet.time_base), bytes(packet)[2:].decode()) for packet in packets]
    assert stream.codec_context.name == "mov_text"
    assert [one for one in shown if one[1]] == [
        (0.5, "Ada: On the boats we had a rule."),
        (6.5, "Ben: A court needs <a name> & an address."),
    ]
    assert (3.0, "") in shown


def test_the_kit_holds_every_file_and_true_sums(copy: Copy):
    with zipfile.ZipFile(copy.folder / "kit/press-kit.zip") as kit:
        sums = dict(line.split("  ")[::-1] for line in kit.read("SHA256SUMS").decode().splitlines())
        held = {name: hashlib.sha256(kit.read(name)).hexdigest() for name in kit.namelist() if name != "SHA256SUMS"}

    wanted = {name: found for name, found in copy.digests().items() if name not in OURS}
    assert sums == held == wanted


def test_what_was_measured_is_kept(copy: Copy):
    measures = json.loads((copy.folder / "sound/measures.json").read_text())

    assert (measures["seconds"], [one["name"] for one in measures["speakers"]]) == (20, ["Ada", "Ben", "Cleo"])
    assert measures["lufs"] == pytest.approx(-16, abs=0.3)
    assert measures["true_peak"] <= -2


def test_what_is_hidden_is_in_no_file(copy: Copy, tmp_path: Path):
    hidden = copy_of(replace(copy.plan, hidden=(part(5.8, 13.5),)), tmp_path / "copy")

    sounds = [sound_of(path) for path in sorted(hidden.folder.glob("sound/**/*.*")) if path.suffix != ".json"]
    sounds.append(sound_of(hidden.folder / "video/room.mp4"))
    assert [len(sound) / RATE for sound in sounds] == pytest.approx([12.3] * 6, abs=0.06)
    assert all(voices(sound, 0, 12.3) <= {ADA} for sound in sounds)
    texts = "".join(path.read_text() for path in hidden.folder.glob("words/transcript.*"))
    assert ("rule" in texts, "court" in texts) == (True, False)


def test_what_somebody_left_out_is_in_no_file(copy: Copy, tmp_path: Path):
    ada, *others = copy.plan.speakers
    speakers = (replace(ada, left_out=(part(-1, 9),)), *others)

    less = copy_of(replace(copy.plan, speakers=speakers), tmp_path / "copy")

    for name in ("sound/room.mp3", "sound/room.m4a", "sound/speakers/01.flac", "video/room.mp4"):
        sound = sound_of(less.folder / name)
        assert ADA not in voices(sound, 0, 9), name
        assert ADA in voices(sound, 15, 18), name
    assert "rule" not in (less.folder / "words/transcript.vtt").read_text()


def test_what_people_wrote_is_never_part_of_a_path(copy: Copy, tmp_path: Path):
    ada, *others = copy.plan.speakers
    bad = replace(
        copy.plan,
        title="../../" + "🦦" * 300,
        host="/etc/passwd\x00",
        speakers=(replace(ada, name="../../ada\nx"), *others),
        chapters=(replace(copy.plan.chapters[0], title="🦦" * 300 + "=\n;#"), copy.plan.chapters[1]),
    )

    made = copy_of(bad, tmp_path / "copy")

    assert sorted(made.digests()) == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]
    assert MP4(made.folder / "sound/room.m4a")["\xa9nam"] == [bad.title]
    chapter = ID3(made.folder / "sound/room.mp3").getall("CHAP")[0]
    assert str(chapter.sub_frames["TIT2"]) == "🦦" * 63, "255 bytes"


def test_a_room_in_which_nobody_was_recorded_is_silence(tmp_path: Path):
    made = copy_of(plan(seconds=3), tmp_path / "copy")

    sound = sound_of(made.folder / "sound/room.mp3")
    assert (len(sound) / RATE, float(np.abs(sound).max())) == (pytest.approx(3, abs=0.06), pytest.approx(0, abs=1e-4))
    assert json.loads((made.folder / "sound/measures.json").read_text())["true_peak"] is None


def test_a_moment_is_a_copy_too(tmp_path: Path):
    made = copy_of(plan(seconds=0.01), tmp_path / "copy")

    sounds = [sound_of(made.folder / name) for name in ("sound/room.mp3", "sound/room.m4a", "video/room.mp4")]
    assert [len(sound) / RATE for sound in sounds] == pytest.approx([0.01] * 3, abs=0.06)


def test_nothing_but_a_file_is_ever_opened(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.2)
        address = f"http://127.0.0.1:{door.getsockname()[1]}/a.flac"
        listing = tmp_path / "room.flac"
        listing.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n")

        for path in (listing, Path(address)):
            with contextlib.suppress(av.error.FFmpegError), opened(path) as file:
                assert list(file.decode(audio=0)) == []
        with pytest.raises(TimeoutError):
            door.accept()
