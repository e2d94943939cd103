"""What a room holds of one person, for them to take along: their own track, words and questions, nothing of others."""

import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.clock import SECOND
from causerie.copies.contents import Contents
from causerie.copies.queries import answers_of, edition_made
from causerie.copies.rules import own_tracks
from causerie.copies.shown import NOTHING
from causerie.copies.state import Answer, Copy
from causerie.copies.storage import Storage
from causerie.ids import PersonId
from causerie.questions import store as questions
from causerie.questions.state import Question
from causerie.recordings import queries as recordings
from causerie.recordings.queries import LedgerLine
from causerie.recordings.words import shown
from causerie.rooms.state import Room


@dataclass(frozen=True)
class Own:
    """`tracks`: the keys of files in which nobody else is heard; `told`: everything else, to be read."""

    tracks: tuple[str, ...]
    told: dict[str, Any]


async def own_part(connection: AsyncConnection, copy: Copy, room: Room, person: PersonId) -> Own | None:
    """None where nothing of them is there."""
    edition = await edition_made(connection, copy)
    held = (edition.contents if edition else None) or NOTHING
    asked = (await questions.read(connection, copy.room)).all.values()
    given = [one for one in await answers_of(connection, copy.id) if one.person == person]
    said = [line for line in await recordings.ledger(connection, room.id) if line.person == person]
    told = {
        "room": room.title,
        "held_at": _at(room.started_at or copy.created_at),
        "spoken": [span for voice in held.voices if voice.person == person for span in voice.spans],
        "words": _words(held, person),
        "questions": [_question(one) for one in asked if one.person == person],
        "answered_later": [_later(one) for one in given],
        "recording": [_consent(line) for line in said],
    }
    own = Own(tuple(sorted(own_tracks(held, person))), told)
    return own if own.tracks or any(told[of] for of in ("questions", "answered_later", "recording")) else None


async def packed(own: Own, storage: Storage) -> AsyncIterator[bytes]:
    """As one file, which is never whole in memory."""
    out = _Out()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        pack.writestr("part.json", json.dumps(own.told, ensure_ascii=False, indent=1))
        for key in own.tracks:
            size = await storage.size(key) or 0
            with pack.open(zipfile.ZipInfo(f"track-{key.rpartition('/')[2]}"), "w", force_zip64=True) as into:
                async for chunk in storage.read(key, 0, size):
                    into.write(chunk)
                    yield out.taken()
    yield out.taken()


class _Out:
    """What was written, until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes, /) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """It goes when it is taken."""

    def close(self) -> None:
        """Nothing is held open."""

    def taken(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


def _words(held: Contents, person: PersonId) -> list[dict[str, Any]]:
    """What was typed along of them; where two have one name, nobody can say whose words they are."""
    names = [voice.name for voice in held.voices]
    mine = {voice.name for voice in held.voices if voice.person == person and names.count(voice.name) == 1}
    return [{"begins": one.begins, "ends": one.ends, "text": one.text} for one in held.transcript if one.who in mine]


def _question(one: Question) -> dict[str, Any]:
    named = one.name if one.hidden_from == "nobody" else None
    times = {"asked_at": _at(one.asked_at), "answered_at": _at(one.answered_at)}
    return {"text": one.text, "under_the_name": named, "state": one.state, **times}


def _later(one: Answer) -> dict[str, Any]:
    return {"text": one.text}


def _consent(line: LedgerLine) -> dict[str, Any]:
    return {"at": _at(line.at), "answer": line.answer, "words": line.words, "shown": shown(line.words, line.rule)}


def _at(moment: int | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
