"""A place that has been in use for years: a hundred thousand rooms, a million questions, and always the same ones."""

import contextlib
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite as sqlite_dialect

from benchmarks.editions import editions_of
from causerie.accounts.models import checks, follows, handles, people, profiles
from causerie.clock import DAY, HOUR, MINUTE, HandClock
from causerie.copies.models import answers, copies, editions
from causerie.db import Database
from causerie.discovery.keeping import KINDS
from causerie.groups.charter import Charter, written
from causerie.groups.models import groups, memberships
from causerie.ids import PersonId
from causerie.questions.models import questions
from causerie.rooms import settings
from causerie.rooms.models import rooms
from causerie.rooms.settings import RoomSettings

NOW = HandClock().now()
YEARS = 3 * 365 * DAY
SYLLABLES = "ba co di fu ga hel in jo ka lum mi nor o pra qui res sa tor un vi wen xe ya zol"
WORDS = 20_000
ABROAD = "été théâtre cœur forêt élève où façade naïve الموسيقى مدينة كتاب شجرة إلى أسئلة القرآن فكرة"
Row = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How many of each there are."""

    rooms: int = 100_000
    people: int = 20_000
    questions: int = 1_000_000
    groups: int = 2_000
    follows: int = 50
    circles: int = 20


@dataclass(frozen=True)
class Instance:
    """What was made. `reader` follows people and is in groups, as many as the sizes say; `now` is its present."""

    path: Path
    reader: PersonId
    sizes: Sizes
    now: int = NOW
    took_s: float = 0.0

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.path}"


async def made(path: Path, sizes: Sizes | None = None, *, seed: int = 1) -> Instance:
    """A new SQLite file with all this in it; the same seed and sizes give the same rows."""
    sizes = sizes or Sizes()
    begun = time.perf_counter()
    database = Database(f"sqlite+aiosqlite:///{path}", HandClock(NOW))
    await database.open()
    await database.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        # Nobody waits for this file, and it can be made again.
        file.execute("PRAGMA synchronous=OFF")
        file.execute("BEGIN")
        _fill(file, sizes, random.Random(seed))
        _words(file)
        file.execute("COMMIT")
    return Instance(path, PersonId(_id(0, 0)), sizes, took_s=time.perf_counter() - begun)


class Vocabulary:
    """Words as they are spread in any language: a few everywhere, most hardly ever."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        made_up = ("".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 4))) for _ in range(2 * WORDS))
        self.words = list(dict.fromkeys([*made_up, *ABROAD.split()]))[:WORDS]
        chance.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def texts(self, many: int, least: int, most: int) -> Iterator[str]:
        """So many texts of so many words."""
        lengths = self.chance.choices(range(least, most + 1), k=many)
        said = iter(self.chance.choices(self.words, cum_weights=self.weights, k=sum(lengths)))
        for length in lengths:
            yield " ".join(next(said) for _ in range(length)).capitalize()


def _fill(file: sqlite3.Connection, sizes: Sizes, chance: random.Random) -> None:
    words = Vocabulary(chance)
    _people(file, sizes, chance, words)
    _groups(file, sizes, chance, words)
    planned = _rooms(file, sizes, chance, words)
    _questions(file, sizes, chance, words, planned)
    _put(file, editions, editions_of(file, [_id(0, n) for n in range(sizes.people)], chance))


