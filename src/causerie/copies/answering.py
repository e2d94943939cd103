"""Answering a question after the room: what was sent is heard by a process of its own, then it belongs to the copy."""

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.copies import store
from causerie.copies.errors import CopyTooLong, CopyUnknown, LaterAnswered, LaterUnreadable
from causerie.copies.files import REFUSED
from causerie.copies.models import answers
from causerie.copies.outline import MILLISECOND
from causerie.copies.plan import LONGEST
from causerie.copies.queries import copy_by_id
from causerie.copies.state import Answer, Copy
from causerie.db import Tx
from causerie.errors import Invalid
from causerie.ids import secret
from causerie.questions.errors import NotOpen, QuestionUnknown
from causerie.questions.models import questions
from causerie.questions.state import OPEN
from causerie.rooms.models import rooms

WITHIN = 180.0
"""Seconds until nobody waits any more for a sound to be heard."""
APART = 500
"""Milliseconds between the evening and what was said after it; the copy keeps none of them."""


async def heard(sound: Path, to: Path) -> int:
    """Have what somebody sent written anew as sound of ours; gives its length in milliseconds, or refuses."""
    command = (sys.executable, "-m", "causerie.copies.hearing", str(sound), str(to))
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=dict(os.environ)
    )
    try:
        async with asyncio.timeout(WITHIN):
            out, _ = await child.communicate()
    except TimeoutError as error:
        raise LaterUnreadable from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    return _length(child.returncode, out)


def _length(status: int | None, out: bytes) -> int:
    """What its last line says; a process that was ended by its limits says nothing."""
    said: dict[str, Any] = json.loads(out.splitlines()[-1]) if status in (0, REFUSED) and out else {}
    if "refused" in said:
        raise Invalid(said["refused"]["text"], code=said["refused"]["code"])
    if "length" not in said:
        raise LaterUnreadable
    return int(said["length"])


async def may_be_answered(connection: AsyncConnection, copy: Copy, question: str) -> str:
    """The words of a question that was still open; refused where it is not, or has its answer."""
    wanted = select(questions.c.text, questions.c.state)
    row = (await connection.execute(wanted.where(questions.c.id == question, questions.c.room == copy.room))).first()
    if row is None:
        raise QuestionUnknown
    if row.state not in OPEN:
        raise NotOpen
    there = select(answers.c.id).where(answers.c.copy == copy.id, answers.c.question == question)
    if (await connection.execute(there)).first() is not None:
        raise LaterAnswered
    return str(row.text)


async def answer_later(
    tx: Tx, copy_id: str, by: Person, *, question: str, id: str, text: str | None, sound: str | None, length: int
) -> Answer:
    """Put an answer behind the evening; the copy is made anew with it."""
    copy = await copy_by_id(tx.connection, copy_id)
    if copy is None:
        raise CopyUnknown
    title = await may_be_answered(tx.connection, copy, question)
    begins = await _after(tx, copy)
    if length and (begins + length) * MILLISECOND - await _began(tx, copy) > LONGEST:
        raise CopyTooLong
    answer = Answer(
        id=id,
        name=secret(),
        copy=copy.id,
        kind="later",
        question=question,
        topic=None,
        title=title,
        begins=begins,
        ends=begins + length,
        text=text,
        sound=sound,
        person=by.id,
        who=by.name,
    )
    await tx.run(insert(answers).values(asdict(answer)))
    await store.want(tx, copy, copy.edits)
    await tx.audit("copy.answer", actor=by.id, room=copy.room, subject=question)
    return answer


async def _after(tx: Tx, copy: Copy) -> int:
    """The first moment of the room's clock at which nothing is heard any more."""
    over = (await tx.run(select(rooms.c.ended_at).where(rooms.c.id == copy.room))).scalar() or 0
    last = (await tx.run(select(func.max(answers.c.ends)).where(answers.c.copy == copy.id))).scalar() or 0
    return int(max(over, last)) + APART


async def _began(tx: Tx, copy: Copy) -> int:
    """Nanoseconds at which the room began; the copy begins no sooner."""
    return int((await tx.run(select(rooms.c.started_at).where(rooms.c.id == copy.room))).scalar() or 0) * MILLISECOND
