"""Each answer by itself: its sound to post anywhere, the card of its page, and the shape of its wave."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np

from causerie.copies.cards import Words, preview
from causerie.copies.chapters import Placed
from causerie.copies.encoding import Labels, labelled, picture, with_cover
from causerie.copies.files import ANSWERS, answer_card, answer_sound
from causerie.copies.sound import Samples, begun, blocks, frame
from causerie.copies.timeline import RATE

FADE = RATE // 50
"""Twenty milliseconds: an answer is cut out of the middle of an evening."""
BARS = 110
"""Of the wave on an answer's page."""
BIT_RATE = 96_000


class Tape:
    """A sound that is heard once, from its beginning to its end."""

    def __init__(self, sound: Iterator[Samples]) -> None:
        self._sound, self._rest, self._at = sound, np.zeros(0, np.float32), 0

    def until(self, ends: int) -> Iterator[Samples]:
        """What comes next, up to this sample."""
        while self._at < ends:
            if not len(self._rest):
                self._rest = next(self._sound, self._rest)
            part = self._rest[: ends - self._at]
            if not len(part):
                return
            self._rest, self._at = self._rest[len(part) :], self._at + len(part)
            yield part


def answered(chapters: Sequence[Placed]) -> Iterator[tuple[int, Placed]]:
    """The chapters that answer a question, each with its number in the copy."""
    return ((number, one) for number, one in enumerate(chapters, 1) if one.kind in ("answer", "later"))


def cut(
    sound: Path, folder: Path, chapters: Sequence[Placed], says: Words, labels: Labels, told: Callable[[float], None]
) -> None:
    """Write sound and card of each answer, and what its page has to know of them."""
    tape, known = Tape(blocks(sound)), []
    last = chapters[-1].ends if chapters else 0
    for number, chapter in answered(chapters):
        preview(says, chapter.question or chapter.title, chapter.asker).save(_in(folder, answer_card(number)), "PNG")
        known.append({"id": chapter.id, "number": number, "seconds": chapter.seconds, "wave": list[int]()})
        if chapter.seconds > 0:
            known[-1]["wave"] = _cut(tape, chapter, _in(folder, answer_sound(number)), labels)
        told(chapter.ends / last if last else 1)
    _in(folder, ANSWERS).write_text(json.dumps(known), encoding="utf-8")


def wave(peaks: Sequence[float], bars: int = BARS) -> list[int]:
    """The loudest moment in each part of an answer, from 0 to 255; the loudest of all is full."""
    count, loudest = len(peaks), max(peaks, default=0)
    if loudest <= 0:
        return [0] * bars
    ends = [max(at * count // bars + 1, (at + 1) * count // bars) for at in range(bars)]
    return [round(255 * max(peaks[at * count // bars : end]) / loudest) for at, end in enumerate(ends)]


def _cut(tape: Tape, chapter: Placed, to: Path, labels: Labels) -> list[int]:
    begins, ends = round(chapter.begins * RATE), round(chapter.ends * RATE)
    for _ in tape.until(begins):
        pass
    peaks, at = list[float](), begins
    with _mp3(to, _labels(chapter, labels)) as add:
        for part in tape.until(ends):
            soft = _faded(part, at - begins, ends - begins)
            add(soft, at - begins)
            peaks += [float(np.abs(tenth).max()) for tenth in np.array_split(soft, max(1, len(soft) * 10 // RATE))]
            at += len(part)
    return wave(peaks)


def _faded(part: Samples, at: int, length: int) -> Samples:
    """Soft where the answer begins and where it ends."""
    place = np.arange(at, at + len(part))
    edge = np.minimum(place, length - 1 - place) / min(FADE, max(1, length // 2))
    return (part * np.clip(edge, 0, 1)).astype(np.float32)


def _labels(chapter: Placed, labels: Labels) -> Labels:
    """The question is the title; the room is what it comes from."""
    tags = {**labels.tags, "title": chapter.question or chapter.title, "album": labels.tags["title"]}
    return Labels(tags, labels.language, (), labels.cover)


@contextmanager
def _mp3(path: Path, labels: Labels) -> Iterator[Callable[[Samples, int], None]]:
    """A file that takes sound, with names and cover in it."""
    with begun(path, "mp3", {"id3v2_version": "3", "write_id3v1": "0"}) as out:
        cover = with_cover(out)
        stream = out.add_stream("libmp3lame", rate=RATE, bit_rate=BIT_RATE)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        labelled(out, stream, labels)
        out.start_encoding()
        out.mux(picture(cover, labels.cover))
        yield lambda sound, at: out.mux(stream.encode(frame(sound, at)))
        out.mux(stream.encode(None))


def _in(folder: Path, file: str) -> Path:
    return folder / Path(file).name
