"""Which answers can be heard again while the room goes on: of what was recorded, of those whose yes stands."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from causerie.clock import SECOND
from causerie.ids import QuestionId
from causerie.questions.state import Question
from causerie.recordings.live import RecordedRoom
from causerie.recordings.state import CatchUp, Take, Track
from causerie.recordings.words import HEARD_AGAIN

LEAST = SECOND
"""Less than this of an answer is nothing to hear."""

Parts = Sequence[tuple[int, int | None]]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Stretch:
    """An answer from its question on air to its end: what of that was recorded, and on which tracks of which takes."""

    question: QuestionId
    begins: int
    ends: int
    parts: tuple[tuple[int, int], ...]
    tracks: tuple[tuple[str, Track], ...]

    @property
    def length(self) -> int:
        return sum(ends - begins for begins, ends in self.parts)

    @property
    def file(self) -> str:
        """What its file is called; another one when somebody has left it, or when it was answered once more."""
        said = [self.question, self.begins, self.ends, self.parts, [track.id for _, track in self.tracks]]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]

    @property
    def made(self) -> CatchUp:
        """As it is heard, once its file is there."""
        tracks = frozenset(track.id for _, track in self.tracks)
        return CatchUp(self.question, self.file, self.begins, self.ends, self.length, tracks)


def stretches(live: RecordedRoom, parts: Mapping[str, Parts]) -> list[Stretch]:
    """Every answer that can be heard again, in the order they were given; `parts`: when each take ran."""
    takes = [take for take in live.recording.takes.values() if take.uncopied and take.words >= HEARD_AGAIN]
    found = (_stretch(question, takes, parts, live.room.dumped) for question in given(live))
    return [one for one in found if one.length >= LEAST and one.tracks]


def given(live: RecordedRoom) -> list[Question]:
    """Answered questions in the order of their answers."""
    answered = [one for one in live.questions.answered if one.on_air_at is not None and one.answered_at is not None]
    return sorted(answered, key=lambda one: (one.on_air_at or 0, one.id))


def heard(live: RecordedRoom) -> list[tuple[Question, CatchUp]]:
    """The answers that can be heard now; one that was opened again since is not among them."""
    there = live.recording.catch_up
    if not there:
        return []
    pairs = ((one, there[one.id]) for one in given(live) if one.id in there)
    return [(one, sound) for one, sound in pairs if (one.on_air_at, one.answered_at) == (sound.begins, sound.ends)]


def _stretch(question: Question, takes: Iterable[Take], parts: Mapping[str, Parts], without: Spans) -> Stretch:
    begins, ends = question.on_air_at or 0, question.answered_at or 0
    spans = {take.id: list(_within(parts.get(take.id, ()), begins, ends, without)) for take in takes}
    ran = tuple(sorted(span for of in spans.values() for span in of))
    tracks = ((take.id, track) for take in takes if spans[take.id] for track in take.kept.values())
    opened = sorted((pair for pair in tracks if pair[1].opened_at < ends), key=lambda pair: (pair[0], pair[1].id))
    return Stretch(question.id, begins, ends, ran, tuple(opened))


def _within(parts: Parts, begins: int, ends: int, without: Spans) -> Iterable[tuple[int, int]]:
    """What of these parts lies between two moments, but for what was dumped; one that still runs goes on."""
    for began, ended in parts:
        first, last = max(began, begins), min(ends if ended is None else ended, ends)
        for out, on in without:
            if first < out < last:
                yield first, out
            first = max(first, on) if out < last else first
        if first < last:
            yield first, last
