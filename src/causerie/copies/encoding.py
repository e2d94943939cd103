"""The evening as sound to carry away: MP3 and M4A, each with chapters, cover and names in it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import Event, Lock
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

from causerie.copies.chapters import Placed
from causerie.copies.covers import COVER_SIDE
from causerie.copies.days import began
from causerie.copies.files import M4A, MP3
from causerie.copies.plan import Plan
from causerie.copies.sound import begun, opened
from causerie.copies.timeline import RATE
from causerie.texts import one_line

THOUSANDTH = Fraction(1, 1000)
TITLE_MOST = 255
LANGUAGES = {"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "nl": "nld", "pt": "por"}
"""ISO 639-2, which MP4 speaks."""


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    file: str
    format: str
    codec: str
    bit_rate: int
    options: dict[str, str]


KINDS = (
    # ID3 2.3 is what every player reads.
    Kind(MP3, "mp3", "libmp3lame", 96_000, {"id3v2_version": "3", "write_id3v1": "0"}),
    # `ipod` refuses a cover; `mp4` with this brand is the same file. The index lies in front, so that it plays at once.
    Kind(M4A, "mp4", "aac", 96_000, {"brand": "M4A ", "movflags": "+faststart"}),
)


@dataclass(frozen=True)
class Labels:
    """What is written into the files beside the sound; an empty cover is none."""

    tags: dict[str, str]
    language: str
    chapters: Sequence[Placed]
    cover: bytes


def tags_of(plan: Plan) -> dict[str, str]:
    """Title, host and day, as players show them."""
    host, day = one_line(plan.host), began(plan).strftime("%Y-%m-%d")
    return {"title": one_line(plan.title), "artist": host, "album_artist": host, "date": day}


def labels_of(plan: Plan, chapters: Sequence[Placed], cover: bytes) -> Labels:
    return Labels(tags_of(plan), LANGUAGES.get(plan.language.partition("-")[0], "und"), chapters, cover)


def encoded(
    master: Path,
    folder: Path,
    labels: Labels,
    length: int,
    told: Callable[[float], None],
    *,
    name: str = "room",
    kinds: Sequence[Kind] = KINDS,
) -> None:
    """Write each kind under this name, each on a core of its own where there is one."""
    shares, one_by_one, given_up = dict.fromkeys((kind.file for kind in kinds), 0.0), Lock(), Event()

    def heard(file: str, share: float) -> None:
        if given_up.is_set():
            raise InterruptedError
        with one_by_one:
            shares[file] = share
            told(sum(shares.values()) / len(shares))

    with ThreadPoolExecutor(len(kinds)) as threads:
        done = [threads.submit(_encode, master, folder / name, kind, labels, length, heard) for kind in kinds]
        try:
            for one in done:
                one.result()
        except BaseException:
            given_up.set()
            raise


def _encode(
    master: Path, to: Path, kind: Kind, labels: Labels, length: int, heard: Callable[[str, float], None]
) -> None:
    path = to.with_suffix(Path(kind.file).suffix)
    with opened(master) as source, begun(path, kind.format, kind.options) as out:
        cover = with_cover(out) if labels.cover else None
        stream = out.add_stream(kind.codec, rate=RATE, bit_rate=kind.bit_rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        labelled(out, stream, labels)
        out.start_encoding()
        if cover is not None:
            out.mux(picture(cover, labels.cover))
        for frame in source.decode(audio=0):
            out.mux(stream.encode(frame))
            heard(kind.file, (frame.pts or 0) / length)
        out.mux(stream.encode(None))


def with_cover(out: OutputContainer) -> Stream:
    """Room for a cover, which has to be the first thing in the file."""
    cover = out.add_mux_stream("mjpeg", width=COVER_SIDE, height=COVER_SIDE)
    cover.disposition = Disposition.attached_pic
    cover.time_base = THOUSANDTH
    cover.metadata.update({"title": "Cover", "comment": "Cover (front)"})
    return cover


def picture(cover: Stream, jpeg: bytes) -> "Packet[Stream]":
    made = Packet(jpeg)
    made.stream, made.time_base, made.pts, made.dts, made.is_keyframe = cover, THOUSANDTH, 0, 0, True
    return made


def labelled(out: OutputContainer, sound: Stream, labels: Labels) -> None:
    """Names, language and chapters."""
    out.metadata.update(labels.tags)
    sound.metadata["language"] = labels.language
    out.set_chapters(list(_marks(labels.chapters)))


def _marks(chapters: Sequence[Placed]) -> Iterator[Any]:
    for number, chapter in enumerate(chapters):
        begins, ends = round(chapter.begins * 1000), round(chapter.ends * 1000)
        title = {"title": _short(chapter.title)}
        yield {"id": number, "start": begins, "end": ends, "time_base": THOUSANDTH, "metadata": title}


def _short(title: str) -> str:
    """MP4 has a byte for how long a chapter's title is."""
    return title.encode()[:TITLE_MOST].decode(errors="ignore")
