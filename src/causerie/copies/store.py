"""How copies are written. Only actions call this."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, update

from causerie.copies import edits as edited
from causerie.copies.edits import Edits
from causerie.copies.models import answers, copies, copy_counts, covers, editions
from causerie.copies.state import Answer, Copy
from causerie.db import Tx


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


async def keep(tx: Tx, chapters: Sequence[Answer]) -> None:
    """The chapters of a copy as they are now; each keeps its name."""
    for one in chapters:
        await tx.put(answers, **asdict(one))


async def keep_cover(tx: Tx, copy: str, picture: bytes) -> None:
    await tx.put(covers, copy=copy, picture=picture)


async def forget(tx: Tx, copy: str) -> None:
    """Everything of a copy but its row."""
    for table in (answers, editions, covers, copy_counts):
        await tx.run(delete(table).where(table.c.copy == copy))
