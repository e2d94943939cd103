"""What a making says of the copy beside its files: how loud, who speaks when, where each moment of the evening is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from causerie.copies.captions import Cue
from causerie.copies.chapters import Placed
from causerie.copies.loudness import Loudness
from causerie.copies.places import kept, spans_of
from causerie.copies.sound import Samples, blocks
from causerie.copies.speakers import Heard
from causerie.copies.timeline import Timeline

QUIETEST = -60.0


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
