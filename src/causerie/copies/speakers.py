"""Each speaker's own file: from their log to sound on the copy's clock, silence where they said nothing."""

from collections.abc import Callable, Iterator
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
from causerie.copies.timeline import RATE, Piece, Timeline, samples

FADE = RATE // 200
"""Five milliseconds: what begins or ends at once clicks."""


@dataclass(frozen=True)
class Heard:
    """What came of one speaker's log."""

    levels: Levels
    torn: bool
    lost: int


def log_of(speaker: Speaker) -> Track | None:
    """Their log; none where they never said anything."""
    if not speaker.log.exists():
        return None
    try:
        return Track(str(speaker.log))
    except EngineError as error:
        raise TakeUnreadable(str(error)) from error


def voiced(speaker: Speaker) -> list[Range]:
    """When they spoke, without what they left out."""
    track = log_of(speaker)
    spans = [Range(*span) for span in track.spans()] if track else []
    for left in speaker.left_out:
        spans = [part for span in spans for part in _without(span, left)]
    return spans


def spoken(speaker: Speaker, line: Timeline, to: Path, tags: dict[str, str], told: Callable[[float], None]) -> Heard:
    """Write one speaker's file as long as the copy, and listen how loud they are."""
    track, meter = log_of(speaker), Meter()
    levels, second = quiet(ceil(line.seconds)), 0
    with Lossless(to, tags=tags) as file:
        for block in _seconds(_kept(track.sound(line.origin) if track else None, speaker, line)):
            file.add(block)
            if block.any():
                levels[second] = meter.hear(block)
            second += 1
            told(second / len(levels))
    return Heard(levels, bool(track and track.torn is not None), track.lost if track else 0)


def _kept(sound: Sound | None, speaker: Speaker, line: Timeline) -> Iterator[Samples]:
    """What the copy keeps of it, faded where it was cut."""
    for piece in line.walk(BLOCK):
        block = _read(sound, piece.ends - piece.begins)
        if not piece.kept:
            continue
        for left in speaker.left_out:
            _silence(block, piece, left, line.origin)
        _fade(block, piece, line)
        yield block


def _read(sound: Sound | None, count: int) -> Samples:
    if sound is None:
        return np.zeros(count, np.float32)
    return np.frombuffer(sound.read(count), np.float32).copy()


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