def quiet(path: Path) -> None:
    """Every room that is live has ended."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("UPDATE rooms SET ended_at = started_at + 1 WHERE started_at IS NOT NULL AND ended_at IS NULL")


def _people(file: sqlite3.Connection, sizes: Sizes, chance: random.Random, words: Vocabulary) -> None:
    ids = [_id(0, n) for n in range(sizes.people)]
    names = list(words.texts(sizes.people, 2, 3))
    plain = {"guest": False, "admin": False, "bot": False, "created_at": NOW - YEARS, "minor": False}
    _put(
        file,
        people,
        (
            {"id": id, "name": f"{name} {n}", "may_open_rooms": n % 20 == 0, **plain}
            for n, (id, name) in enumerate(zip(ids, names, strict=True))
        ),
    )
    _put(
        file,
        handles,
        (
            {
                "handle": f"{name.split()[0].lower()[:20]}_{n}" if name.isascii() else f"h_{n}",
                "person": id,
                "taken_at": NOW - YEARS,
            }
            for n, (id, name) in enumerate(zip(ids, names, strict=True))
        ),
    )
    _put(
        file,
        profiles,
        (
            {"person": id, "bio": bio, "links": "[]", "languages": '["en"]'}
            for id, bio in zip(ids, words.texts(sizes.people, 0, 30), strict=True)
        ),
    )
    _put(
        file,
        checks,
        ({"id": id, "person": id, "note": "Passport", "by": ids[0], "checked_at": NOW - DAY} for id in ids[::10]),
    )
    followed = {id: chance.sample(ids[1:], min(sizes.follows if id == ids[0] else 3, len(ids) - 1)) for id in ids}
    _put(
        file,
        follows,
        (
            {"kind": "person", "subject": other, "person": id, "since": NOW - DAY}
            for id, others in followed.items()
            for other in others
            if other != id
        ),
    )


def _groups(file: sqlite3.Connection, sizes: Sizes, chance: random.Random, words: Vocabulary) -> None:
    ids = [_id(1, n) for n in range(sizes.groups)]
    charter = {"charter": written(Charter()), "charter_version": 1, "joining": "open"}
    fixed = {"hidden_list": False, "created_at": NOW - YEARS, "goes_with_rooms": False}
    said = zip(ids, words.texts(len(ids), 1, 3), words.texts(len(ids), 5, 40), strict=True)
    _put(
        file,
        groups,
        (
            {
                "id": id,
                "handle": f"group_{n}",
                "name": name,
                "description": about,
                "private": n % 10 == 1,
                **charter,
                **fixed,
            }
            for n, (id, name, about) in enumerate(said)
        ),
    )
    inside = {n: chance.sample(ids, min(sizes.circles if n == 0 else 3, len(ids))) for n in range(sizes.people)}
    _put(
        file,
        memberships,
        (
            {"group_id": group, "person": _id(0, n), "role": "member", "rank": 3, "since": NOW - DAY}
            for n, of in inside.items()
            for group in of
        ),
    )


def _rooms(file: sqlite3.Connection, sizes: Sizes, chance: random.Random, words: Vocabulary) -> list[Row]:
    """Rooms over three years: most are over, some come, a handful is live; gives their rows."""
    titles, told = words.texts(sizes.rooms, 2, 7), words.texts(sizes.rooms, 0, 60)
    lines = words.texts(sizes.rooms, 1, 6)
    planned = [
        _room(n, sizes, chance) | {"title": title, "description": about, "settings": _with_agenda(line)}
        for n, title, about, line in zip(range(sizes.rooms), titles, told, lines, strict=True)
    ]
    _put(file, rooms, planned)
    ended = [row for row in planned if row["ended_at"] is not None]
    _put(
        file,
        copies,
        (
            {
                "id": row["id"],
                "name": row["name"][-22:],
                "room": row["id"],
                "state": "ready",
                "visibility": chance.choice(("published", "published", "unlisted", "private")),
                "generation": 1,
                "wanted": 1,
                "made": 1,
                "edits": "{}",
                "created_at": row["ended_at"],
                "published_at": row["ended_at"],
            }
            for row in ended[::3]
        ),
    )
    return planned


def _room(n: int, sizes: Sizes, chance: random.Random) -> Row:
    starts = NOW - YEARS + n * (YEARS + 14 * DAY) // max(1, sizes.rooms)
    past, fell = starts < NOW - 8 * HOUR, chance.random() < 0.04
    live = not past and starts <= NOW
    group = _id(1, chance.randrange(sizes.groups)) if sizes.groups and chance.random() < 0.4 else None
    return {
        "id": _id(2, n),
        "name": f"room-{n:09d}",
        "visibility": "unlisted" if chance.random() < 0.1 else "public",
        "language": chance.choice(("en", "en", "en", "fr", "ar")),
        "host": _id(0, chance.randrange(sizes.people)),
        "starts_at": starts,
        "started_at": starts if (past or live) and not fell else None,
        "ended_at": starts + HOUR if past and not fell else None,
        "cancelled_at": starts - DAY if fell else None,
        "draft": not past and chance.random() < 0.05,
        "group_id": group,
    }


def _with_agenda(line: str) -> str:
    return settings.written(RoomSettings(agenda=(line,)))


STATES = ["answered"] * 6 + ["carried_over"] * 8 + ["dismissed", "merged", "withdrawn", "pending"]


def _questions(file: sqlite3.Connection, sizes: Sizes, chance: random.Random, words: Vocabulary, of: list[Row]) -> None:
    """Questions in rooms that began; of those answered in a room with a copy, an answer with a page."""
    began = [row for row in of if row["started_at"] is not None]
    copied = {row[0] for row in file.execute("SELECT room FROM copies")}
    where = sorted(chance.choices(range(len(began)), k=sizes.questions))
    texts = words.texts(sizes.questions, 4, 14)
    answered: list[Row] = []

    def each() -> Iterator[Row]:
        for n, (at, text) in enumerate(zip(where, texts, strict=True)):
            room = began[at]
            person = chance.randrange(sizes.people)
            row = {
                "id": _id(3, n),
                "room": room["id"],
                "person": _id(0, person),
                "name": f"Somebody {person}",
                "text": f"{text}?",
                "myself": n % 2 == 0,
                "asked_at": room["started_at"] + n % HOUR,
                "state": chance.choice(STATES) if room["ended_at"] else "open",
                "answered_at": None,
                "hidden_from": "audience" if n % 9 == 0 else "nobody",
            }
            if row["state"] == "answered":
                row["answered_at"] = row["asked_at"] + MINUTE
                if room["id"] in copied:
                    answered.append(row)
            yield row

    _put(file, questions, each())
    _answers(file, answered)


def _answers(file: sqlite3.Connection, to: list[Row]) -> None:
    """A page for each of these questions."""
    _put(
        file,
        answers,
        (
            {
                "id": row["id"],
                "name": row["id"][-22:],
                "copy": row["room"],
                "kind": "answer",
                "question": row["id"],
                "title": row["text"],
                "begins": row["answered_at"] - MINUTE,
                "ends": row["answered_at"],
                "at": 1000,
                "until": 60_000,
                "wished": n % 40,
                "hidden": n % 50 == 0,
            }
            for n, row in enumerate(to)
        ),
    )


def _words(file: sqlite3.Connection) -> None:
    """What all this is found by, which the program would read by itself at its first start."""
    file.row_factory = sqlite3.Row
    for kind in KINDS:
        wanted = kind.texts.order_by(kind.of.c.id)
        plain = wanted.compile(dialect=sqlite_dialect.dialect(), compile_kwargs={"literal_binds": True})
        texts = file.execute(str(plain))
        rows = ({kind.key: row["id"], **kind.read(dict(row))} for row in texts)
        _put(file, kind.terms, rows)


def _id(kind: int, n: int) -> str:
    """An id that sorts by its number."""
    return f"01{kind:02d}{n:022d}"


def _put(file: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Write rows that all have the same columns; what is not said has its default."""
    first = next(them := iter(rows), None)
    if first is None:
        return
    columns = list(first)
    assert set(columns) <= {column.name for column in table.columns}
    said = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    file.execute(said, list(first.values()))
    file.executemany(said, (list(row.values()) for row in them))
