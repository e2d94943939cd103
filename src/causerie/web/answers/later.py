"""An open question, answered after the room by those who lead it: written, or as a sound from their browser."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, ValidationError

from causerie.copies import hosting, keys, later
from causerie.copies.answering import answer_later, heard, may_be_answered
from causerie.copies.errors import LaterKind, LaterTooLarge
from causerie.copies.state import Answer
from causerie.ids import new_id
from causerie.recordings.errors import NeverRecorded
from causerie.web.copies import Found, found
from causerie.web.house import House, house

given = APIRouter(prefix="/api/v1")

LARGEST_SOUND = 64 * 1024 * 1024
SAID = "said"
"""The folder in which what was sent lies until it was heard; nothing in it outlives the program."""


class Text(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str


@given.post("/copies/{name}/answers/{question}", status_code=201)
async def answer(request: Request, home: Annotated[House, Depends(house)], name: str, question: str) -> dict[str, Any]:
    """Answer it in the copy alone, which is made anew with it; in the room it stays as it was."""
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "edit")
    async with home.database.read() as connection:
        await may_be_answered(connection, at.copy, question)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        made = await _kept(home, at, question, text=later.plain(await _text(request)))
    elif is_sound(kind):
        made = await _spoken(request, home, at, question)
    else:
        raise LaterKind
    home.copying.jobs.hint()
    return {"answer": f"/a/{made.name}", "chapter": made.id}


def is_sound(kind: str) -> bool:
    """As recorders name what they make; some call a sound in WebM or MP4 a film."""
    return kind.startswith("audio/") or kind in ("video/webm", "video/mp4")


def forget(data: Path) -> None:
    """What was being heard when the program ended is gone."""
    shutil.rmtree(data / SAID, ignore_errors=True)


async def _text(request: Request) -> str:
    try:
        return Text.model_validate_json(await request.body()).text
    except ValidationError as error:
        raise LaterKind from error


async def _spoken(request: Request, home: House, at: Found, question: str) -> Answer:
    """Take it in, have it heard elsewhere, keep what came of it."""
    if at.somebody.minor:
        raise NeverRecorded
    id = new_id()
    folder, key = home.settings.data / SAID / id, keys.later(at.copy.name, id)
    try:
        await asyncio.to_thread(folder.mkdir, parents=True)
        await _taken(request.stream(), folder / "sent")
        async with home.hearing:
            length = await heard(folder / "sent", folder / "heard.flac")
        await asyncio.to_thread(home.copying.storage.put, key, folder / "heard.flac")
        return await _kept(home, at, question, id=id, sound=key, length=length)
    except BaseException:
        await asyncio.to_thread(home.copying.storage.remove, [key])
        raise
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _taken(stream: AsyncIterator[bytes], to: Path) -> None:
    """To the disk as it comes: no more of it is held than one chunk."""
    size = 0
    with to.open("wb") as file:
        async for part in stream:
            size += len(part)
            if size > LARGEST_SOUND:
                raise LaterTooLarge
            await asyncio.to_thread(file.write, part)


async def _kept(
    home: House,
    at: Found,
    question: str,
    *,
    id: str = "",
    text: str | None = None,
    sound: str | None = None,
    length: int = 0,
) -> Answer:
    kept = partial(answer_later, question=question, id=id or new_id(), text=text, sound=sound, length=length)
    made, _ = await home.database.write(lambda tx: kept(tx, at.copy.id, at.somebody))
    return made
