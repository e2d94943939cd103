"""What the copies of a place that has been in use for years hold: an hour each, five voices, and their answers."""

import random
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from causerie.clock import HOUR, MINUTE
from causerie.copies.contents import Chapter, Contents, File, Kept, Said, Voice, written

Row = dict[str, Any]
VOICES, SPANS, LINES = 5, 60, 200
TYPED_ALONG = 10
"""One copy in so many has its words."""

_ANSWERS = """
SELECT c.id, c.name, a.id, a.title, a.at, a.until FROM copies c LEFT JOIN answers a ON a.copy = c.id ORDER BY c.id, a.id
"""


def editions_of(file: sqlite3.Connection, people: list[str], chance: random.Random) -> Iterator[Row]:
    """The rows of the first edition of every copy there is."""
    wave = tuple(chance.randrange(256) for _ in range(HOUR // 1000))
    said = file.execute(_ANSWERS).fetchall()
    for n, ((copy, name), held) in enumerate(groupby(said, key=itemgetter(0, 1))):
        chapters = [Chapter(id, title, at, until) for _, _, id, title, at, until in held if id]
        who = chance.sample(people, VOICES)
        lines = LINES if n % TYPED_ALONG == 0 else 0
        contents = Contents(
            length=HOUR,
            files=tuple(_files(name, len(chapters))),
            voices=tuple(_voice(number, person) for number, person in enumerate(who, 1)),
            chapters=tuple(chapters),
            transcript=tuple(Said(at * 10_000, at * 10_000 + 5_000, "Ada", "Words " * 12) for at in range(lines)),
            kept=(Kept(0, HOUR, 0),),
            wave=wave,
        )
        yield {"copy": copy, "number": 1, "edits": "{}", "wanted_at": 1, "made_at": 1, "contents": written(contents)}


def _files(copy: str, answers: int) -> Iterator[File]:
    yield File("mp3", f"copies/{copy}/1/sound/copy.mp3", 50_000_000)
    for number in range(1, answers + 1):
        yield File("answer", f"copies/{copy}/1/answers/{number:02}.mp3", 900_000, number)
        yield File("card", f"copies/{copy}/1/answers/{number:02}.png", 40_000, number)


def _voice(number: int, person: str) -> Voice:
    """They speak in turns, one minute each."""
    spans = [(at * MINUTE + number * 11_000, at * MINUTE + (number + 1) * 11_000) for at in range(SPANS)]
    return Voice(number, person, f"Somebody {number}", tuple(spans), SPANS * 11_000)
