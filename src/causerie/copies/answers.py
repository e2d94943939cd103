"""Each answer by itself: its sound to post anywhere, and the card that is seen where its page is linked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np

from causerie.copies.cards import Words, preview
from causerie.copies.chapters import Placed
from causerie.copies.encoding import Labels, labelled, picture, with_cover
from causerie.copies.files import answer_card, answer_sound
from causerie.copies.sound import Samples, begun, blocks, frame
from causerie.copies.timeline import RATE

FADE = RATE // 50
"""Twenty milliseconds: an answer is cut out of the middle of an evening."""
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
    """Write sound and card of each answer."""
    tape = Tape(blocks(sound))
    for number, chapter in answered(chapters):
        preview(says, chapter.question or chapter.title, chapter.asker).save(_in(folder, answer_card(number)), "PNG")
        if chapter.seconds > 0:
            _cut(tape, chapter, _in(folder, answer_sound(number)), labels)
        told(chapter.ends / (chapters[-1].ends or 1))


def _cut(tape: Tape, chapter: Placed, to: Path, labels: Labels) -> None:
    begins, ends, at = round(chapter.begins * RATE), round(chapter.ends * RATE), 0
    for _ in tape.until(begins):
        pass
    with _mp3(to, _labels(chapter, labels)) as add:
        for part in tape.until(ends):
            add(_faded(part, at, ends - begins), at)
            at += len(part)


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
