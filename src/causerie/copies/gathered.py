"""From a folder in which a copy was made to what the copy holds: every file with its key, and what the making told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from causerie.copies.contents import Chapter, Contents, File, Kept, Said, Voice
from causerie.copies.files import MEASURES, files_in
from causerie.copies.keys import NUMBERED, kind_of, of_edition
from causerie.copies.plan import Plan
from causerie.copies.storage import Stored


def stored(folder: Path, copy: str, number: int, put: Callable[[str, Path], Stored]) -> tuple[File, ...]:
    """Put every file of a making that people are given into the storage."""
    paths = [(path, kind_of(path.as_posix())) for path in files_in(folder)]
    return tuple(
        File(kind, kept.key, kept.bytes, int(path.stem) if kind in NUMBERED else None)
        for path, kind in paths
        if kind is not None
        for kept in [put(of_edition(copy, number) + path.as_posix(), folder / path)]
    )


def contents(folder: Path, plan: Plan, files: tuple[File, ...]) -> Contents:
    """All that an edition holds."""
    told = json.loads((folder / MEASURES).read_text(encoding="utf-8"))
    return Contents(
        length=_ms(told["seconds"]),
        files=files,
        voices=tuple(_voice(n, plan, one) for n, one in enumerate(told["speakers"], 1)),
        chapters=tuple(
            Chapter(one["id"], one["title"], _ms(one["begins"]), _ms(one["ends"])) for one in told["chapters"]
        ),
        transcript=tuple(
            Said(_ms(cue["begins"]), _ms(cue["ends"]), cue["who"], cue["text"]) for cue in told["transcript"]
        ),
        kept=tuple(Kept(*one) for one in told["kept"]),
        wave=tuple(told["wave"]),
    )


def _voice(number: int, plan: Plan, told: dict[str, Any]) -> Voice:
    speaker = plan.speakers[number - 1]
    spans = tuple((begins, ends) for begins, ends in told["spans"])
    return Voice(number, speaker.person, speaker.name, spans, sum(ends - begins for begins, ends in spans))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
