"""From what is stored of a room to the plan of its copy: whose voices, which chapters, which words and questions.

Whoever took their yes back is in none of it; whoever hid their name is not named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.captions.models import captions
from causerie.copies import later, outline
from causerie.copies.errors import CopyEmpty
from causerie.copies.left_out import people_out
from causerie.copies.outline import MILLISECOND, Evening, Turn
from causerie.copies.plan import Asked, Caption, Chapter, Outcome, Plan, Speaker
from causerie.copies.queries import answers_of, cover_of
from causerie.copies.state import Answer, Copy
from causerie.floor.models import topics
from causerie.ids import QuestionId, RoomId
from causerie.questions import store as questions
from causerie.questions.state import OPEN, Question, Questions, State
from causerie.recordings.models import takes
from causerie.recordings.queries import KeptTrack, kept_tracks, parts_of
from causerie.rooms.queries import dumped_in, room_by_id
from causerie.rooms.state import Room

SHOWN = 5000
"""Milliseconds that a line of captions stands, where none follows sooner."""
OUTCOMES: dict[State, Outcome] = {
    "answered": "answered",
    "open": "open",
    "next": "open",
    "on_air": "open",
    "carried_over": "open",
    "merged": "merged",
}
"""What people may read later of a question: what was dismissed, withdrawn or never read is nobody's."""


@dataclass(frozen=True)
class Told:
    """Everything that is stored of an evening, as far as its copy needs it."""

    room: Room
    evening: Evening
    asked: Questions
    turns: tuple[Turn, ...]
    kept: tuple[KeptTrack, ...]
    captions: tuple[Caption, ...]
    left_out: tuple[str, ...]
    dumped: tuple[tuple[int, int], ...] = ()


async def told(connection: AsyncConnection, room_id: RoomId, data: Path = Path()) -> Told:
    """Read it, the logs as they lie in the data folder; refused where nobody is in the recording any more."""
    room = await room_by_id(connection, room_id)
    assert room is not None  # a copy belongs to a room
    found = select(takes.c.id).where(takes.c.room == room_id).order_by(takes.c.requested_at, takes.c.id)
    ids = list((await connection.execute(found)).scalars())
    ran = outline.evening([await parts_of(connection, take) for take in ids], room.ended_at or 0)
    kept = [track for take in ids for track in await kept_tracks(connection, data, take)]
    if ran is None or not kept:
        raise CopyEmpty
    asked = await questions.read(connection, room_id)
    left = await _left_out(connection, room_id)
    turns = (*_answered(asked), *await _topics(connection, room_id))
    said = await _captions(connection, room_id, {track.name for track in kept} - set(left), nameless=not left)
    return Told(room, ran, asked, turns, tuple(kept), said, left, await dumped_in(connection, room_id))


async def chapters_of(connection: AsyncConnection, copy: Copy, of: Told) -> list[Answer]:
    """The chapters of a copy as its edits want them."""
    known = await answers_of(connection, copy.id)
    ends = copy.edits.trim_ends or of.evening.ends
    return [*outline.chapters(copy.id, of.turns, known, copy.edits, ends), *outline.later(known, copy.edits)]


async def planned(connection: AsyncConnection, data: Path, copy: Copy, said: Callable[[str], Path] = Path) -> Plan:
    """The plan of the edition that is wanted; `said` is where the sound of a later answer lies, by its key."""
    of = await told(connection, copy.room, data)
    stand = await chapters_of(connection, copy, of)
    cover = await cover_of(connection, copy.id) if copy.edits.cover else None
    room = plan(of, stand, copy, cover=cover)
    return later.joined(room, stand, lambda one: said(one.sound or ""), partial(_asked_in, of.asked))


