"""Each speaker's own file: from their log to sound on the copy's clock, silence where they said nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

from causerie._engine import EngineError, Sound, Track
from causerie.copies.errors import TakeUnreadable
from causerie.copies.levelling import Levels, quiet
from causerie.copies.loudness import Meter
from causerie.copies.plan import Range, Speaker
from causerie.copies.sound import BLOCK, Lossless, Samples
from causerie.copies.tapes import Playing, Tape
from causerie.copies.timeline import RATE, Piece, Timeline, samples

FADE = RATE // 200
"""Five milliseconds: what begins or ends at once clicks."""


@dataclass(frozen=True)
class Heard:
    """What came of one speaker's log."""

    levels: Levels
    torn: bool
    lost: int
    spans: tuple[Range, ...] = ()


def logs_of(speaker: Speaker) -> list[Track | Tape]:
    """Their logs, and what they said later; none where they never said anything."""
    return [*(_track(log) for log in speaker.logs if log.exists()), *(Tape(one) for one in speaker.later)]


def _track(log: Path) -> Track:
    try:
        return Track(str(log))
    except EngineError as error:
        raise TakeUnreadable(str(error)) from error


def voiced(speaker: Speaker) -> list[Range]:
    """When they spoke, without what they left out."""
    spans = sorted((Range(*span) for track in logs_of(speaker) for span in track.spans()), key=lambda span: span.begins)
    for left in speaker.left_out:
        spans = [part for span in spans for part in _without(span, left)]
    return spans


def spoken(speaker: Speaker, line: Timeline, to: Path, tags: dict[str, str], told: Callable[[float], None]) -> Heard:
    """Write one speaker's file as long as the copy, and listen how loud they are."""
    tracks, meter = logs_of(speaker), Meter()
    levels, second = quiet(ceil(line.seconds)), 0
    with Lossless(to, tags=tags) as file:
        for block in _seconds(_kept([track.sound(line.origin) for track in tracks], speaker, line)):
            file.add(block)
            if block.any():
                levels[second] = meter.hear(block)
            second += 1
            told(second / len(levels))
    torn, lost = any(track.torn is not None for track in tracks), sum(track.lost for track in tracks)
    return Heard(levels, torn, lost, tuple(voiced(speaker)))


def _kept(sounds: Sequence[Sound | Playing], speaker: Speaker, line: Timeline) -> Iterator[Samples]:
    """What the copy keeps of it, faded where it was cut."""
    for piece in line.walk(BLOCK):
        block = _read(sounds, piece.ends - piece.begins)
        if not piece.kept:
            continue
        for left in speaker.left_out:
            _silence(block, piece, left, line.origin)
        _fade(block, piece, line)
        yield block


def _read(sounds: Sequence[Sound | Playing], count: int) -> Samples:
    block = np.zeros(count, np.float32)
    for sound in sounds:
        block += np.frombuffer(sound.read(count), np.float32)
    return block


def _silence(block: Samples, piece: Piece, left: Range, origin: int) -> None:
    begins, ends = (samples(moment - origin) - piece.begins for moment in (left.begins, left.ends))
    block[max(0, begins) : max(0, ends)] = 0


def _fade(block: Samples, piece: Piece, line: Timeline) -> None:
    """Soften both sides of a cut, and the copy's own ends."""
    count = min(FADE, len(block))
    if any(piece.begins == whole.begins for whole in line.pieces if whole.kept):
        block[:count] *= np.linspace(0, 1, count, dtype=np.float32)
    if any(piece.ends == whole.ends for whole in line.pieces if whole.kept):
        block[-count:] *= np.linspace(1, 0, count, dtype=np.float32)


def _seconds(sound: Iterator[Samples]) -> Iterator[Samples]:
    """The same sound a second at a time, whatever parts it came in."""
    rest = np.zeros(0, np.float32)
    for part in sound:
        rest = np.concatenate([rest, part]) if len(rest) else part
        while len(rest) >= BLOCK:
            yield rest[:BLOCK]
            rest = rest[BLOCK:]
    if len(rest):
        yield rest


def _without(span: Range, left: Range) -> Iterator[Range]:
    if span.begins < min(span.ends, left.begins):
        yield Range(span.begins, min(span.ends, left.begins))
    if max(span.begins, left.ends) < span.ends:
        yield Range(max(span.begins, left.ends), span.ends)
