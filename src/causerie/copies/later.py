"""Questions that were still open when the room ended, answered afterwards: by a text or by voice, in the copy alone."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from causerie.copies.errors import LaterLength
from causerie.copies.outline import MILLISECOND
from causerie.copies.plan import Chapter, Plan, Range, Speaker, Spoken
from causerie.copies.state import Answer
from causerie.texts import seen

MOST = 5_000
NOWHERE = Path("nowhere.take")
"""The log of somebody who never spoke in the room."""
Asked = Callable[[Answer], tuple[str | None, str | None]]
"""Who asked it, as they chose to be named, and its words."""


def plain(text: str) -> str:
    """What somebody wrote, line by line, nothing in it that steers a screen."""
    lines = (" ".join(line.split()) for line in seen(unicodedata.normalize("NFC", text)).splitlines())
    kept = "\n".join(line for line in lines if line)
    if not 1 <= len(kept) <= MOST:
        raise LaterLength
    return kept


def given(stand: Sequence[Answer]) -> list[Answer]:
    """Those that people may know of, in the order they were given."""
    return sorted(
        (one for one in stand if one.kind == "later" and not one.hidden), key=lambda one: (one.begins, one.id)
    )


def joined(plan: Plan, stand: Sequence[Answer], file: Callable[[Answer], Path], asked: Asked) -> Plan:
    """The same evening with these answers behind its last chapter; what lies between is cut out."""
    for one in given(stand):
        if one.sound is not None:
            plan = _heard(plan, one, file(one))
    for one in given(stand):
        asker, words = asked(one)
        begins = plan.ends if one.sound is None else one.begins * MILLISECOND
        chapter = Chapter(begins, one.title, asker, words, "later", one.id)
        plan = replace(plan, chapters=(*plan.chapters, chapter))
    return plan


def _heard(plan: Plan, one: Answer, file: Path) -> Plan:
    begins, ends = one.begins * MILLISECOND, one.ends * MILLISECOND
    between = (Range(plan.ends, begins),) if plan.ends < begins else ()
    spoken = Spoken(file, begins, ends)
    return replace(plan, ends=ends, hidden=(*plan.hidden, *between), speakers=_speakers(plan.speakers, one, spoken))


def _speakers(speakers: Sequence[Speaker], one: Answer, spoken: Spoken) -> tuple[Speaker, ...]:
    """Whoever spoke in the room says this with the same voice; others come behind them."""
    if one.person in {speaker.person for speaker in speakers}:
        return tuple(
            replace(speaker, later=(*speaker.later, spoken)) if speaker.person == one.person else speaker
            for speaker in speakers
        )
    return (*speakers, Speaker(one.person or "", one.who or "", NOWHERE, later=(spoken,)))
