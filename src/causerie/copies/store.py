"""How copies are written. Only actions call this."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, func, insert, select, update

from causerie.copies import edits as edited
from causerie.copies.contents import Chapter
from causerie.copies.edits import Edits
from causerie.copies.models import answers, clips, copies, copy_counts, covers, editions, withdrawals
from causerie.copies.state import Answer, Copy
from causerie.db import Tx
from causerie.ids import RoomId
from causerie.questions.models import votes


async def add(tx: Tx, copy: Copy) -> None:
    """A copy that was not there."""
    await tx.run(insert(copies).values({**asdict(copy), "edits": edited.written(copy.edits)}))


async def change(tx: Tx, copy: str, **values: object) -> None:
    """Change some of a copy's row."""
    await tx.run(update(copies).where(copies.c.id == copy).values(values))


async def want(tx: Tx, copy: Copy, edits: Edits) -> int:
    """Have the next edition made, with these edits; gives its number."""
    number, said = copy.wanted + 1, edited.written(edits)
    await tx.run(insert(editions).values(copy=copy.id, number=number, edits=said, wanted_at=tx.now))
    await change(tx, copy.id, wanted=number, edits=said, state="processing", failed_code=None, failed_text=None)
    return number


async def there(tx: Tx, room: RoomId) -> bool:
    """Whether the room has a copy, or had one that was deleted."""
    return bool((await tx.run(select(copies.c.id).where(copies.c.room == room))).scalar())


async def made(tx: Tx, copy: Copy, number: int, held: str) -> None:
    """An edition is there, and those before it are not any more."""
    of = editions.c.copy == copy.id
    await tx.run(update(editions).where(of, editions.c.number < number).values(contents=None))
    await tx.run(update(editions).where(of, editions.c.number == number).values(contents=held, made_at=tx.now))
    done = {"state": "ready", "made": number, "made_at": tx.now, "failed_code": None, "failed_text": None}
    await change(tx, copy.id, **done)


async def keep(tx: Tx, chapters: Sequence[Answer]) -> None:
    """The chapters of a copy as they are now; each keeps its name, and where it is in what is made."""
    for one in chapters:
        row = {name: value for name, value in asdict(one).items() if name not in ("at", "until", "wished")}
        await tx.put(answers, **row)
    wanted = select(func.count()).where(votes.c.question == answers.c.question, votes.c.value > 0).scalar_subquery()
    theirs = answers.c.copy.in_({one.copy for one in chapters})
    await tx.run(update(answers).where(theirs).values(wished=wanted))


async def place(tx: Tx, copy: str, chapters: Sequence[Chapter]) -> None:
    """Where each chapter is in the edition that is made; what is not in it is nowhere."""
    await tx.run(update(answers).where(answers.c.copy == copy).values(at=None, until=None))
    for one in chapters:
        if one.id is not None:
            found = answers.c.copy == copy, answers.c.id == one.id
            await tx.run(update(answers).where(*found).values(at=one.begins, until=one.ends))


async def empty_clips(tx: Tx, copy: str) -> None:
    """Every clip of a copy is to be made anew, those that an earlier edition could not have among them."""
    anew = {"state": "processing", "sound": None, "video": None, "made_at": None, "failed_code": None}
    await tx.run(update(clips).where(clips.c.copy == copy, clips.c.state != "gone").values(anew))


async def keep_cover(tx: Tx, copy: str, picture: bytes) -> None:
    await tx.put(covers, copy=copy, picture=picture)


async def forget(tx: Tx, copy: str) -> None:
    """Everything of a copy but its row."""
    for table in (answers, clips, editions, covers, withdrawals, copy_counts):
        await tx.run(delete(table).where(table.c.copy == copy))
