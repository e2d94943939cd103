"""What a making says of the copy beside its files: how loud, who speaks when, where each moment of the evening is."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from causerie.copies.captions import Cue
from causerie.copies.chapters import Placed
from causerie.copies.loudness import Loudness
from causerie.copies.plan import Range
from causerie.copies.sound import Samples, blocks
from causerie.copies.speakers import Heard
from causerie.copies.timeline import RATE, SECOND, Timeline

BREATH = 500
"""Milliseconds: whoever is silent for less goes on speaking."""
QUIETEST = -60.0
THOUSANDTH = SECOND // 1000


def said(
    line: Timeline, heard: Iterable[tuple[str, str, Heard]], measured: Loudness, *, words: dict[str, Any], master: Path
) -> str:
    """All of it as JSON; `heard` is each speaker's name, file, and what came of their log."""
    speakers = [_speaker(line, name, file, one) for name, file, one in heard]
    peak = measured.true_peak if measured.true_peak > float("-inf") else None
    loud = {"seconds": line.seconds, "lufs": measured.lufs, "true_peak": peak, "wave": wave(master)}
    whole = {**loud, "speakers": speakers, "kept": kept(line), **words}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def words_of(chapters: Sequence[Placed], cues: Sequence[Cue]) -> dict[str, Any]:
    """Chapters and captions as the copy has them, in seconds."""
    return {"chapters": [asdict(one) for one in chapters], "transcript": [asdict(cue) for cue in cues]}


def spans_of(line: Timeline, spans: Iterable[Range]) -> list[tuple[int, int]]:
    """When somebody speaks, in milliseconds of the copy."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        begins, ends = (round(line.at(moment) * 1000) for moment in (span.begins, span.ends))
        if begins >= ends:
            continue
        if joined and begins - joined[-1][1] < BREATH:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined


def kept(line: Timeline) -> list[tuple[int, int, int]]:
    """Each part of the evening in the copy: from and to on the room's clock, and where it begins in the copy."""
    return list(_kept(line))


def _kept(line: Timeline) -> Iterator[tuple[int, int, int]]:
    before = 0
    for piece in line.pieces:
        if piece.kept:
            yield _moment(line, piece.begins), _moment(line, piece.ends), round(before * 1000 / RATE)
            before += piece.ends - piece.begins


def _moment(line: Timeline, sample: int) -> int:
    return (line.origin + round(sample * SECOND / RATE)) // THOUSANDTH


def wave(master: Path) -> list[int]:
    """How loud each second is: 0 is silence, 255 as loud as it can be."""
    return [_height(block) for block in blocks(master)]


def _height(block: Samples) -> int:
    power = float(np.sqrt(np.mean(np.square(block)))) if len(block) else 0.0
    decibels = 20 * np.log10(power) if power > 0 else QUIETEST
    return round(255 * min(1.0, max(0.0, 1 - decibels / QUIETEST)))


def _speaker(line: Timeline, name: str, file: str, one: Heard) -> dict[str, Any]:
    spans = spans_of(line, one.spans)
    return {"name": name, "file": file, "torn": one.torn, "lost": one.lost, "spans": spans}