def plan(of: Told, stand: Sequence[Answer], copy: Copy, *, cover: bytes | None) -> Plan:
    """One edition, whole."""
    room, edits = of.room, copy.edits
    asker = {id: _asker(question) for id, question in of.asked.all.items()}
    return Plan(
        title=room.title,
        host=room.host_name,
        begins=(edits.trim_begins or of.evening.begins) * MILLISECOND,
        ends=(edits.trim_ends or of.evening.ends) * MILLISECOND,
        speakers=speakers(of.kept),
        chapters=tuple(_chapter(one, asker, of.asked) for one in stand if not one.hidden and one.kind != "later"),
        captions=of.captions,
        questions=_asked(of.asked, stand),
        hidden=outline.hidden(stand, (*of.evening.between, *of.dumped)),
        cover=cover,
        language=room.language,
    )


def speakers(kept: Sequence[KeptTrack]) -> tuple[Speaker, ...]:
    """Everybody once, in the order they came on stage first, with all their logs."""
    everybody: dict[str, Speaker] = {}
    for track in kept:
        before = everybody.get(track.person)
        everybody[track.person] = (
            replace(before, more=(*before.more, track.log)) if before else Speaker(track.person, track.name, track.log)
        )
    return tuple(everybody.values())


def _asked_in(asked: Questions, one: Answer) -> tuple[str | None, str | None]:
    question = asked.all.get(QuestionId(one.question or ""))
    return (_asker(question), question.text) if question else (None, one.title)


def _chapter(one: Answer, asker: dict[QuestionId, str | None], asked: Questions) -> Chapter:
    if one.question is None:
        return Chapter(one.begins * MILLISECOND, one.title, kind="topic", id=one.id)
    question = QuestionId(one.question)
    return Chapter(one.begins * MILLISECOND, one.title, asker[question], asked.all[question].text, id=one.id)


def _asker(question: Question) -> str | None:
    return question.name if question.hidden_from == "nobody" else None


def _answered(asked: Questions) -> list[Turn]:
    return [
        Turn("answer", one.text, one.on_air_at, question=one.id) for one in asked.answered if one.on_air_at is not None
    ]


async def _topics(connection: AsyncConnection, room: RoomId) -> list[Turn]:
    rows = await connection.execute(select(topics.c.id, topics.c.text, topics.c.on_air_at).where(topics.c.room == room))
    return [Turn("topic", text, at, topic=id) for id, text, at in rows]


def _asked(asked: Questions, stand: Sequence[Answer]) -> tuple[Asked, ...]:
    """Without what was dismissed or withdrawn, and without what the host hides."""
    hidden = {one.question for one in stand if one.hidden}
    shown = [one for one in asked.all.values() if one.state in OUTCOMES and one.id not in hidden]
    since = {one.question: one.begins for one in later.given(stand)}
    return tuple(_line(one, since) for one in shown if one.merged_into not in hidden or one.merged_into is None)


def _line(one: Question, later: Mapping[str | None, int]) -> Asked:
    """A question that was answered later is answered here, and nowhere else."""
    since = later.get(one.id) if one.state in OPEN else one.on_air_at if one.state == "answered" else None
    outcome = "answered" if one.id in later and one.state in OPEN else OUTCOMES[one.state]
    answered = since * MILLISECOND if since is not None else None
    return Asked(one.text, _asker(one), one.votes, outcome, one.asked_at * MILLISECOND, answered)


async def _captions(
    connection: AsyncConnection, room: RoomId, names: set[str], *, nameless: bool
) -> tuple[Caption, ...]:
    """What was typed of those who are kept; lines without a name only where nobody was left out."""
    wanted = select(captions.c.at, captions.c.speaker, captions.c.text).where(captions.c.room == room)
    rows = (await connection.execute(wanted.order_by(captions.c.at, captions.c.id))).all()
    ends = [*(row.at for row in rows[1:]), None][: len(rows)]
    return tuple(
        Caption(row.at * MILLISECOND, min(row.at + SHOWN, until or row.at + SHOWN) * MILLISECOND, row.speaker, row.text)
        for row, until in zip(rows, ends, strict=False)
        if (row.speaker in names if row.speaker is not None else nameless)
    )


async def _left_out(connection: AsyncConnection, room: RoomId) -> tuple[str, ...]:
    """The names of those who were asked and are not in it."""
    out = await people_out(connection, room)
    names = select(people.c.name).where(people.c.id.in_(out)).order_by(people.c.name)
    return tuple((await connection.execute(names)).scalars())
